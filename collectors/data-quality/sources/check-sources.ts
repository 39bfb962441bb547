import { dirname, resolve } from 'node:path';
import { type CollectorPorts, InputError, type QualityRun } from '../../contract.ts';
import { nearest } from '../../records/mapping/did-you-mean.ts';
import type { CheckFile, SourceSpec } from '../check-file/check-spec.ts';
import { runChecks } from '../run/run-checks.ts';

export interface SourcesOrder {
  readonly file: CheckFile;
  readonly sources: readonly SourceSpec[];
  readonly subject: string;
  readonly ports: Pick<CollectorPorts, 'sql' | 'clock' | 'secret' | 'register'>;
  readonly signal: AbortSignal;
  /** For all sources together; absent = each has its own time only. */
  readonly timeoutSeconds?: number;
}

export interface CheckedSources {
  readonly runs: readonly QualityRun[];
  /** For which no time was left. */
  readonly unreached: readonly SourceSpec[];
}

/** The sources of these ids in the order of the file, all when none is named; InputError for an unknown one. */
export function chosenSources({ name, sources }: CheckFile, ids: readonly string[]): readonly SourceSpec[] {
  const known = sources.map(({ id }) => id);
  const faults = [...new Set(ids)]
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearest(id, known);
      const remedy = near === null ? `it has ${known.join(', ')}` : `did you mean ${near}?`;
      return `${name} has no source "${id}": ${remedy}`;
    });
  if (faults.length > 0) throw new InputError(faults);
  return ids.length === 0 ? sources : sources.filter(({ id }) => ids.includes(id));
}

/** Kept back for handing over what was found. */
const reserveSeconds = 2;

/** Runs the checks of the sources one after the other, so that no server has more than one session of ours. */
export async function checkSources(order: SourcesOrder): Promise<CheckedSources> {
  const { file, sources, subject, ports, signal, timeoutSeconds = Infinity } = order;
  const { clock, sql, register } = ports;
  const folder = dirname(file.name);
  const secret: CollectorPorts['secret'] = (ref) =>
    ports.secret('file' in ref ? { file: resolve(folder, ref.file) } : ref);
  const endsAt = clock.monotonic() + (timeoutSeconds - reserveSeconds) * 1000;
  const runs: QualityRun[] = [];
  const unreached: SourceSpec[] = [];
  for (const source of sources) {
    signal.throwIfAborted();
    const leftSeconds = (endsAt - clock.monotonic()) / 1000;
    if (leftSeconds <= 0) {
      unreached.push(source);
      continue;
    }
    const run = await runChecks({
      ...{ file, subject, signal, ports: { clock, sql, secret } },
      source: { ...source, timeoutSeconds: Math.min(source.timeoutSeconds, leftSeconds) },
      history: async (check, limit) =>
        (await register?.qualityResults({ subject, source: source.id, check }, limit)) ?? [],
    });
    signal.throwIfAborted();
    runs.push(run);
  }
  return { runs, unreached };
}
