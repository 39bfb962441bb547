import { readFile, stat } from 'node:fs/promises';
import { InputError, yamlLimits } from '../../contract.ts';
import type { CheckFile } from './check-spec.ts';
import { parseChecks } from './check-yaml.ts';

/** A character of UTF-8 takes at most four bytes, so that no file within the limit is longer. */
const checksFileMaxBytes = 4 * yamlLimits.characters;

/** Reads a check file; InputError when it cannot be read or has faults. */
export async function readChecksFile(path: string): Promise<CheckFile> {
  const refuse = (cause: NodeJS.ErrnoException): never => {
    throw new InputError(`check file ${path} cannot be read (${cause.code}): name a file that is there`, {
      cause,
      zh: `检核文件 ${path} 无法读取（${cause.code}）：请确认文件存在且有读取权限`,
    });
  };
  const { size } = await stat(path).catch(refuse);
  if (size > checksFileMaxBytes) {
    throw new InputError(`check file ${path} is longer than ${checksFileMaxBytes} bytes: name a check file`);
  }
  return parseChecks(await readFile(path, 'utf8').catch(refuse), path);
}
