import { sql } from 'kysely';
import type { Tx } from '../schema/tables.ts';

/** One writer at a time for each SLO, until the transaction ends. */
export async function lockSlo(
  tx: Tx,
  { subject, slo }: { readonly subject: string; readonly slo: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`slo ${subject} ${slo}`}, 0))`.execute(tx);
}
