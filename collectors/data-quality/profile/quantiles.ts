import type { OpenedSource } from '../run/opened-source.ts';
import { type ColumnProfile, quantileShares } from './profile-shape.ts';
import type { ProfileStatements } from './statements.ts';

export interface Measured {
  readonly column: ColumnProfile;
  /** Its number in SQL. */
  readonly number: string;
}

type Quantiles = ReadonlyMap<string, readonly number[]>;

/** Aggregates that give the quantiles, by name; none where the engine has no percentile. */
export function quantileFields(
  measured: readonly Measured[],
  { dialect, value }: OpenedSource,
): Readonly<Record<string, string>> {
  const { percentile } = dialect;
  if (percentile === null) return {};
  const entries = measured.flatMap(({ column, number }, index) => {
    const own = `case when ${value(column.name).isPresent} then ${number} end`;
    return quantileShares.map((share, at) => [`q${index}_${at}`, percentile(own, share)] as const);
  });
  return Object.fromEntries(entries);
}

/** The same by ranking the numbers, each column in a scan of its own, where the engine has no percentile. */
export async function rankQuantiles(
  measured: readonly Measured[],
  { table, value }: OpenedSource,
  statements: ProfileStatements,
): Promise<Quantiles> {
  const found = new Map<string, readonly number[]>();
  for (const { column, number } of measured) {
    const { isPresent } = value(column.name);
    const places = quantileShares.map((share) => 1 + share * (column.guess.fitting - 1));
    const ranks = new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]));
    const ranked = `select x, row_number() over (order by x) as r from (select ${number} as x from ${table} as t where ${isPresent}) as numbers where x is not null`;
    const rows = await statements.ask(
      `select r, x from (${ranked}) as ranked where r in (${[...ranks].join(', ')})`,
      1,
    );
    const byRank = new Map(rows.map(({ r, x }) => [Number(r), Number(x)]));
    const between = (place: number) => {
      const low = byRank.get(Math.floor(place)) ?? Number.NaN;
      const high = byRank.get(Math.ceil(place)) ?? Number.NaN;
      return low + (high - low) * (place - Math.floor(place));
    };
    found.set(column.name, places.map(between));
  }
  return found;
}
