/** Length in the source and value of an escape of a double-quoted scalar that begins at `at`. */
function escapeAt(text: string, at: number): { readonly length: number; readonly value: string } {
  const kind = text[at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[kind];
  if (digits === undefined) return { length: 2, value: /[nrtvfLP_ \n]/.test(kind) ? ' ' : kind };
  const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
  return { length: 2 + digits, value: code <= 0x10ffff ? String.fromCodePoint(code) : '' };
}

/** What stands at an offset of a scalar in quotes or without, with its length in the source. */
function unitAt(text: string, at: number, quote: string) {
  if (quote === '"' && text[at] === '\\') return escapeAt(text, at);
  return { length: quote === "'" && text[at] === "'" ? 2 : 1, value: text[at] ?? '' };
}

/**
 * Source offset of the character at `column` (from 1) of a scalar's value, in whatever way the scalar is written between
 * two offsets; of its last character where the value has no such column. Blanks are not counted: folding moves them.
 */
export function offsetInScalar(
  { value, column }: { readonly value: string; readonly column: number },
  text: string,
  [start, end]: readonly [number, number],
): number {
  const wanted = value.slice(0, column - 1).replace(/\s/g, '').length;
  const mark = text[start] ?? '';
  const isBlock = mark === '|' || mark === '>';
  const quote = mark === '"' || mark === "'" ? mark : '';
  let at = isBlock ? text.indexOf('\n', start) + 1 : start + quote.length;
  let last = at;
  for (let seen = 0; at < end - quote.length; ) {
    const unit = unitAt(text, at, quote);
    const visible = unit.value.replace(/\s/g, '').length;
    if (visible > 0) {
      if (seen + visible > wanted) return at;
      last = at;
    }
    seen += visible;
    at += unit.length;
  }
  return last;
}
