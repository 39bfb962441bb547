import type { CollectorPorts, SqlSession, SqlTarget } from '../../contract.ts';
import type { CheckFile, SourceSpec } from '../check-file/check-spec.ts';
import type { PlanParts, TableColumn } from '../checks/plan-parts.ts';
import { valueSql } from '../checks/value-sql.ts';
import type { Dialect } from '../sql/dialect.ts';
import { dialectOf } from '../sql/dialects.ts';
import type { Budget } from './budget.ts';
import { engineOf, tableOf, targetOf } from './place.ts';
import { readColumns } from './read-columns.ts';

/** A source that can be asked. */
export interface OpenedSource {
  readonly source: SourceSpec;
  readonly session: SqlSession;
  readonly dialect: Dialect;
  readonly table: string;
  readonly columns: readonly TableColumn[];
  value: PlanParts['value'];
}

/** The sessions of one run: each place is opened once, whoever asks for it, and all are closed together. */
export class Sessions {
  readonly #ports: Pick<CollectorPorts, 'sql' | 'secret'>;
  readonly #file: CheckFile;
  readonly #budget: Budget;
  readonly #targets = new Map<string, SqlTarget>();
  readonly #sessions = new Map<string, Promise<SqlSession>>();
  readonly #sources = new Map<string, Promise<OpenedSource>>();

  constructor(ports: Pick<CollectorPorts, 'sql' | 'secret'>, file: CheckFile, budget: Budget) {
    this.#ports = ports;
    this.#file = file;
    this.#budget = budget;
  }

  /** What was opened for a source, where that is known already. */
  targetOf(source: SourceSpec): SqlTarget | null {
    return this.#targets.get(source.id) ?? null;
  }

  /** InputError when it cannot be reached, or has no such table. */
  open(source: SourceSpec): Promise<OpenedSource> {
    const known = this.#sources.get(source.id);
    if (known) return known;
    const opened = this.#open(source);
    this.#sources.set(source.id, opened);
    return opened;
  }

  /** DuckDB without files. */
  scratch(): Promise<SqlSession> {
    return this.#session({ driver: 'duckdb', files: [] });
  }

  async close(): Promise<void> {
    const all = await Promise.allSettled(this.#sessions.values());
    await Promise.allSettled(
      all.map((each) => (each.status === 'fulfilled' ? each.value.close() : Promise.resolve())),
    );
  }

  async #open(source: SourceSpec): Promise<OpenedSource> {
    const target = await targetOf(this.#file, source, this.#ports.secret);
    this.#targets.set(source.id, target);
    const session = await this.#sessionWith(source, target);
    const dialect = dialectOf(engineOf(source), session.server);
    const columns = await readColumns(session, source, dialect, this.#budget.bounds());
    const byName = new Map(columns.map((column) => [column.name, column]));
    return {
      source,
      session,
      dialect,
      columns,
      table: tableOf(source, dialect),
      value: (name) => valueSql(dialect, source, byName.get(name) ?? { name, type: '' }),
    };
  }

  /** Of files a session that sees this one among others will do. */
  async #sessionWith({ id }: SourceSpec, target: SqlTarget): Promise<SqlSession> {
    if (target.driver !== 'duckdb') return this.#session(target);
    for (const key of this.#sessions.keys()) {
      const open = JSON.parse(key) as SqlTarget;
      const sees = open.driver === 'duckdb' && open.files.some(({ name }) => name === id);
      if (sees) return this.#session(open);
    }
    return this.#session(target);
  }

  #session(target: SqlTarget): Promise<SqlSession> {
    const key = JSON.stringify(target);
    const known = this.#sessions.get(key);
    if (known) return known;
    const session = this.#ports.sql.open(target, this.#budget.bounds());
    this.#sessions.set(key, session);
    return session;
  }
}
