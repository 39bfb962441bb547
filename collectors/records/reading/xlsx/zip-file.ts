import yauzl from 'yauzl';
import { InputError } from '../../../contract.ts';

/** A ZIP archive whose declared sizes were found to be sane; parts are inflated as streams. */
export interface ZipArchive {
  readonly has: (part: string) => boolean;
  /** Size as declared; the stream fails when the part turns out larger or smaller. */
  readonly sizeOf: (part: string) => number;
  readonly stream: (part: string) => AsyncGenerator<Uint8Array>;
  readonly close: () => void;
}

/** A workbook beyond these is refused before anything of it is inflated. */
const limits = {
  parts: 10_000,
  inflatedBytes: 512 * 1024 * 1024,
  ratio: 200,
  ratioFromBytes: 8 * 1024 * 1024,
};

function checkPart(name: string, entry: yauzl.Entry): void {
  if (entry.isEncrypted()) throw new InputError(`${name} is protected by a password: save it without`);
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > limits.ratioFromBytes && size / Math.max(1, packed) > limits.ratio) {
    throw new InputError(
      `${name}: its part ${entry.fileName} inflates ${Math.round(size / Math.max(1, packed))}-fold to ${Math.round(size / 1e6)} MB, as no honest workbook does; save it as CSV`,
    );
  }
}

async function entriesOf(zip: yauzl.ZipFile, name: string): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > limits.parts) {
    throw new InputError(`${name} has ${zip.entryCount} parts where a workbook has at most ${limits.parts}`);
  }
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    checkPart(name, entry);
    total += entry.uncompressedSize;
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
  if (total > limits.inflatedBytes) {
    throw new InputError(
      `${name} inflates to ${Math.round(total / 1e6)} MB where ${Math.round(limits.inflatedBytes / 1e6)} MB are allowed; save it as CSV`,
    );
  }
  return entries;
}

function damaged(name: string, cause: unknown): InputError {
  if (cause instanceof InputError) return cause;
  return new InputError(`${name} is not a sound ZIP archive (${(cause as Error).message}): save it again`, {
    cause,
  });
}

/** InputError for a damaged archive and for one that inflates beyond the limits. */
export async function openZip(source: string | Uint8Array, name: string): Promise<ZipArchive> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  const opening =
    typeof source === 'string'
      ? yauzl.openPromise(source, options)
      : yauzl.fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.length), options);
  const zip = await opening.catch((cause: unknown) => {
    throw damaged(name, cause);
  });
  const close = () => zip.close();
  const entries = await entriesOf(zip, name).catch((cause: unknown) => {
    close();
    throw damaged(name, cause);
  });
  const entryOf = (part: string) => {
    const entry = entries.get(part);
    if (!entry) throw new InputError(`${name} lacks the part ${part}: it is not a workbook, save it again`);
    return entry;
  };
  async function* stream(part: string): AsyncGenerator<Uint8Array> {
    try {
      yield* (await zip.openReadStreamPromise(entryOf(part))) as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw damaged(name, cause);
    }
  }
  return {
    has: (part) => entries.has(part),
    sizeOf: (part) => entryOf(part).uncompressedSize,
    stream,
    close,
  };
}
