import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { fromBothLanguages, InputError, type StoredRecord, type Text } from '../../collectors/contract.ts';
import { causeText } from '../causes.ts';

/** What is wrong with a row: a reject, or the fault of a record that was kept. */
export interface RowRemark {
  readonly line: number;
  readonly id: string | null;
  readonly reason: string;
  readonly text: Text;
}

/** The byte order mark tells spreadsheet programs that the file is UTF-8. */
const heading = '\ufeffline,verdict,id,原因,reason\n';
const shownRejects = 20;

/**
 * Collects rejects, and the faults of records that were kept, on disk, so that memory does not
 * grow with them. Nothing is put in its place unless kept; a file that is no such list is never replaced. Without a
 * path the rows are only counted.
 */
export class RejectsFile {
  readonly path: string | null;
  count = 0;
  /** The first ones, for a page or a terminal. */
  readonly first: RowRemark[] = [];
  readonly firstFaulty: RowRemark[] = [];
  private handle: FileHandle | null = null;

  constructor(path: string | null) {
    this.path = path;
  }

  /** InputError when the path cannot or must not be written, before anything else is done. */
  async refuseBadPath(): Promise<void> {
    if (this.path === null) return;
    const found = await stat(this.path).catch(() => null);
    if (found === null) return;
    const isOurs = found.isFile() && (await readFile(this.path, 'utf8')).startsWith(heading);
    if (isOurs) return;
    throw new InputError(
      `rejects file ${this.path} exists and is no list of rejects: name another file with --rejects`,
    );
  }

  async add(rejects: readonly RowRemark[]): Promise<void> {
    this.count += rejects.length;
    keepFirst(this.first, rejects);
    await this.write('rejected', rejects);
  }

  /** Records that are stored and left out of every cohort, with what is wrong in them. */
  async addFaulty(records: readonly StoredRecord[]): Promise<void> {
    const faults = records.flatMap(({ line, id, fault }): RowRemark[] => {
      if (fault === null) return [];
      const text = fromBothLanguages(fault);
      return [{ line, id, reason: text.en, text }];
    });
    keepFirst(this.firstFaulty, faults);
    await this.write('faulty', faults);
  }

  /** Brings everything to the disk, so that only a rename is left to do. */
  async finish(): Promise<void> {
    await this.handle?.sync();
    await this.handle?.close();
  }

  /** Puts the finished file in its place; null when there is nothing to keep. */
  async keep(): Promise<string | null> {
    if (!this.handle || this.path === null) return null;
    try {
      await rename(temporaryOf(this.path), this.path);
      return this.path;
    } catch (cause) {
      throw new InputError(
        `the records are stored, but their rejects stay in ${temporaryOf(this.path)}: ${causeText(cause)}`,
        { cause },
      );
    }
  }

  async discard(): Promise<void> {
    await this.handle?.close().catch(() => {});
    if (this.path !== null && this.handle) await rm(temporaryOf(this.path), { force: true });
  }

  private async write(verdict: 'rejected' | 'faulty', rows: readonly RowRemark[]): Promise<void> {
    const { path } = this;
    if (path === null || rows.length === 0) return;
    try {
      if (!this.handle) {
        await mkdir(dirname(path), { recursive: true });
        this.handle = await open(temporaryOf(path), 'w');
        await this.handle.write(heading);
      }
      await this.handle.write(
        stringify(rows.map(({ line, id, text }) => [line, verdict, id, text.zh, text.en])),
      );
    } catch (cause) {
      throw new InputError(
        `rejects file ${path} cannot be written (${causeText(cause)}): name another file with --rejects`,
        { cause },
      );
    }
  }
}

function keepFirst(kept: RowRemark[], rows: readonly RowRemark[]): void {
  kept.push(...rows.slice(0, Math.max(0, shownRejects - kept.length)));
}

/** One name per target: what a killed import leaves is overwritten by the next. */
const temporaryOf = (path: string) => `${path}.tmp`;
