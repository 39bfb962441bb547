import type { SqlRecord, SqlSession } from '../../../contract.ts';

/** Rows of one batch: few enough to be small, enough that a round trip for each does not count. */
export const batchRows = 2000;

export interface Statement {
  readonly sql: string;
  readonly timeoutMilliseconds: number;
}

/** What an engine does; order, bounds and messages are the same for all (`bounded-session.ts`). */
export interface EngineSession {
  readonly server: string;
  /** Hands the rows over in batches of about `batchRows`; a fault of `accept` ends the statement and is thrown on. */
  read(statement: Statement, accept: (rows: readonly SqlRecord[]) => Promise<void>): Promise<void>;
  /** Makes the running statement fail soon, whatever it does; resolves when nothing after it can be hit. */
  interrupt(): Promise<void>;
  readonly load?: NonNullable<SqlSession['load']>;
  close(): Promise<void>;
}
