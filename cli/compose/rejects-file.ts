import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { InputError } from '../../collectors/contract.ts';
import type { Reject } from '../../dashboards/contract.ts';

/** Collects rejects on disk, so that memory does not grow with them; nothing is left behind unless kept. */
export class RejectsFile {
  readonly path: string;
  count = 0;
  /** The first ones, for a page or a terminal. */
  readonly first: Reject[] = [];
  private stream: WriteStream | null = null;

  constructor(path: string) {
    this.path = path;
  }

  private get temporary(): string {
    return `${this.path}.${process.pid}.tmp`;
  }

  async add(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    this.count += rejects.length;
    this.first.push(...rejects.slice(0, Math.max(0, 20 - this.first.length)));
    try {
      if (!this.stream) {
        await mkdir(dirname(this.path), { recursive: true });
        this.stream = createWriteStream(this.temporary);
        // The byte order mark tells spreadsheet programs that the file is UTF-8.
        this.stream.write('\ufeffline,id,原因,reason\n');
      }
      const text = stringify(rejects.map(({ line, id, text }) => [line, id, text.zh, text.en]));
      const stream = this.stream;
      await new Promise<void>((resolve, reject) => {
        stream.once('error', reject);
        stream.write(text, (error) => (error ? reject(error) : resolve()));
      });
    } catch (cause) {
      throw new InputError(`rejects file ${this.path} cannot be written: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  /** Puts the file in its place; null when there was nothing to keep. */
  async keep(): Promise<string | null> {
    if (!this.stream) return null;
    this.stream.end();
    await finished(this.stream);
    await rename(this.temporary, this.path);
    return this.path;
  }

  async discard(): Promise<void> {
    this.stream?.destroy();
    await rm(this.temporary, { force: true });
  }
}
