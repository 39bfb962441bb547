/** Characters that may not begin a line (closing punctuation, particles of a number). */
const noStart = new Set('，。、；：！？）》」』】〉〕’”…—～·％℃,.;:!?)]}%>');
/** Characters that may not end a line. */
const noEnd = new Set('（《「『【〈〔‘“([{<');

/** Width of a text in points. */
export type Measure = (text: string) => number;

const wide =
  /[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3ffff}]/u;

/** Words longer than this may be broken after a separator inside: paths, ids, formulas. */
const longestWord = 18;

interface Atom {
  readonly text: string;
  /** Spaces that stand before it when it does not begin a line. */
  readonly space: string;
}

/**
 * Sets `text` into lines no wider than `width`: breaks at spaces and between ideographs, never before closing or after
 * opening punctuation, never inside a Latin word or a number unless it is wider than the line. `\n` forces a break.
 */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const atom of atomsOf(text)) {
    const space = line === '' ? '' : atom.space;
    const size = measure(space + atom.text);
    if (line !== '' && used + size > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    if (line === '' && measure(atom.text) > width) {
      const pieces = cut(atom.text, width, measure);
      line = pieces.pop() ?? '';
      lines.push(...pieces);
      used = measure(line);
      continue;
    }
    line += line === '' ? atom.text : space + atom.text;
    used += line === atom.text ? measure(atom.text) : size;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** The smallest pieces that stay together on a line. */
export function atomsOf(text: string): Atom[] {
  const atoms: { text: string; space: string }[] = [];
  let space = '';
  let isOpen = false;
  for (const piece of piecesOf(text)) {
    if (piece === ' ') {
      space += ' ';
      continue;
    }
    const last = atoms.at(-1);
    const first = piece[0] ?? '';
    const sticks = last && (isOpen || (noStart.has(first) && space === ''));
    if (sticks) last.text += space + piece;
    else atoms.push({ text: piece, space });
    space = '';
    isOpen = noEnd.has(piece.at(-1) ?? '');
  }
  return atoms;
}

/** Single ideographs, spaces, and whole words; long words fall apart after their separators. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let word = '';
  const flush = () => {
    if (word.length > longestWord)
      pieces.push(...(word.match(/[^/\\_\-.:@=&?+*,(]*[/\\_\-.:@=&?+*,(]*/g) ?? []).filter(Boolean));
    else if (word) pieces.push(word);
    word = '';
  };
  for (const character of text) {
    if (character === ' ' || character === '\u3000' || wide.test(character)) {
      flush();
      pieces.push(character === '\u3000' ? '\u3000' : character);
    } else word += character;
  }
  flush();
  return pieces;
}

/** Cuts a word that is wider than a line wherever the line is full. */
function cut(word: string, width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces;
}
