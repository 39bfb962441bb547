import { type FilePort, InputError } from '../../contract.ts';

/** What a look at a file says of it. */
export interface Look {
  readonly path: string;
  readonly size: number;
  /** Kept when the file is renamed. */
  readonly identity: string;
  readonly modifiedAt: string;
}

/** Rotated files that are looked at, the last names first: those beyond are of other weeks. */
const mostRotated = 50;
const isCompressed = /\.(?:gz|xz|bz2|zst|lz4|zip)$/;

/** Null when there is no such file, or none that may be read. */
export async function lookAt(files: FilePort, path: string): Promise<Look | null> {
  try {
    return { path, ...(await files.stat(path)) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function parts(path: string) {
  const cut = path.lastIndexOf('/');
  return { folder: cut < 0 ? '.' : path.slice(0, cut) || '/', name: path.slice(cut + 1) };
}

/** What a log was renamed or copied to (`eve.json.1`, `eve.json-20311121`), oldest first; compressed ones cannot be read on. */
export async function rotatedFiles(files: FilePort, path: string): Promise<readonly Look[]> {
  const { folder, name } = parts(path);
  const names = (await files.list(folder)).filter(
    (each) => /^[.-]/.test(each.slice(name.length)) && each.startsWith(name) && !isCompressed.test(each),
  );
  const looks: Look[] = [];
  for (const each of names.slice(-mostRotated)) {
    const look = await lookAt(files, `${folder}/${each}`);
    if (look) looks.push(look);
  }
  return looks.toSorted((a, b) => (a.modifiedAt < b.modifiedAt ? -1 : a.modifiedAt > b.modifiedAt ? 1 : 0));
}

/** The bytes at an offset, at most so many. */
export async function bytesAt(
  files: FilePort,
  path: string,
  range: { readonly offset: number; readonly maxBytes: number },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (range.maxBytes > 0) for await (const chunk of files.stream(path, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
