import { allPresent, blanks, dialectFrom } from './common-dialect.ts';
import { quoted } from './quoting.ts';

const literal = (text: string) => quoted(text, "'");

export const duckdbDialect = dialectFrom({
  engine: 'duckdb',
  text: (value) => `cast(${value} as varchar)`,
  double: (text) => `try_cast(${text} as double)`,
  integer: (text) => `try_cast(${text} as integer)`,
  fullMatch: (text, regex) => `regexp_full_match(${text}, ${literal(regex)}, 's')`,
  length: (text) => `length(${text})`,
  trim: (text) => `trim(${text}, ${literal(blanks)})`,
  translate: (text, from, to) => `translate(${text}, ${literal(from)}, ${literal(to)})`,
  concat: (parts) => `(${parts.join(' || ')})`,
  // `try_cast`, as branches of CASE may be computed before their condition.
  secondsOf: (text) => `epoch(try_cast(${text} as timestamp))`,
  layoutSeconds: (text, { strptime }) => `epoch(try_strptime(${text}, ${literal(strptime)}))`,
  countIf: (condition) => `count_if(${condition})`,
  countDistinct: (values) =>
    values.length === 1
      ? `count(distinct ${values[0]})`
      : `count(distinct case when ${allPresent(values)} then row(${values.join(', ')}) end)`,
  percentile: (value, share) => `quantile_cont(${value}, ${share})`,
});
