import { type FilePort, InputError } from '../../contract.ts';
import { bytesAt, type Look, lookAt, rotatedFiles } from './rotated-files.ts';

/** Where reading stands: so many bytes of one file. */
interface Place {
  readonly identity: string;
  readonly offset: number;
  /** The first bytes, by which contents are known again that were copied away before the file was cut (copytruncate). */
  readonly head: Uint8Array;
}

interface Step {
  readonly look: Look;
  readonly offset: number;
  /** Goes on where reading stands, in the same contents. */
  readonly isSame: boolean;
}

/** A piece of a log; it may begin and end in the middle of a line. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Changes with the contents: a line never goes on from one to the next. */
  readonly file: number;
  /** Nobody has read what stands before it: up to its first line end it is the rest of a line. */
  readonly isCut: boolean;
}

export interface FollowLimits {
  /** Of one run, all files together; of a first run the last bytes. */
  readonly maxBytes: number;
  /** Held in memory at once. */
  readonly pieceBytes: number;
  /** ISO instant: a first run reads rotated files too that were changed since then. */
  readonly since: string;
  readonly signal: AbortSignal;
}

const headBytes = 512;
/** A shorter head may be that of any file. */
const surestHeadBytes = 64;
/** Times that a run begins anew because the log moved on while it was read; the next run goes on. */
const mostPlans = 10;

/**
 * A log that grows, is renamed and begun anew, or is copied and cut, all while it is read: what came since the run before,
 * each byte once.
 */
export class FollowedFile {
  readonly #files: FilePort;
  readonly #path: string;
  #place: Place | null = null;
  #file = 0;
  /** Bytes that a first run left out, being beyond `maxBytes`. */
  leftOutBytes = 0;
  /** Files that were gone before their end could be read. */
  lostFiles = 0;

  constructor(files: FilePort, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** Oldest first. InputError when there is no log, nor what it was renamed to. */
  async *pieces(limits: FollowLimits): AsyncGenerator<Piece> {
    const budget = { left: limits.maxBytes };
    for (let plans = 0; plans < mostPlans; plans += 1) {
      limits.signal.throwIfAborted();
      const steps = await this.#plan(limits);
      let isWhole = true;
      for (const step of steps) {
        isWhole = yield* this.#read(step, limits.pieceBytes, budget);
        if (!isWhole) break;
      }
      if (isWhole || budget.left === 0) return;
    }
  }

  /** To the end of a file or of the budget; false when the file moved on meanwhile, or the budget ended before it. */
  async *#read(step: Step, pieceBytes: number, budget: { left: number }): AsyncGenerator<Piece, boolean> {
    let { offset } = step;
    const { path, identity } = step.look;
    let isNew = !step.isSame;
    for (;;) {
      const maxBytes = Math.min(pieceBytes, budget.left);
      if (maxBytes === 0) return false;
      const bytes = await bytesAt(this.#files, path, { offset, maxBytes }).catch(absent);
      const now = await lookAt(this.#files, path);
      if (!bytes || now?.identity !== identity || now.size < offset + bytes.length) return false;
      const isCut = isNew && offset > 0;
      if (isNew) this.#file += 1;
      offset += bytes.length;
      budget.left -= bytes.length;
      await this.#stand(path, { identity, offset, isNew });
      isNew = false;
      if (bytes.length > 0) yield { bytes, file: this.#file, isCut };
      if (bytes.length < maxBytes) return true;
    }
  }

  async #stand(path: string, at: { identity: string; offset: number; isNew: boolean }): Promise<void> {
    const known = at.isNew ? new Uint8Array() : (this.#place?.head ?? new Uint8Array());
    const wanted = Math.min(headBytes, at.offset);
    const head =
      known.length < wanted
        ? ((await bytesAt(this.#files, path, { offset: 0, maxBytes: wanted }).catch(absent)) ?? known)
        : known;
    this.#place = { identity: at.identity, offset: at.offset, head };
  }

  async #plan({ maxBytes, since }: FollowLimits): Promise<readonly Step[]> {
    const place = this.#place;
    const log = await lookAt(this.#files, this.#path);
    if (!place) return this.#planFirst(maxBytes, since);
    if (log && log.identity === place.identity && (await this.#holds(log, place)))
      return [{ look: log, offset: place.offset, isSame: true }];
    const rotated = await rotatedFiles(this.#files, this.#path);
    const old = await this.#findOld(rotated, place);
    const fresh = (look: Look): Step => ({ look, offset: 0, isSame: false });
    if (old) {
      const later = rotated.filter(({ modifiedAt }) => modifiedAt > old.modifiedAt);
      // Its writer keeps to the old file until it has opened the new one: only then is the old one at its end.
      const begun = log && log.size > 0 ? [log] : [];
      return [{ look: old, offset: place.offset, isSame: true }, ...[...later, ...begun].map(fresh)];
    }
    // Says why there is no log.
    if (!log) await this.#files.stat(this.#path);
    if (place.offset > 0) this.lostFiles += 1;
    return log ? [fresh(log)] : [];
  }

  /** The last bytes of what was written since then. */
  async #planFirst(maxBytes: number, since: string): Promise<readonly Step[]> {
    const log = { path: this.#path, ...(await this.#files.stat(this.#path)) };
    const rotated = await rotatedFiles(this.#files, this.#path);
    const all = [...rotated.filter(({ modifiedAt }) => modifiedAt >= since), log];
    let excess = Math.max(0, all.reduce((sum, { size }) => sum + size, 0) - maxBytes);
    this.leftOutBytes = excess;
    return all.flatMap((look) => {
      const offset = Math.min(excess, look.size);
      excess -= offset;
      return offset === look.size && look !== log ? [] : [{ look, offset, isSame: false }];
    });
  }

  async #findOld(rotated: readonly Look[], place: Place): Promise<Look | null> {
    const renamed = rotated.find(({ identity }) => identity === place.identity);
    if (renamed) return renamed;
    if (place.head.length < surestHeadBytes) return null;
    for (const look of rotated.toReversed()) if (await this.#holds(look, place)) return look;
    return null;
  }

  /** Whether a file still holds what was read. */
  async #holds({ path, size }: Look, { head, offset }: Place): Promise<boolean> {
    if (size < offset) return false;
    const now = await bytesAt(this.#files, path, { offset: 0, maxBytes: head.length }).catch(absent);
    return now !== null && Buffer.compare(now, head) === 0;
  }
}

/** A file that is gone between the look and the reading. */
function absent(error: unknown): null {
  if (error instanceof InputError) return null;
  throw error;
}
