import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import { Refusal } from './security/refusal.ts';

export interface Upload {
  /** Random; the only name by which a browser can ask for it again. */
  readonly id: string;
  readonly path: string;
  /** As the browser gave it, without folders; for showing only. */
  readonly fileName: string;
  /** The form's other fields, as far as they came before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Uploads on their way: streamed to disk under a random name, kept a short while, deleted. */
export interface UploadSpool {
  /** `accept` sees the fields before a byte of the file is kept, and throws to refuse it. */
  receive(request: Request, accept: (fields: Readonly<Record<string, string>>) => void): Promise<Upload>;
  /** Hands a kept upload over, once. */
  take(id: string): Upload;
  keep(upload: Upload): void;
  drop(upload: Upload): Promise<void>;
  read(upload: Upload): Promise<Uint8Array>;
}

const keptMilliseconds = 30 * 60_000;
/** More uploads than this waiting for a decision: the oldest goes. */
const maxKept = 8;
const maxFieldBytes = 256_000;

function baseName(name: string): string {
  return (name.split(/[/\\]/).pop() ?? '').replace(/\p{Cc}/gu, '').slice(0, 200) || 'upload';
}

export function createUploadSpool(folder: string, maxBytes: number): UploadSpool {
  const kept = new Map<string, { upload: Upload; timer: NodeJS.Timeout }>();
  const ready = clear(folder);
  const drop = (upload: Upload) => rm(upload.path, { force: true });
  return {
    drop,
    read: (upload) => readFile(upload.path),
    receive: async (request, accept) => {
      await ready;
      const id = randomBytes(16).toString('hex');
      const path = join(folder, `upload-${id}`);
      try {
        return { id, path, ...(await readForm(request, { path, maxBytes, accept })) };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    keep: (upload) => {
      const timer = setTimeout(() => {
        kept.delete(upload.id);
        drop(upload).catch(() => undefined);
      }, keptMilliseconds);
      timer.unref();
      kept.set(upload.id, { upload, timer });
      const [oldest] = kept.values();
      if (oldest && kept.size > maxKept) {
        clearTimeout(oldest.timer);
        kept.delete(oldest.upload.id);
        drop(oldest.upload).catch(() => undefined);
      }
    },
    take: (id) => {
      const found = kept.get(id);
      if (!found) throw new Refusal(404, 'error.uploadGone');
      kept.delete(id);
      clearTimeout(found.timer);
      return found.upload;
    },
  };
}

/** Makes the folder, readable by its owner only, and removes what an earlier run left in it. */
async function clear(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
  const left = (await readdir(folder)).filter((name) => /^upload-[0-9a-f]{32}$/.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

interface Reading {
  readonly path: string;
  readonly maxBytes: number;
  readonly accept: (fields: Readonly<Record<string, string>>) => void;
}

function parserFor(request: Request, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 20, fileSize: maxBytes, fieldSize: maxFieldBytes },
    });
  } catch {
    throw new Refusal(400, 'error.malformed');
  }
}

/** A form that ends early or breaks its own grammar is the sender's fault; the disk's is ours. */
function faultOf(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return new Refusal(507, 'error.diskFull');
  return error instanceof Refusal || code !== undefined ? error : new Refusal(400, 'error.malformed');
}

async function readForm(request: Request, how: Reading): Promise<Pick<Upload, 'fileName' | 'fields'>> {
  const fields: Record<string, string> = {};
  let fileName = '';
  let saving: Promise<void> = Promise.resolve();
  let closed: Promise<void> = Promise.resolve();
  const form = parserFor(request, how.maxBytes);
  const refuse = (error: Error) => form.destroy(error);
  form.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) refuse(new Refusal(413, 'error.tooLarge'));
    fields[name] = value.replaceAll('\0', '');
  });
  form.on('file', (_, stream, info) => {
    stream.on('error', () => undefined);
    try {
      how.accept(fields);
    } catch (error) {
      stream.resume();
      refuse(error as Error);
      return;
    }
    fileName = info.filename ?? '';
    stream.once('limit', () => refuse(new Refusal(413, 'error.tooLarge')));
    const file = createWriteStream(how.path, { flags: 'wx', mode: 0o600 });
    closed = new Promise((resolve) => file.once('close', resolve));
    saving = pipeline(stream, file);
    saving.catch(refuse);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      form.once('close', resolve);
      form.once('error', reject);
      request.once('error', reject);
      request.once('aborted', () => refuse(new Refusal(400, 'error.malformed')));
      request.pipe(form);
    });
    await saving;
  } catch (error) {
    // The rest of the request is read and dropped, so that the answer reaches a browser that is still sending.
    request.unpipe(form);
    request.resume();
    await closed;
    throw faultOf(error);
  }
  if (fileName === '') throw new Refusal(400, 'error.noFile');
  return { fileName: baseName(fileName), fields };
}
