const newline = 0x0a;

export interface ByteLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its end (LF or CR LF), wrong bytes replaced; null for a line longer than the bound. */
  readonly text: string | null;
  /** Bytes up to here have been read: those of all lines so far with their ends. */
  readonly end: number;
}

/** Cuts bytes into lines; of a line beyond `maxBytes` nothing is kept. A wrong byte spoils its line alone. */
export class ByteLines {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8');
  #parts: Uint8Array[] = [];
  #size = 0;
  #number = 0;
  #end = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *push(chunk: Uint8Array): Generator<ByteLine> {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      this.#keep(chunk.subarray(from, at));
      from = at + 1;
      yield this.#line(1);
    }
    this.#keep(chunk.subarray(from));
  }

  /** What follows the last line end, if anything. */
  *finish(): Generator<ByteLine> {
    if (this.#size > 0) yield this.#line(0);
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#size += bytes.length;
    if (this.#size > this.#maxBytes) this.#parts = [];
    // A copy: the chunk's memory belongs to whoever gave it.
    else this.#parts.push(Uint8Array.from(bytes));
  }

  #line(endBytes: number): ByteLine {
    this.#number += 1;
    this.#end += this.#size + endBytes;
    const isTooLong = this.#size > this.#maxBytes;
    const text = isTooLong ? null : this.#decoder.decode(Buffer.concat(this.#parts)).replace(/\r$/, '');
    this.#parts = [];
    this.#size = 0;
    return { number: this.#number, text, end: this.#end };
  }
}

/** The lines of a stream of bytes. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<ByteLine> {
  const lines = new ByteLines(maxBytes);
  for await (const chunk of chunks) yield* lines.push(chunk);
  yield* lines.finish();
}
