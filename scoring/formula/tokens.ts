/** A fault of a formula or condition; `column` is counted from 1 within the text. */
export interface ExpressionFault {
  readonly column: number;
  readonly message: string;
}

export interface Token {
  readonly kind: 'number' | 'name' | 'operator';
  readonly text: string;
  /** Counted from 1. */
  readonly column: number;
}

/** Bounds set before anything is parsed, so that a file from a stranger cannot exhaust the stack or the clock. */
export const expressionLimits = { characters: 2000, tokens: 400, depth: 48 } as const;

const tokenPattern =
  /(?<space>[ \t\r\n]+)|(?<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<operator>==|!=|<=|>=|[-+*/^()<>,?:])/y;

const excerptLength = 80;

/** At most 80 characters of a text around a column of it, on one line: a message quotes what is wrong, not everything. */
export function excerptAt(text: string, column: number): string {
  const line = text.replace(/\s/g, ' ');
  if (line.length <= excerptLength) return line;
  const start = Math.max(0, Math.min(column - 1 - excerptLength / 2, line.length - excerptLength));
  const end = start + excerptLength;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

const remedies: Readonly<Record<string, string>> = {
  '=': 'assignment is not allowed; compare with "=="',
  '.': 'member access is not allowed; write a child by its id alone',
  '[': 'matrices are not allowed; the integer part of x is floor(x)',
  ']': 'matrices are not allowed; the integer part of x is floor(x)',
  '{': 'objects are not allowed',
  '}': 'objects are not allowed',
  '"': 'strings are not allowed',
  "'": 'strings are not allowed',
  '`': 'strings are not allowed',
  ';': 'only one expression is allowed',
  '!': 'factorial is not allowed; negate with "not"',
  '%': 'percent is not allowed; divide by 100',
  '&': 'write "and"',
  '|': 'write "or"',
};

function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  return token.kind === 'operator' ? token.text === ')' : !wordOperators.has(token.text);
}

const wordOperators = new Set(['and', 'or', 'not']);

/** True for `-`, `+` and `not` that stand before their only operand. */
export function isPrefix(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.text === 'not') return true;
  return (token?.text === '-' || token?.text === '+') && !isOperand(tokens[index - 1]);
}

function nestingFault(tokens: readonly Token[]): ExpressionFault | null {
  let open = 0;
  let chained = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(') open += 1;
    if (token.text === ')') open -= 1;
    if (token.text === '^' || token.text === '?' || isPrefix(tokens, index)) chained += 1;
    if (open < 0) return { column: token.column, message: 'this ")" closes nothing' };
    if (open + chained > expressionLimits.depth) {
      return { column: token.column, message: `nested deeper than ${expressionLimits.depth} levels` };
    }
  }
  const last = tokens.at(-1);
  return open > 0 && last ? { column: last.column, message: `${open} "(" left open` } : null;
}

/** Two operands side by side would be an implicit multiplication (or a unit); a call is a name before "(". */
function implicitFaults(tokens: readonly Token[], isFunction: (name: string) => boolean): ExpressionFault[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const startsOperand =
      token.text === '(' || isOperand({ ...token, text: token.text === ')' ? '+' : token.text });
    if (!before || !isOperand(before) || !startsOperand || token.text === ')') return [];
    if (token.kind === 'operator' && token.text !== '(') return [];
    if (token.text === '(' && before.kind === 'name') {
      if (isFunction(before.text)) return [];
      return [{ column: before.column, message: `unknown function "${excerptAt(before.text, 1)}"` }];
    }
    return [
      {
        column: token.column,
        message: `an operator is missing before "${excerptAt(token.text, 1)}"; write "*" to multiply`,
      },
    ];
  });
}

/** Splits a text into tokens; every character outside the language is a fault, and so are excess length and nesting. */
export function scanExpression(
  text: string,
  isFunction: (name: string) => boolean,
): { readonly tokens: readonly Token[]; readonly faults: readonly ExpressionFault[] } {
  if (text.length > expressionLimits.characters) {
    const message = `longer than ${expressionLimits.characters} characters (${text.length})`;
    return { tokens: [], faults: [{ column: 1, message }] };
  }
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (!match) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const remedy = remedies[character] ?? 'this character is not part of the formula language';
      return { tokens, faults: [{ column: at + 1, message: `"${character}": ${remedy}` }] };
    }
    const kind = match.groups?.number ? 'number' : match.groups?.name ? 'name' : 'operator';
    if (match.groups?.space === undefined) tokens.push({ kind, text: match[0], column: at + 1 });
    at += match[0].length;
  }
  if (tokens.length === 0) return { tokens, faults: [{ column: 1, message: 'the expression is empty' }] };
  const extra = tokens[expressionLimits.tokens];
  if (extra) {
    return {
      tokens,
      faults: [{ column: extra.column, message: `more than ${expressionLimits.tokens} parts` }],
    };
  }
  const nesting = nestingFault(tokens);
  return { tokens, faults: [...(nesting ? [nesting] : []), ...implicitFaults(tokens, isFunction)] };
}
