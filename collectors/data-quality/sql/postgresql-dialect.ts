import { allPresent, dialectFrom } from './common-dialect.ts';
import { quoted } from './quoting.ts';

const literal = (text: string) => quoted(text, "'");

/** For PostgreSQL 9.4 and later, with `standard_conforming_strings` (the default). */
export const postgresqlDialect = dialectFrom({
  engine: 'postgresql',
  text: (value) => `(cast(${value} as text) collate "C")`,
  double: (text) => `cast(${text} as double precision)`,
  integer: (text) => `cast(${text} as integer)`,
  fullMatch: (text, regex) => `(${text} ~ ${literal(`^(?:${regex})$`)})`,
  length: (text) => `char_length(${text})`,
  trim: (text) => `btrim(${text}, e' \\t\\r\\n\\u3000')`,
  position: (within, text) => `strpos(${within}, ${text})`,
  translate: (text, from, to) => `translate(${text}, ${literal(from)}, ${literal(to)})`,
  concat: (parts) => `(${parts.join(' || ')})`,
  secondsOf: (text) => `cast(extract(epoch from cast(${text} as timestamp)) as double precision)`,
  entry: (numbers, place) => `(cast('{${numbers.join(',')}}' as bigint[]))[${place} + 1]`,
  nativeTimes: {
    local: ['date', 'timestamp without time zone'],
    instant: ['timestamp with time zone'],
    seconds: (column) => `cast(extract(epoch from ${column}) as double precision)`,
    year: (column) => `cast(extract(year from ${column}) as integer)`,
    isReal: (column) => `${column} < '10000-01-01'`,
  },
  countDistinct: (values) =>
    values.length === 1
      ? `count(distinct ${values[0]})`
      : `count(distinct (${values.join(', ')})) filter (where ${allPresent(values)})`,
  percentile: (value, share) => `percentile_cont(${share}) within group (order by ${value})`,
});
