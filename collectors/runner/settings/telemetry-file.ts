import { readFile, stat } from 'node:fs/promises';
import { type Collector, InputError, yamlLimits } from '../../contract.ts';
import { parseTelemetry, type TelemetrySettings } from './telemetry-yaml.ts';

/** A character of UTF-8 takes at most four bytes, so that no settings within the limit are longer. */
const maxBytes = 4 * yamlLimits.characters;

const forbidden: readonly string[] = ['EACCES', 'EPERM'];

/** A settings file that the operating system does not hand out, in words. */
export function refusal(path: string, cause: unknown): InputError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const remedy = forbidden.includes(code)
    ? 'this program has no permission: let its user read the file and enter its folder'
    : 'name a file that is there';
  return new InputError(`telemetry settings ${path} cannot be read (${code}): ${remedy}`, { cause });
}

/** Reads a telemetry settings file; InputError when it cannot be read or has faults. */
export async function readTelemetryFile(
  path: string,
  collectors: readonly Collector[],
): Promise<TelemetrySettings> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw refusal(path, cause);
  });
  if (size > maxBytes) {
    throw new InputError(
      `telemetry settings ${path} are longer than ${maxBytes} bytes: name a settings file`,
    );
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw refusal(path, cause);
  });
  return parseTelemetry(text, path, collectors);
}

/** Whether there is a settings file at this place; used for the place that is looked at unasked. */
export async function hasTelemetryFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw refusal(path, cause);
    },
  );
}
