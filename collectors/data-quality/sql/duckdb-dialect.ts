import { allPresent, blanks, dialectFrom } from './common-dialect.ts';
import { quoted } from './quoting.ts';
import type { TimeLayout } from './time-formats.ts';

const literal = (text: string) => quoted(text, "'");

/** Quicker than a regular expression; strptime refuses the rest, but for blanks and years of three digits. */
function isWritten(text: string, { like, positions, afterBlank }: TimeLayout): string {
  const character = (position: number | undefined) => `substr(${text}, ${position}, 1)`;
  return [
    `${text} like ${literal(like)} escape '\\'`,
    `${text} >= '!'`,
    `${character(positions.year)} between '1' and '9'`,
    ...afterBlank.map((position) => `${character(position)} > ' '`),
  ].join(' and ');
}

export const duckdbDialect = dialectFrom({
  engine: 'duckdb',
  text: (value) => `cast(${value} as varchar)`,
  double: (text) => `try_cast(${text} as double)`,
  integer: (text) => `try_cast(${text} as integer)`,
  fullMatch: (text, regex) => `regexp_full_match(${text}, ${literal(regex)}, 's')`,
  length: (text) => `length(${text})`,
  // Half the time: `trim` with characters of its own reads them anew for every row, and few texts have any at an end.
  trim: (text) =>
    `case when regexp_matches(${text}, '^[${blanks}]|[${blanks}]$') then trim(${text}, ${literal(blanks)}) else ${text} end`,
  translate: (text, from, to) => `translate(${text}, ${literal(from)}, ${literal(to)})`,
  concat: (parts) => `(${parts.join(' || ')})`,
  // `try_cast`, as branches of CASE may be computed before their condition.
  secondsOf: (text) => `epoch(try_cast(${text} as timestamp))`,
  layoutSeconds: (text, layout) =>
    `case when ${isWritten(text, layout)} then epoch(try_strptime(${text}, ${literal(layout.strptime)})) end`,
  entry: (numbers, place) => `[${numbers.join(', ')}][${place} + 1]`,
  countIf: (condition) => `count_if(${condition})`,
  countDistinct: (values) =>
    values.length === 1
      ? `count(distinct ${values[0]})`
      : `count(distinct case when ${allPresent(values)} then row(${values.join(', ')}) end)`,
  percentile: (value, share) => `quantile_cont(${value}, ${share})`,
});
