import { sql } from 'kysely';
import { InputError, type Subject } from '../../collectors/contract.ts';
import type { ImportCounts, ImportRequest, ImportSession } from '../contract.ts';
import type { Connection } from '../driver/connection.ts';
import { isConnectionLost } from '../driver/failures.ts';
import { type Database, recordTables, type Tx } from '../schema/tables.ts';
import { rootOf } from '../subject-tree.ts';
import { putSubjects } from '../subjects.ts';
import { type MergeInput, type MergePlan, mergeRows, planMerge, spanOf } from './merge.ts';
import { StagingTable } from './staging.ts';

/** A lost session shows itself also by a new one that does not know the staged rows' table. */
const unknownTable = '42P01';

function isSessionLost(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if ('code' in cause && cause.code === unknownTable) return true;
  return isConnectionLost(cause) || isSessionLost(cause.cause);
}

let stagingNumber = 0;

export async function beginImport(connection: Connection, request: ImportRequest): Promise<ImportSession> {
  const root = await rootOf(connection.db, request.subject);
  const session = await connection.reserveSession();
  try {
    stagingNumber += 1;
    const staging = await StagingTable.create(session.db, request.kind, request.fileName, stagingNumber);
    return new StagedImport({ connection, request, root, staging, session });
  } catch (cause) {
    await session.release();
    throw cause;
  }
}

interface Parts {
  readonly connection: Connection;
  readonly request: ImportRequest;
  readonly root: string;
  readonly staging: StagingTable;
  readonly session: { db: Database; release(): Promise<void> };
}

class StagedImport implements ImportSession {
  readonly #connection: Connection;
  readonly #request: ImportRequest;
  readonly #root: string;
  readonly #staging: StagingTable;
  readonly #session: Parts['session'];
  readonly #subjects = new Map<string, Subject>();
  #isOpen = true;

  constructor({ connection, request, root, staging, session }: Parts) {
    this.#connection = connection;
    this.#request = request;
    this.#root = root;
    this.#staging = staging;
    this.#session = session;
  }

  async stageSubjects(subjects: readonly Subject[]): Promise<void> {
    this.#requireOpen();
    for (const subject of subjects) this.#subjects.set(subject.id, subject);
  }

  async stage(records: StoredRecordBatch): Promise<void> {
    this.#requireOpen();
    await this.#whileStaged(() => this.#staging.add(records));
  }

  async preview(): Promise<ImportCounts> {
    this.#requireOpen();
    await this.#prepare();
    const tx = await this.#session.db.startTransaction().execute();
    try {
      const newSubjects = await this.#putSubjects(tx);
      const plan = await planMerge(tx, this.#input);
      return { ...plan.counts, newSubjects };
    } finally {
      await tx.rollback().execute();
    }
  }

  async commit(
    file: { sha256: string; read: number; rejected: number },
    review?: (counts: ImportCounts) => Promise<void>,
  ): Promise<ImportCounts> {
    this.#requireOpen();
    await this.#prepare();
    const counts = await this.#session.db.transaction().execute(async (tx) => {
      const key = `citygauge import ${this.#request.kind} ${this.#root}`;
      await sql`select pg_advisory_xact_lock(hashtext(${key}))`.execute(tx);
      const newSubjects = await this.#putSubjects(tx);
      const plan = await planMerge(tx, this.#input);
      await review?.({ ...plan.counts, newSubjects });
      const importId = await this.#register(tx, plan, file);
      await mergeRows(tx, this.#input, plan, importId);
      return { ...plan.counts, newSubjects };
    });
    await this.#end();
    if (counts.changed > 0) await this.#connection.tidy(recordTables[this.#request.kind]);
    return counts;
  }

  async abort(): Promise<void> {
    if (this.#isOpen) await this.#end();
  }

  get #input(): MergeInput {
    const { kind, subject, fileName } = this.#request;
    return { kind, subject, fileName, root: this.#root, staged: this.#staging.table };
  }

  /** The last batch goes in, and the planner learns how many rows there are. */
  #prepare(): Promise<void> {
    return this.#whileStaged(async () => {
      await this.#staging.flush();
      await sql`analyze ${this.#staging.table}`.execute(this.#session.db);
    });
  }

  /** The staged rows live and die with their database session; a new session does not know the table. */
  async #whileStaged(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (!isSessionLost(cause)) throw cause;
      const { location } = this.#connection;
      throw new InputError(
        `The connection to ${location} was cut during the import of ${this.#request.fileName}: nothing of it was ` +
          'stored, import the file again.',
        { cause },
      );
    }
  }

  /** Existing subjects stay as they are: an import may add, not rename. */
  async #putSubjects(tx: Tx): Promise<number> {
    const ids = [...this.#subjects.keys()];
    if (ids.length === 0) return 0;
    const known = await tx.selectFrom('subjects').select('id').where('id', 'in', ids).execute();
    const existing = new Set(known.map(({ id }) => id));
    const fresh = [...this.#subjects.values()].filter(({ id }) => !existing.has(id));
    return (await putSubjects(tx, fresh)).added;
  }

  async #register(
    tx: Tx,
    { counts }: MergePlan,
    file: { sha256: string; read: number; rejected: number },
  ): Promise<number> {
    const { kind, subject, fileName, mappingSha256, importedAt } = this.#request;
    const covers = this.#request.covers ?? (await spanOf(tx, this.#input));
    const row = await tx
      .insertInto('imports')
      .values({
        kind,
        subject_id: subject,
        file_name: fileName,
        sha256: file.sha256,
        mapping_sha256: mappingSha256,
        imported_at: importedAt,
        covers_from: covers?.from ?? null,
        covers_to: covers?.to ?? null,
        read: file.read,
        new: counts.new,
        changed: counts.changed,
        unchanged: counts.unchanged,
        faulty: counts.faulty,
        rejected: file.rejected + counts.duplicates.length,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async #end(): Promise<void> {
    this.#isOpen = false;
    try {
      await this.#staging.drop();
    } catch (cause) {
      // The staged rows went with their session.
      if (!isSessionLost(cause)) throw cause;
    } finally {
      await this.#session.release();
    }
  }

  #requireOpen(): void {
    if (!this.#isOpen)
      throw new InputError(`The import of ${this.#request.fileName} has ended: begin it again.`);
  }
}

type StoredRecordBatch = Parameters<ImportSession['stage']>[0];
