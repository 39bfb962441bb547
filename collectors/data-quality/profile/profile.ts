import type { CollectorPorts, SqlBounds, SqlValue } from '../../contract.ts';
import type { CheckFile, SourceSpec } from '../check-file/check-spec.ts';
import { Budget } from '../run/budget.ts';
import { type OpenedSource, Sessions } from '../run/opened-source.ts';
import { concludeColumn, isNumberType } from './conclude-column.ts';
import { countColumns, numberSql } from './count-columns.ts';
import { countValues, fewValued } from './few-values.ts';
import { findPairs, keyCandidates } from './keys.ts';
import type { ColumnProfile, SourceProfile } from './profile-shape.ts';
import { type Measured, quantileFields, rankQuantiles } from './quantiles.ts';
import { type Readings, readingsToCount } from './readings-to-count.ts';
import { sampleValues } from './sample-values.ts';
import { ProfileStatements } from './statements.ts';
import { profileRules } from './thresholds.ts';

export { checksFromProfile } from './checks-from-profile.ts';
export type { ColumnProfile, ProfiledType, SourceProfile } from './profile-shape.ts';

export interface ProfileOrder {
  readonly file: CheckFile;
  /** One of the file's; its checks do not matter. */
  readonly source: SourceSpec;
  readonly ports: Pick<CollectorPorts, 'sql' | 'clock' | 'secret'>;
  readonly signal: AbortSignal;
}

/** Rows that a statement of a profile may bring: a sample, and the values of columns that have few. */
const maxRows = 50_000;

/** Quantiles and numbers of different values that one statement is asked for: each sorts a column. */
const fieldsOfScan = 500;

/** Looks a source through; InputError where it cannot be read within its timeout. */
export async function profileSource({ file, source, ports, signal }: ProfileOrder): Promise<SourceProfile> {
  const profiledAt = new Date(ports.clock.now()).toISOString();
  const budget = new Budget(ports.clock, source.timeoutSeconds, signal);
  const sessions = new Sessions(ports, file, budget);
  try {
    const opened = await sessions.open(source);
    return await profileOpened(opened, profiledAt, () => ({ ...budget.bounds(), maxRows }));
  } finally {
    await sessions.close();
  }
}

async function profileOpened(
  opened: OpenedSource,
  profiledAt: string,
  bounds: () => SqlBounds,
): Promise<SourceProfile> {
  const { source } = opened;
  const statements = new ProfileStatements(opened.session, bounds);
  const samples = await sampleValues(opened, statements);
  const readings = opened.columns.map((column, index) =>
    readingsToCount(column, samples[index] ?? [], source),
  );
  const counted = await countColumns(opened, readings, { statements, startedAt: profiledAt });
  const isExact = opened.dialect.engine !== 'duckdb';
  const concluded = opened.columns.flatMap((column, index): ColumnProfile[] => {
    const [own, counts] = [readings[index], counted.columns[index]];
    if (!own || !counts) return [];
    const profile = concludeColumn(column, own, { rows: counted.rows, counts });
    return [{ ...profile, distinct: { count: profile.distinct.count, isExact } }];
  });
  const { rows } = counted;
  const looked = await lookCloser({ opened, statements, rows }, concluded, readings);
  const singles = looked
    .filter((column) => isKey(column, rows))
    .toSorted((one, other) => keyRank(one) - keyRank(other))
    .map(({ name }) => [name]);
  const keys = singles.length > 0 ? singles : await findPairs(looked, { opened, statements, rows });
  return { source, profiledAt, rows, columns: looked, keys, scans: statements.scans, sql: statements.sql };
}

const isKey = ({ missing, distinct }: ColumnProfile, rows: number) =>
  rows > 0 && missing === 0 && distinct.isExact && distinct.count === rows;

/** Names of things before times and amounts that happen to be unique, personal data last. */
function keyRank({ isSensitive, guess: { type } }: ColumnProfile): number {
  if (isSensitive) return 2;
  return type === 'text' || type === 'integer' ? 0 : 1;
}

interface Look {
  readonly opened: OpenedSource;
  readonly statements: ProfileStatements;
  readonly rows: number;
}

/** Values of columns that have few, quantiles, and exact numbers of different values where a key may be. */
async function lookCloser(
  { opened, statements, rows }: Look,
  columns: readonly ColumnProfile[],
  readings: readonly Readings[],
): Promise<readonly ColumnProfile[]> {
  const values = await countValues(fewValued(columns), opened, statements);
  const measured = columns.flatMap((column, index): Measured[] => {
    const own = readings[index];
    if (!own || column.isSensitive || !isNumberType(column.guess.type) || column.present === 0) return [];
    return [{ column, number: numberSql(opened, column.name, own) }];
  });
  const candidates = keyCandidates(columns, rows);
  const { dialect } = opened;
  const fields = quantileFields(measured, opened);
  const distinct = candidates.map(
    ({ name }, index) => [`d${index}`, dialect.countDistinct([opened.value(name).text])] as const,
  );
  const all = { ...fields, ...Object.fromEntries(distinct) };
  const asked = Object.entries(all).map(([name, sql]) => `  ${sql} as ${name}`);
  const row: Record<string, SqlValue> = {};
  for (let from = 0; from < asked.length; from += fieldsOfScan) {
    const some = asked.slice(from, from + fieldsOfScan).join(',\n');
    Object.assign(row, await statements.askOne(`select\n${some}\nfrom ${opened.table} as t`, 1));
  }
  const ranked =
    dialect.percentile === null
      ? await rankQuantiles(measured, opened, statements)
      : new Map<string, number[]>();
  return columns.map((column) => {
    const own = values.get(column.name);
    const exact = candidates.findIndex(({ name }) => name === column.name);
    const at = measured.findIndex((each) => each.column === column);
    const read = Object.keys(fields).filter((name) => name.startsWith(`q${at}_`));
    const quantiles =
      ranked.get(column.name) ?? (read.length > 0 ? read.map((name) => Number(row[name])) : null);
    const few = own !== undefined && own.length <= profileRules.mostCodes ? own : null;
    const count = own?.length ?? (exact < 0 ? null : Number(row[`d${exact}`]));
    return {
      ...column,
      quantiles,
      values: few,
      distinct: count === null ? column.distinct : { count, isExact: true },
    };
  });
}
