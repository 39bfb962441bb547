import type { SourceSpec } from '../check-file/check-spec.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { TableColumn, ValueSql } from './plan-parts.ts';

/** Types that keep days or times, whose text is ISO whatever the source's formats are; SQLite has none, whatever a column says. */
const nativeTime = /^(?:date|datetime|timestamp)/i;

/** A column's value in the readings that checks need. */
export function valueSql(
  dialect: Dialect,
  { missing, times }: Pick<SourceSpec, 'missing' | 'times'>,
  column: TableColumn,
): ValueSql {
  const name = dialect.identifier(column.name);
  const text = dialect.text(name);
  const trimmed = dialect.trim(text);
  const words = missing.map((each) => dialect.literal(each));
  const isWord = words.length === 1 ? `${trimmed} = ${words[0]}` : `${trimmed} in (${words.join(', ')})`;
  const isNative = dialect.engine !== 'sqlite' && nativeTime.test(column.type);
  const formats = isNative ? ['iso'] : times.formats;
  return {
    isMissing: words.length === 0 ? `(${name} is null)` : `(${name} is null or ${isWord})`,
    isPresent: words.length === 0 ? `(${name} is not null)` : `(${name} is not null and not (${isWord}))`,
    text,
    trimmed,
    number: dialect.number(text),
    seconds: dialect.epochSeconds(name, formats, times.zone),
  };
}
