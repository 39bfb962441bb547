import type { SqlBounds, SqlRecord, SqlSession } from '../../contract.ts';

/** Statements of one profile as they run. */
export class ProfileStatements {
  readonly sql: string[] = [];
  /** Reads of the table from end to end. */
  scans = 0;
  readonly #session: SqlSession;
  readonly #bounds: () => SqlBounds;
  constructor(session: SqlSession, bounds: () => SqlBounds) {
    this.#session = session;
    this.#bounds = bounds;
  }

  async ask(sql: string, scans: number): Promise<readonly SqlRecord[]> {
    this.sql.push(sql);
    this.scans += scans;
    return this.#session.query(sql, this.#bounds());
  }

  async askOne(sql: string, scans: number): Promise<SqlRecord> {
    const [row = {}] = await this.ask(sql, scans);
    return row;
  }
}
