import { sql } from 'kysely';
import type { Tx } from '../schema/tables.ts';

interface SloKey {
  readonly subject: string;
  readonly slo: string;
}

/** One writer at a time for each SLO, until the transaction ends; taken in one order, so that no two wait for each other. */
export async function lockSlos(tx: Tx, slos: readonly SloKey[]): Promise<void> {
  const names = new Set(slos.map(({ subject, slo }) => `slo ${subject} ${slo}`));
  for (const name of [...names].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}
