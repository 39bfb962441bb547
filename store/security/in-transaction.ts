import type { Database, Tx } from '../schema/tables.ts';

/** All of the work or nothing of it; what is not to be kept is done and taken back, so that it counts the same. */
export async function inTransaction<T>(
  db: Database,
  { isKept }: { readonly isKept: boolean },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const tx = await db.startTransaction().execute();
  try {
    const result = await work(tx);
    await (isKept ? tx.commit() : tx.rollback()).execute();
    return result;
  } catch (cause) {
    // The transaction may be over already, and what ended it is what must be told.
    if (!tx.isCommitted && !tx.isRolledBack)
      await tx
        .rollback()
        .execute()
        .catch(() => {});
    throw cause;
  }
}
