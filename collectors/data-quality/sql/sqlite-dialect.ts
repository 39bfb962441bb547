import { allPresent, dialectFrom } from './common-dialect.ts';
import { quoted } from './quoting.ts';

const literal = (text: string) => quoted(text, "'");
const trimmed = 'char(32, 9, 13, 10, 12288)';

/** For SQLite 3.44 and later, in a session that defines `regexp` (whole match, linear in time). */
export const sqliteDialect = dialectFrom({
  engine: 'sqlite',
  // Without the column's own collation, which may ignore case or blanks at the end.
  text: (value) => `(cast(${value} as text) collate binary)`,
  double: (text) => `cast(${text} as real)`,
  integer: (text) => `cast(${text} as integer)`,
  fullMatch: (text, regex) => `(${text} regexp ${literal(regex)})`,
  length: (text) => `length(${text})`,
  trim: (text) => `trim(${text}, ${trimmed})`,
  translate: (text, _from, to) => `${to < 'a' ? 'upper' : 'lower'}(${text})`,
  concat: (parts) => `(${parts.join(' || ')})`,
  secondsOf: (text) => `cast(unixepoch(${text}) as real)`,
  countDistinct: (values) =>
    values.length === 1
      ? `count(distinct ${values[0]})`
      : `count(distinct case when ${allPresent(values)} then json_array(${values.join(', ')}) end)`,
  percentile: (value, share) => `percentile_cont(${value}, ${share})`,
});
