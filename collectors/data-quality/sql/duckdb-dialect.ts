import { allPresent, blanks, dialectFrom } from './common-dialect.ts';
import { longestNumber, numberPattern } from './numbers.ts';
import { portableRegex } from './portable-regex.ts';
import { quoted } from './quoting.ts';
import type { TimeLayout } from './time-formats.ts';

const literal = (text: string) => quoted(text, "'");

/** Quicker than a regular expression; strptime refuses the rest, but for blanks and years of three digits. */
function isWritten(text: string, { like, positions, afterBlank }: TimeLayout): string {
  const character = (position: number) => `substr(${text}, ${position}, 1)`;
  return [
    `${text} like ${literal(like)} escape '\\'`,
    `${text} >= '!'`,
    `${text} not like '${'_'.repeat((positions.year ?? 1) - 1)}0%'`,
    ...afterBlank.map((position) => `${character(position)} > ' '`),
  ].join(' and ');
}

const trim = (text: string) =>
  `case when regexp_matches(${text}, '^[${blanks}]|[${blanks}]$') then trim(${text}, ${literal(blanks)}) else ${text} end`;

const paddedNumber = literal(`[${blanks}]*${portableRegex(numberPattern)}[${blanks}]*`);

/** Blanks are cut off only where the cast does not do so itself. */
function number(text: string): string {
  const isShort = `(strlen(${text}) <= ${longestNumber} or length(${trim(text)}) <= ${longestNumber})`;
  const value = `coalesce(try_cast(${text} as double), try_cast(${trim(text)} as double))`;
  return `(case when regexp_full_match(${text}, ${paddedNumber}) and ${isShort} then ${value} end)`;
}

/** Keys of which one is looked at: enough that of ten million rows some ten thousand are kept in memory. */
const keysPerSample = 1024;

function someRepeated(values: readonly string[], condition: string, most: number): string {
  const [first = ''] = values;
  const fields = values.map((value, index) => `v${index} := ${value}`);
  const key = values.length === 1 ? first : `struct_pack(${fields.join(', ')})`;
  const texts = values.map((_, index) => `cast(e.key${values.length === 1 ? '' : `.v${index}`} as varchar)`);
  const isLookedAt = `(${condition}) and hash(${values.join(', ')}) % ${keysPerSample} = 0`;
  const repeated = `list_filter(map_entries(histogram(${key}) filter (where ${isLookedAt})), lambda e: e.value > 1)`;
  return `cast(to_json(list_transform(${repeated}[1:${most}], lambda e: [${texts.join(', ')}])) as varchar)`;
}

export const duckdbDialect = dialectFrom({
  engine: 'duckdb',
  text: (value) => `cast(${value} as varchar)`,
  double: (text) => `try_cast(${text} as double)`,
  integer: (text) => `try_cast(${text} as integer)`,
  fullMatch: (text, regex) => `regexp_full_match(${text}, ${literal(regex)}, 's')`,
  length: (text) => `length(${text})`,
  // Half the time: `trim` with characters of its own reads them anew for every row, and few texts have any at an end.
  trim,
  number,
  translate: (text, from, to) => `translate(${text}, ${literal(from)}, ${literal(to)})`,
  concat: (parts) => `(${parts.join(' || ')})`,
  // `try_cast`, as branches of CASE may be computed before their condition.
  secondsOf: (text) => `epoch(try_cast(${text} as timestamp))`,
  layoutSeconds: (text, layout) =>
    `case when ${isWritten(text, layout)} then epoch(try_strptime(${text}, ${literal(layout.strptime)})) end`,
  entry: (numbers, place) => `[${numbers.join(', ')}][${place} + 1]`,
  nativeTimes: {
    local: ['date', 'timestamp'],
    instant: ['timestamp with time zone'],
    // In two parts: of microseconds, a double holds those of three centuries.
    seconds: (column, type) =>
      type === 'date'
        ? `epoch(${column})`
        : `(epoch_us(${column}) // 1000000 + epoch_us(${column}) % 1000000 / 1e6)`,
    year: (column) => `year(${column})`,
    isReal: (column) => `${column} < '10000-01-01'`,
  },
  countIf: (condition) => `count_if(${condition})`,
  countDistinct: (values) =>
    values.length === 1
      ? `count(distinct ${values[0]})`
      : `count(distinct case when ${allPresent(values)} then row(${values.join(', ')}) end)`,
  someRepeated,
  percentile: (value, share) => `quantile_cont(${value}, ${share})`,
});
