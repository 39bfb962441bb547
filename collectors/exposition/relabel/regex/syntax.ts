/** What an expression consists of; sets are inclusive ranges of code points. */
export type Node =
  | {
      readonly kind: 'set';
      readonly ranges: readonly (readonly [number, number])[];
      readonly isNegated: boolean;
    }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly part: Node;
      readonly min: number;
      /** Infinity where there is no bound. */
      readonly max: number;
      readonly isGreedy: boolean;
    }
  | { readonly kind: 'group'; readonly part: Node; readonly index: number }
  | { readonly kind: 'begin' | 'end' | 'wordBorder' | 'noWordBorder' };

export interface ParsedRegex {
  readonly node: Node;
  /** Name or number of each capturing group -> its index. */
  readonly groups: ReadonlyMap<string, number>;
}

/** An expression that cannot be used; the message says what is wrong with it. */
export class RegexFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RegexFault';
  }
}

type Ranges = readonly (readonly [number, number])[];

const classes: Readonly<Record<string, Ranges>> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
};
const controls: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7 };
const lastCodePoint = 0x10ffff;
const mostDepth = 50;
const mostRepeats = 1000;

function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let from = 0;
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) result.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= lastCodePoint) result.push([from, lastCodePoint]);
  return result;
}

/** Reads the syntax of RE2 as far as label rules use it; look-around and back references do not exist in it. */
class RegexReader {
  readonly groups = new Map<string, number>();
  private readonly text: readonly string[];
  private at = 0;
  private count = 0;
  private depth = 0;
  private isCaseless = false;

  constructor(text: string) {
    this.text = [...text];
  }

  whole(): Node {
    const node = this.choice();
    if (this.at < this.text.length) throw new RegexFault('a closing parenthesis has no opening one');
    return node;
  }

