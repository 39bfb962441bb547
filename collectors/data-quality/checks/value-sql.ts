import type { SourceSpec } from '../check-file/check-spec.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { ValueSql } from './plan-parts.ts';

/** A column's value in the readings that checks need. */
export function valueSql(
  dialect: Dialect,
  { missing, times }: Pick<SourceSpec, 'missing' | 'times'>,
  column: string,
): ValueSql {
  const name = dialect.identifier(column);
  const text = dialect.text(name);
  const trimmed = dialect.trim(text);
  const isListed = missing.length === 1 ? `= ${dialect.literal(missing[0] ?? '')}` : null;
  const list = missing.map((each) => dialect.literal(each)).join(', ');
  const isWord = missing.length === 0 ? null : `${trimmed} ${isListed ?? `in (${list})`}`;
  return {
    isMissing: isWord === null ? `(${name} is null)` : `(${name} is null or ${isWord})`,
    isPresent: isWord === null ? `(${name} is not null)` : `(${name} is not null and not (${isWord}))`,
    text,
    trimmed,
    number: dialect.number(text),
    seconds: dialect.epochSeconds(trimmed, times.formats),
  };
}
