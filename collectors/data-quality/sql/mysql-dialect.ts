import { dialectFrom } from './common-dialect.ts';
import type { Dialect } from './dialect.ts';
import { quoted } from './quoting.ts';

/** Backslashes are doubled: a session takes NO_BACKSLASH_ESCAPES out of its SQL mode. */
const literal = (text: string) => quoted(text.replaceAll('\\', '\\\\'), "'");

/** Neither engine folds single letters: 26 replacements, which mind case in both. */
const translate = (text: string, from: string, to: string) =>
  [...from].reduce((sql, letter, index) => `replace(${sql}, '${letter}', '${to[index]}')`, text);

interface Flavour {
  /** One that pads nothing, so that blanks at the end count. */
  readonly collation: string;
  fullMatch(text: string, regex: string): string;
}

function flavoured({ collation, fullMatch }: Flavour): Dialect {
  return dialectFrom({
    engine: 'mysql',
    identifier: (name) => quoted(name, '`'),
    literal,
    text: (value) => `(convert(${value} using utf8mb4) collate ${collation})`,
    double: (text) => `cast(${text} as double)`,
    integer: (text) => `cast(${text} as signed)`,
    fullMatch,
    length: (text) => `char_length(${text})`,
    trim: (text) => `regexp_replace(${text}, '^[ \\t\\r\\n　]+|[ \\t\\r\\n　]+$', '')`,
    translate,
    concat: (parts) => `concat(${parts.join(', ')})`,
    secondsOf: (text) => `cast(timestampdiff(second, '1970-01-01 00:00:00', ${text}) as double)`,
    nativeTimes: {
      // A session's TIMESTAMP shows no offset.
      local: ['date', 'datetime', 'timestamp'],
      instant: [],
      seconds: (column) => `cast(timestampdiff(microsecond, '1970-01-01', ${column}) * 0.000001 as double)`,
      year: (column) => `year(${column})`,
      isReal: (column) => `dayofmonth(${column}) between 1 and dayofmonth(last_day(${column}))`,
    },
    countIf: (condition) => `count(case when ${condition} then 1 end)`,
    countDistinct: (values) => `count(distinct ${values.join(', ')})`,
    isSame: (one, other) => `((${one}) <=> (${other}))`,
    percentile: null,
  });
}

/** MariaDB 10.2 and later (PCRE). */
export const mariadbDialect = flavoured({
  collation: 'utf8mb4_nopad_bin',
  fullMatch: (text, regex) => `(${text} regexp ${literal(`(?s)\\A(?:${regex})\\z`)})`,
});

/** MySQL 8.0.17 and later (ICU). */
export const mysqlDialect = flavoured({
  collation: 'utf8mb4_0900_bin',
  fullMatch: (text, regex) => `regexp_like(${text}, ${literal(`\\A(?:${regex})\\z`)}, 'cn')`,
});
