const plainEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The text within a PromQL string literal (quotes, backquotes, escapes as in Go); null for an escape it does not know. */
export function readStringLiteral(literal: string): string | null {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body;
  let isKnown = true;
  const pattern = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;
  const read = body.replace(pattern, (_, byte, short, long, octal, plain: string | undefined) => {
    const hex = byte ?? short ?? long;
    if (hex !== undefined && Number.parseInt(hex, 16) <= 0x10ffff)
      return String.fromCodePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const known = plain === undefined ? undefined : plainEscapes[plain];
    if (known === undefined) isKnown = false;
    return known ?? '';
  });
  return isKnown ? read : null;
}
