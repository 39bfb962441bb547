import { createHash } from 'node:crypto';
import { type ByteLine, ByteLines } from '../reading/byte-lines.ts';
import type { FollowedFile, FollowLimits } from './followed-file.ts';

/** Lines of a followed log: those that are whole, from one run to the next. */
export class TailLines {
  readonly #followed: FollowedFile;
  readonly #maxLineBytes: number;
  #lines: ByteLines;
  #file = 0;
  #isInCut = false;

  constructor(followed: FollowedFile, maxLineBytes: number) {
    this.#followed = followed;
    this.#maxLineBytes = maxLineBytes;
    this.#lines = new ByteLines(maxLineBytes);
  }

  /** Hands over each line that has ended since the run before; gives the number and hash of the bytes that were read. */
  async read(
    limits: FollowLimits,
    accept: (line: ByteLine) => void,
  ): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of this.#followed.pieces(limits)) {
      bytes += piece.bytes.length;
      hash.update(piece.bytes);
      if (piece.file !== this.#file) this.#begin(piece.file, piece.isCut, accept);
      for (const line of this.#lines.push(piece.bytes)) {
        if (!this.#isInCut) accept(line);
        this.#isInCut = false;
      }
      limits.signal.throwIfAborted();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Of a file that was rotated away nothing more comes: its last line has ended too. */
  #begin(file: number, isCut: boolean, accept: (line: ByteLine) => void): void {
    if (!this.#isInCut) for (const line of this.#lines.finish()) accept(line);
    this.#lines = new ByteLines(this.#maxLineBytes);
    this.#file = file;
    this.#isInCut = isCut;
  }
}
