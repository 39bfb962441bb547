import { open, readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CollectorPorts, type FilePort, InputError, type SecretRef, type Text } from '../contract.ts';

/** Files that a settings file names, seen from its folder. */
export function filesFrom(folder: string): FilePort {
  const at = (path: string) => resolve(folder, path);
  return {
    resolve: at,
    read: (path, maxBytes) => readBounded(at(path), maxBytes),
    async stat(path) {
      const { mtime, size, dev, ino } = await stat(at(path)).catch((cause) => unreadable(at(path), cause));
      return { modifiedAt: mtime.toISOString(), size, identity: `${dev}:${ino}` };
    },
    stream: (path, range) => streamBounded(at(path), range),
    async list(folder) {
      const entries = await readdir(at(folder), { withFileTypes: true }).catch((cause) =>
        unreadable(at(folder), cause),
      );
      const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
      return names.toSorted().slice(0, mostNames);
    },
  };
}

/** Names of a folder's files that are told at most. */
const mostNames = 10_000;

async function readBounded(path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamBounded(path, { maxBytes, isWhole: true })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* streamBounded(
  path: string,
  { offset = 0, maxBytes, isWhole = false }: Parameters<FilePort['stream']>[1],
): AsyncGenerator<Uint8Array> {
  const stats = await stat(path).catch((cause) => unreadable(path, cause));
  if (stats.isDirectory()) return unreadable(path, { code: 'EISDIR' });
  // To open a pipe waits for its writer, in a thread that all files share, and cannot be broken off.
  if (!stats.isFile()) {
    throw new InputError(`${path}: is a pipe or a device: name a file`, {
      zh: `${path}：这是管道或设备：请填写普通文件的路径`,
    });
  }
  const tooLarge = () =>
    new InputError(`${path} is larger than ${maxBytes} bytes: split it, or raise the limit`, {
      zh: `文件 ${path} 超过 ${maxBytes} 字节：请拆分文件或调大上限`,
    });
  if (isWhole && stats.size > offset + maxBytes) throw tooLarge();
  const file = await open(path).catch((cause) => unreadable(path, cause));
  try {
    let left = maxBytes;
    // The size of a file under /proc is 0, and a file may grow: what comes is counted too.
    for await (const chunk of file.createReadStream({
      start: offset,
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      if (isWhole && chunk.length > left) throw tooLarge();
      if (left === 0) return;
      yield chunk.subarray(0, left);
      left -= Math.min(left, chunk.length);
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    return unreadable(path, cause);
  } finally {
    await file.close();
  }
}

const causes: Readonly<Record<string, Text>> = {
  ENOENT: {
    zh: '文件不存在：请检查路径，相对路径以配置文件所在目录为准',
    en: 'there is no such file: check the path, which is seen from the folder of the settings file',
  },
  EACCES: {
    zh: '没有读取权限：请为运行本程序的用户授予读取权限',
    en: 'may not be read: give the user of this program the right to',
  },
  EISDIR: { zh: '这是目录：请填写文件路径', en: 'is a folder: name a file' },
};

function unreadable(path: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const { zh, en } = causes[code] ?? { zh: `无法读取（${code}）`, en: `cannot be read (${code})` };
  throw new InputError(`${path}: ${en}`, { cause, zh: `${path}：${zh}` });
}

const longestSecret = 64 * 1024;

/** Looks secrets up where settings say they are; a final line end in a file is not part of it. */
export function secretsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  files: FilePort,
): CollectorPorts['secret'] {
  return async (ref: SecretRef) => {
    if ('env' in ref) {
      const value = environment[ref.env];
      if (value) return value;
      throw new InputError(
        `the environment variable ${ref.env}, named as a secret, is not set: set it and start again`,
        { zh: `存放密钥的环境变量 ${ref.env} 未设置：请设置后重新启动` },
      );
    }
    const path = files.resolve(ref.file);
    const text = Buffer.from(await files.read(path, longestSecret))
      .toString('utf8')
      .replace(/\r?\n$/, '');
    if (text !== '') return text;
    throw new InputError(`${path}, named as the file of a secret, is empty: write the secret into it`, {
      zh: `密钥文件 ${path} 为空：请写入密钥`,
    });
  };
}
