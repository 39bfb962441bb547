import { type Migration, Migrator, sql } from 'kysely';
import { InputError } from '../../collectors/contract.ts';
import { evidence } from './migrations/0001-evidence.ts';
import { telemetry } from './migrations/0002-telemetry.ts';
import { dataQuality } from './migrations/0003-data-quality.ts';
import { security } from './migrations/0004-security.ts';
import { slo } from './migrations/0005-slo.ts';
import { thresholds } from './migrations/0006-thresholds.ts';
import type { Database } from './tables.ts';

/** In order; a migration that was released is never edited, a change of the tables is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-evidence': evidence,
  '0002-telemetry': telemetry,
  '0003-data-quality': dataQuality,
  '0004-security': security,
  '0005-slo': slo,
  '0006-thresholds': thresholds,
};

export const schemaVersion = Object.keys(migrations).at(-1) ?? '';

/** Brings the schema up to date; InputError when the database was written by a newer program. */
export async function migrate(db: Database, location: string): Promise<void> {
  const unknown = (await executedMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new InputError(
      `The evidence store ${location} has schema ${unknown.at(-1)}, which is newer than this program ` +
        `(${schemaVersion}): start the newer CityGauge that wrote it, or restore an older copy of the data.`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function executedMigrations(db: Database): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string | null }>`
    select to_regclass('kysely_migration')::text as name`.execute(db);
  if (tables[0]?.name == null) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}
