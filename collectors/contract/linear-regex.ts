import { RE2JS, RE2JSException } from 're2js';

/** The expression is none of RE2: back references, look-around, too many repetitions, or a slip of the pen. */
export class RegexFault extends Error {}

/** A regular expression of RE2 that has to match a text from end to end; its time grows with the text and no faster. */
export interface LinearRegex {
  matches(text: string): boolean;
  /** The texts of the groups (the whole first; '' for one that took no part), or null where it does not match. */
  match(text: string): readonly string[] | null;
  /** Number or name -> number. */
  readonly groups: ReadonlyMap<string, number>;
}

/** Compiles as Prometheus does for labels and relabelling, `.` matching line breaks too; throws RegexFault. */
export function linearRegex(source: string): LinearRegex {
  const compiled = compile(source);
  const count = compiled.groupCount();
  const numbers = Array.from({ length: count }, (_, index): [string, number] => [
    String(index + 1),
    index + 1,
  ]);
  return {
    groups: new Map([...numbers, ...Object.entries(compiled.namedGroups())]),
    matches: (text) => compiled.matches(text),
    match(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.matches()) return null;
      return Array.from({ length: count + 1 }, (_, group) => matcher.group(group) ?? '');
    },
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    // DOTALL is put before the expression that a message quotes.
    throw new RegexFault(cause.message.replace(/^error parsing regexp: /, '').replace('`(?s)', '`'), {
      cause,
    });
  }
}
