import { offsetSql, type ZoneParts } from './zone-sql.ts';

/** How an engine reads its own types of days and times. */
export interface NativeTimes {
  /** Names of types in lower case, without a precision; all else is read as text. */
  readonly local: readonly string[];
  /** Those that keep an instant and show it with its offset. */
  readonly instant: readonly string[];
  /** Seconds since 1970, a double, as if a local time were one of UTC. */
  seconds(column: string, type: string): string;
  /** A whole number. */
  year(column: string): string;
  /** Condition of a time from the year 1000 on: it ends by the year 9999, and its day exists. */
  isReal(column: string): string;
}

interface Parts extends ZoneParts {
  readonly nativeTimes?: NativeTimes;
}

/** Infinite times and years that a text of four digits does not show are NULL, as they are to whoever reads the text. */
export function nativeEpochSql(
  { nativeTimes, ...parts }: Parts,
  column: string,
  { type, zone }: { readonly type: string; readonly zone: string },
): string | null {
  const name = type.toLowerCase().replace(/\(\d\)/, '');
  if (!nativeTimes?.local.includes(name) && !nativeTimes?.instant.includes(name)) return null;
  const local = nativeTimes.seconds(column, name);
  const year = nativeTimes.year(column);
  const offset = nativeTimes.instant.includes(name) ? '0' : offsetSql(parts, { year, local }, zone);
  const isTime = `${column} >= '1000-01-01' and ${nativeTimes.isReal(column)}`;
  return `(case when ${isTime} then ${offset === '0' ? local : `${local} - ${offset}`} end)`;
}
