import { join } from 'node:path';
import { collectors } from '../../../collectors/collectors.ts';
import { InputError, type Subject } from '../../../collectors/contract.ts';
import {
  hasTelemetryFile,
  type Job,
  readTelemetryFile,
  type TelemetrySettings,
  telemetryDefaults,
} from '../../../collectors/runner.ts';
import type { Slo } from '../../../rules/contract.ts';
import type { CommandContext } from '../../context.ts';

/** Settings with the file they came from; null = the built-in jobs. */
export interface FoundSettings {
  readonly path: string | null;
  readonly settings: TelemetrySettings;
}

const withoutFile: TelemetrySettings = {
  ...telemetryDefaults,
  remoteWrite: [],
  jobs: [],
  source: '',
  fault: (_path, message) => message,
};

/**
 * The settings file: `--telemetry`, else CITYGAUGE_TELEMETRY, else `telemetry.yaml` in the data folder, which may be
 * absent. InputError with every fault of the file.
 */
export async function findSettings(
  context: CommandContext,
  option: string | undefined,
): Promise<FoundSettings> {
  const named = option ?? (context.surroundings.environment.CITYGAUGE_TELEMETRY || undefined);
  const path = named === undefined ? join(context.dataFolder, 'telemetry.yaml') : context.path(named);
  if (named === undefined && !(await hasTelemetryFile(path))) return { path: null, settings: withoutFile };
  return { path, settings: await readTelemetryFile(path, collectors) };
}

function builtInJob(name: string, subject: Subject, id = name): Job {
  const collector = collectors.find((each) => each.id === name);
  if (!collector) throw new Error(`there is no collector ${name}`);
  const { everySeconds, timeoutSeconds, retries } = collector.cadence;
  return {
    ...{
      id,
      collector,
      subject: subject.id,
      schedule: { everySeconds },
      timeoutSeconds,
      retries,
      labels: {},
    },
    settings: collector.settings.parse({}),
  };
}

/**
 * What runs though no settings file names it: without a file this program observes itself, and SLOs are counted for each
 * root subject unless a job of the file counts them. The sample's are not: its data end with a month that was counted when
 * it was filled in, and whatever window is nearer to today is mostly empty.
 */
export function withBuiltInJobs(
  found: FoundSettings,
  subjects: readonly Subject[],
  slos: readonly Slo[],
): TelemetrySettings {
  const { path, settings } = found;
  const roots = subjects.filter(({ parent }) => parent === null);
  const [first] = roots;
  const own = path === null && first ? [builtInJob('citygauge-self', first)] : [];
  const counts = settings.jobs.some(({ collector }) => collector.id === 'slo-budgets');
  const budgets =
    counts || slos.length === 0
      ? []
      : roots
          .filter(({ isSample }) => !isSample)
          .map((root, index) =>
            builtInJob('slo-budgets', root, index === 0 ? 'slo-budgets' : `slo-budgets-${root.id}`),
          );
  return { ...settings, jobs: [...settings.jobs, ...own, ...budgets] };
}

/** Jobs name subjects that exist; InputError that names each other one with its place in the file. */
export function checkSubjects({ jobs, fault }: TelemetrySettings, subjects: readonly Subject[]): void {
  const ids = new Set(subjects.map(({ id }) => id));
  const known = ids.size === 0 ? 'there is none yet' : `known are ${[...ids].slice(0, 8).join(', ')}`;
  const faults = jobs.flatMap(({ subject }, index) => {
    if (ids.has(subject)) return [];
    const message = `subject "${subject}" does not exist (${known}): add it with "citygauge subject add"`;
    return [fault(['jobs', index, 'subject'], message)];
  });
  if (faults.length > 0) throw new InputError(faults);
}