  private choice(): Node {
    this.depth += 1;
    if (this.depth > mostDepth) throw new RegexFault(`nested deeper than ${mostDepth} levels`);
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.depth -= 1;
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.text.length && this.peek() !== '|' && this.peek() !== ')') {
      const part = this.repeated();
      if (part) parts.push(part);
    }
    return { kind: 'sequence', parts };
  }

  private repeated(): Node | null {
    const part = this.atom();
    if (part === null) return null;
    const bounds = this.bounds();
    if (bounds === null) return part;
    const isGreedy = !this.take('?');
    if (this.bounds() !== null) throw new RegexFault('a repetition is itself repeated');
    return { kind: 'repeat', part, min: bounds[0], max: bounds[1], isGreedy };
  }

  private bounds(): readonly [number, number] | null {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    if (this.peek() !== '{') return null;
    const match = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(this.text.slice(this.at, this.at + 16).join(''));
    if (!match) return null;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (min > mostRepeats || (max !== Number.POSITIVE_INFINITY && max > mostRepeats) || max < min) {
      throw new RegexFault(`the repetition ${match[0]} is out of range: at most ${mostRepeats}`);
    }
    this.at += match[0].length;
    return [min, max];
  }

  private atom(): Node | null {
    const character = this.text[this.at++] as string;
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return this.set();
      case '.':
        return { kind: 'set', ranges: [], isNegated: true };
      case '^':
        return { kind: 'begin' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new RegexFault(`nothing stands before ${character} to repeat`);
      default:
        return this.literal(character.codePointAt(0) as number);
    }
  }

  private literal(code: number): Node {
    return { kind: 'set', ranges: this.folded([[code, code]]), isNegated: false };
  }

  private group(): Node | null {
    const wasCaseless = this.isCaseless;
    let index: number | null = null;
    if (!this.take('?')) {
      index = ++this.count;
      this.groups.set(String(index), index);
    } else {
      const head = /^(?:P?<([A-Za-z_]\w*)>|(-?i?s?)([:)]))/.exec(
        this.text.slice(this.at, this.at + 80).join(''),
      );
      if (!head) throw new RegexFault('only (?:...), (?i), (?s), (?P<name>...) may begin with (?');
      this.at += head[0].length;
      if (head[1] !== undefined) {
        index = ++this.count;
        this.groups.set(String(index), index);
        this.groups.set(head[1], index);
      } else {
        if (head[2]?.includes('i')) this.isCaseless = !head[2].startsWith('-');
        if (head[3] === ')') return null;
      }
    }
    const part = this.choice();
    if (!this.take(')')) throw new RegexFault('a parenthesis is not closed');
    this.isCaseless = wasCaseless;
    return index === null ? part : { kind: 'group', part, index };
  }

  private escape(): Node {
    const character = this.text[this.at++];
    if (character === 'b') return { kind: 'wordBorder' };
    if (character === 'B') return { kind: 'noWordBorder' };
    if (character === 'A') return { kind: 'begin' };
    if (character === 'z') return { kind: 'end' };
    return { kind: 'set', ranges: this.folded(this.escaped(character)), isNegated: false };
  }

  /** The characters that an escape means, `character` being what follows the backslash. */
  private escaped(character: string | undefined): Ranges {
    if (character === undefined) throw new RegexFault('a backslash stands at the end');
    const own = classes[character];
    if (own) return own;
    const other = classes[character.toLowerCase()];
    if (other && /[DWS]/.test(character)) return complement(other);
    const control = controls[character];
    if (control !== undefined) return [[control, control]];
    if (character === 'x') return this.hexadecimal();
    if (/[0-9A-Za-z]/.test(character)) throw new RegexFault(`the escape \\${character} is not supported`);
    const code = character.codePointAt(0) as number;
    return [[code, code]];
  }

  private hexadecimal(): Ranges {
    const match = /^(?:([0-9a-f]{2})|\{([0-9a-f]{1,6})\})/i.exec(
      this.text.slice(this.at, this.at + 8).join(''),
    );
    const code = Number.parseInt(match?.[1] ?? match?.[2] ?? '', 16);
    if (!match || code > lastCodePoint) throw new RegexFault('\\x needs two hexadecimal digits');
    this.at += match[0].length;
    return [[code, code]];
  }

  private set(): Node {
    const isNegated = this.take('^');
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      if (this.at >= this.text.length) throw new RegexFault('a bracket is not closed');
      const low = this.member();
      if (
        low.length === 1 &&
        low[0]?.[0] === low[0]?.[1] &&
        this.peek() === '-' &&
        this.text[this.at + 1] !== ']'
      ) {
        this.at += 1;
        const from = low[0]?.[0] ?? 0;
        const to = this.member()[0]?.[0] ?? -1;
        if (to < from) throw new RegexFault('a range in brackets runs backwards');
        ranges.push([from, to]);
      } else ranges.push(...low);
    }
    this.at += 1;
    return { kind: 'set', ranges: this.folded(ranges), isNegated };
  }

  private member(): Ranges {
    const character = this.text[this.at++];
    if (character === undefined) throw new RegexFault('a bracket is not closed');
    if (character === '[' && this.peek() === ':') throw new RegexFault('[[:class:]] is not supported');
    if (character === '\\') return this.escaped(this.text[this.at++]);
    const code = character.codePointAt(0) as number;
    return [[code, code]];
  }

  /** With (?i), ASCII letters of either case. */
  private folded(ranges: Ranges): Ranges {
    if (!this.isCaseless) return ranges;
    const shifted = ([low, high]: readonly [number, number], from: number, by: number) => {
      const [a, b] = [Math.max(low, from), Math.min(high, from + 25)];
      return a <= b ? [[a + by, b + by] as const] : [];
    };
    return ranges.flatMap((range) => [range, ...shifted(range, 65, 32), ...shifted(range, 97, -32)]);
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

/** RegexFault for what is not well-formed or not supported. */
export function parseRegex(text: string): ParsedRegex {
  const reader = new RegexReader(text);
  return { node: reader.whole(), groups: reader.groups };
}
