import { none, offsetMinutes, type ParsedTime, slots, type TimeParser, timeOf } from './calendar-time.ts';

interface Token {
  readonly slot: number;
  readonly min: number;
  readonly max: number;
}

const tokens: Readonly<Record<string, Token>> = {
  yyyy: { slot: slots.year, min: 4, max: 4 },
  MM: { slot: slots.month, min: 2, max: 2 },
  M: { slot: slots.month, min: 1, max: 2 },
  dd: { slot: slots.day, min: 2, max: 2 },
  d: { slot: slots.day, min: 1, max: 2 },
  HH: { slot: slots.hour, min: 2, max: 2 },
  H: { slot: slots.hour, min: 1, max: 2 },
  hh: { slot: slots.hour, min: 2, max: 2 },
  h: { slot: slots.hour, min: 1, max: 2 },
  mm: { slot: slots.minute, min: 2, max: 2 },
  m: { slot: slots.minute, min: 1, max: 2 },
  ss: { slot: slots.second, min: 2, max: 2 },
  s: { slot: slots.second, min: 1, max: 2 },
  SSS: { slot: slots.milli, min: 3, max: 3 },
  a: { slot: slots.half, min: 2, max: 2 },
  XXX: { slot: slots.offset, min: 1, max: 6 },
};

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

function parseIso(text: string): ParsedTime {
  const match = isoPattern.exec(text);
  if (!match) return null;
  const found = [1, 2, 3, 4, 5, 6].map((i) => Number(match[i] ?? 0));
  found.push(Number((match[7] ?? '0').padEnd(3, '0').slice(0, 3)), none, none);
  if (match[8]) {
    const offset = offsetMinutes(match[8]);
    if (offset === null || match[4] === undefined) return null;
    found[slots.offset] = offset;
  }
  return timeOf(found);
}

function epochParser(factor: number): TimeParser {
  return (text) => {
    if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text)) return null;
    const milliseconds = Math.round(Number(text) * factor);
    return Math.abs(milliseconds) < 2.5e14 ? { isLocal: false, milliseconds } : null;
  };
}

const namedFormats: Readonly<Record<string, TimeParser>> = {
  iso: parseIso,
  'epoch-seconds': epochParser(1000),
  'epoch-milliseconds': epochParser(1),
};

/** A literal text or a token. */
type Part = string | Token;

function partsOf(pattern: string): { parts: Part[]; fault: string | null; names: Set<string> } {
  const parts: Part[] = [];
  const names = new Set<string>();
  for (const [piece] of pattern.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (piece.startsWith("'")) {
      if (piece.length < 2) return { parts, names, fault: `the quote in "${pattern}" is not closed` };
      parts.push(piece === "''" ? "'" : piece.slice(1, -1));
    } else if (/^[A-Za-z]/.test(piece)) {
      const token = Object.hasOwn(tokens, piece) ? tokens[piece] : undefined;
      if (!token) {
        const known = Object.keys(tokens).join(', ');
        return {
          parts,
          names,
          fault: `"${piece}" in "${pattern}" is not known; write ${known}, or quote it`,
        };
      }
      parts.push(token);
      names.add(piece);
    } else {
      parts.push(piece);
    }
  }
  return { parts, names, fault: null };
}

/** Why a format cannot be used, in words; null for a good one. */
export function timeFormatFault(format: string): string | null {
  if (Object.hasOwn(namedFormats, format)) return null;
  const { names, fault } = partsOf(format);
  if (fault) return fault;
  const has = (...some: string[]) => some.some((name) => names.has(name));
  if (!has('yyyy') || !has('M', 'MM') || !has('d', 'dd'))
    return `"${format}" lacks year (yyyy), month or day`;
  if (has('h', 'hh') !== has('a')) return `"${format}" needs both h and a (AM, PM), or H`;
  return null;
}

/** Reads digits at `at` into the slot; returns the next position, or -1. */
function readDigits(text: string, at: number, token: Token, found: number[]): number {
  let value = 0;
  let end = at;
  while (end < at + token.max) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    end += 1;
  }
  if (end - at < token.min) return -1;
  found[token.slot] = value;
  return end;
}

function readHalf(text: string, at: number, found: number[]): number {
  const half = text.slice(at, at + 2).toUpperCase();
  if (half !== 'AM' && half !== 'PM' && half !== '上午' && half !== '下午') return -1;
  found[slots.half] = half === 'PM' || half === '下午' ? 1 : 0;
  return at + 2;
}

function readOffset(text: string, at: number, found: number[]): number {
  const match = /^(?:Z|[+-]\d{2}:?\d{2})/i.exec(text.slice(at, at + 6));
  const offset = match ? offsetMinutes(match[0]) : null;
  if (!match || offset === null) return -1;
  found[slots.offset] = offset;
  return at + match[0].length;
}

function readPart(text: string, at: number, part: Part, found: number[]): number {
  if (typeof part === 'string') return text.startsWith(part, at) ? at + part.length : -1;
  if (part.slot === slots.half) return readHalf(text, at, found);
  if (part.slot === slots.offset) return readOffset(text, at, found);
  return readDigits(text, at, part, found);
}

/** The parser of a format that `timeFormatFault` finds good. */
export function timeParser(format: string): TimeParser {
  const named = Object.hasOwn(namedFormats, format) ? namedFormats[format] : undefined;
  if (named) return named;
  const { parts } = partsOf(format);
  return (text) => {
    const found = [0, 1, 1, 0, 0, 0, 0, none, none];
    let at = 0;
    for (const part of parts) {
      at = readPart(text, at, part, found);
      if (at < 0) return null;
    }
    return at === text.length ? timeOf(found) : null;
  };
}
