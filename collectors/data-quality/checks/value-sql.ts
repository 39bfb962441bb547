import type { SourceSpec } from '../check-file/check-spec.ts';
import type { Dialect } from '../sql/dialect.ts';
import { anyOf } from './condition.ts';
import type { TableColumn, ValueSql } from './plan-parts.ts';

/** Types that keep days or times, whose text is ISO whatever the source's formats are; SQLite has none, whatever a column says. */
const nativeTime = /^(?:date|datetime|timestamp)/i;
const nativeNumber = /^(?:u?(?:tiny|small|medium|big|huge)?int(?:eger|2|4|8)?|decimal|numeric)(?:\(|\s|$)/i;
const nativeInteger = /int/i;
/** What the text of a number or a time can be made of. */
const numberWord = /^[-+0-9.eE]+$/;
const timeWord = /\d/;

/** A number as nearly all are written; what it misses is read with more care. */
const plainNumber = '[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?';

/** A column's value in the readings that checks need. */
export function valueSql(
  dialect: Dialect,
  { missing, times }: Pick<SourceSpec, 'missing' | 'times'>,
  column: TableColumn,
): ValueSql {
  const name = dialect.identifier(column.name);
  const text = dialect.text(name);
  const trimmed = dialect.trim(text);
  const isNative = (type: RegExp) => dialect.engine !== 'sqlite' && type.test(column.type);
  const [isTime, isNumber] = [isNative(nativeTime), isNative(nativeNumber)];
  const words = missing.filter((word) =>
    isTime ? timeWord.test(word) : isNumber ? numberWord.test(word) : true,
  );
  const isWord = missingWord(dialect, words, { text, trimmed });
  return {
    isMissing: isWord === null ? `(${name} is null)` : `(${name} is null or ${isWord})`,
    isPresent: isWord === null ? `(${name} is not null)` : `(${name} is not null and not (${isWord}))`,
    text,
    trimmed,
    // Of unlike types, and subtracted from each other, numbers have to be doubles.
    number: isNumber ? `(${name} + 0e0)` : numberOf(dialect, text),
    seconds:
      dialect.nativeEpochSeconds(name, column.type, times.zone) ??
      dialect.epochSeconds(name, isTime ? ['iso'] : times.formats, times.zone),
    key: isNumber && nativeInteger.test(column.type) ? name : text,
  };
}

const ideographicSpace = '　';

/** Condition; null where no text counts as missing. DuckDB is told by the first character which texts it need not trim. */
function missingWord(
  dialect: Dialect,
  words: readonly string[],
  { text, trimmed }: Pick<ValueSql, 'text' | 'trimmed'>,
): string | null {
  if (words.length === 0) return null;
  const literals = words.map((each) => dialect.literal(each));
  const isWord =
    literals.length === 1 ? `${trimmed} = ${literals[0]}` : `${trimmed} in (${literals.join(', ')})`;
  if (dialect.engine !== 'duckdb') return isWord;
  const first = [...new Set(words.map((word) => [...word][0] ?? ''))].filter((each) => each >= '!');
  const startsWith = (each: string) => `starts_with(${text}, ${dialect.literal(each)})`;
  const early = first.filter((each) => each < ideographicSpace).map(startsWith);
  const late = [ideographicSpace, ...first.filter((each) => each > ideographicSpace)].map(startsWith);
  const mayBeWord = anyOf([`${text} < '!'`, `${text} >= '${ideographicSpace}'`, ...early]);
  const isLikely = anyOf([`${text} < '!'`, ...early, ...late]);
  // Comparisons of order are the cheapest, and IN of many values would become a join.
  return `(case when ${mayBeWord} then case when ${isLikely} then ${isWord} else false end else false end)`;
}

/** In DuckDB the care that a number takes (blanks, exponents, length) costs five times what a plain one does. */
function numberOf(dialect: Dialect, text: string): string {
  const careful = dialect.number(text);
  if (dialect.engine !== 'duckdb') return careful;
  return `(case when ${dialect.matches(text, plainNumber)} then try_cast(${text} as double) else ${careful} end)`;
}
