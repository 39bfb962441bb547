import { sql } from 'kysely';
import { type RecordKind, recordKinds } from '../collectors/contract.ts';
import type { StoreDescription } from './contract.ts';
import type { Connection } from './driver/connection.ts';
import { schemaVersion } from './schema/migrations.ts';
import { recordTables } from './schema/tables.ts';

export async function describeStore({ db, driver, location }: Connection): Promise<StoreDescription> {
  const server = await sql<{ server_version: string }>`show server_version`.execute(db);
  const counts = await Promise.all(
    recordKinds.map(async (kind): Promise<[RecordKind, number]> => {
      const { rows } = await sql<{ rows: number }>`
        select count(*) as rows from ${sql.table(recordTables[kind])}`.execute(db);
      return [kind, rows[0]?.rows ?? 0];
    }),
  );
  const saves = await sql<{ is_called: boolean }>`select is_called from saves`.execute(db);
  return {
    driver,
    location,
    serverVersion: server.rows[0]?.server_version ?? '',
    schemaVersion,
    hasEverSaved: saves.rows[0]?.is_called ?? false,
    recordCounts: Object.fromEntries(counts) as Record<RecordKind, number>,
  };
}
