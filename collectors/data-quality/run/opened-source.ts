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
  #sessions: { readonly target: SqlTarget; readonly session: Promise<SqlSession> }[] = [];
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
    await Promise.allSettled(this.#sessions.map(async ({ session }) => (await session).close()));
  }

  async #open(source: SourceSpec): Promise<OpenedSource> {
    const target = await targetOf(this.#file, source, this.#ports.secret);
    this.#targets.set(source.id, target);
    const session = await this.#sessionOf(target);
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

  /** A file that is compared with and cannot be read spoils its own checks alone. */
  async #sessionOf(target: SqlTarget): Promise<SqlSession> {
    try {
      return await this.#session(target);
    } catch (error) {
      if (target.driver !== 'duckdb' || target.files.length < 2) throw error;
      return this.#session({ driver: 'duckdb', files: target.files.slice(0, 1) });
    }
  }

  #session(target: SqlTarget): Promise<SqlSession> {
    const known = this.#sessions.find((each) => isServedBy(target, each.target));
    if (known) return known.session;
    const session = this.#ports.sql.open(target, this.#budget.bounds());
    const entry = { target, session };
    this.#sessions.push(entry);
    session.catch(() => {
      this.#sessions = this.#sessions.filter((each) => each !== entry);
    });
    return session;
  }
}

/** Whether what is asked for can be asked in a session that is open: the same database, or one that sees the files. */
function isServedBy(wanted: SqlTarget, open: SqlTarget): boolean {
  if (wanted.driver === 'duckdb' && open.driver === 'duckdb') {
    const [first] = wanted.files;
    return first === undefined ? open.files.length === 0 : open.files.some(({ name }) => name === first.name);
  }
  if ('url' in wanted && 'url' in open) return wanted.driver === open.driver && wanted.url === open.url;
  return 'path' in wanted && 'path' in open && wanted.path === open.path;
}
