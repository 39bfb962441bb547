import { join } from 'node:path';
import { collectors } from '../../../collectors/collectors.ts';
import { InputError, type Subject } from '../../../collectors/contract.ts';
import {
  hasTelemetryFile,
  readTelemetryFile,
  type TelemetrySettings,
  telemetryDefaults,
} from '../../../collectors/runner.ts';
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

/** The one job that runs without a settings file: this program observes itself. */
export function withBuiltInJobs(found: FoundSettings, subjects: readonly Subject[]): TelemetrySettings {
  const { path, settings } = found;
  const root = subjects.find(({ parent }) => parent === null);
  const collector = collectors.find(({ id }) => id === 'citygauge-self');
  if (path !== null || !root || !collector) return settings;
  const { everySeconds, timeoutSeconds, retries } = collector.cadence;
  const job = {
    id: collector.id,
    collector,
    subject: root.id,
    schedule: { everySeconds },
    timeoutSeconds,
    retries,
    labels: {},
    settings: collector.settings.parse({}),
  };
  return { ...settings, jobs: [job] };
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
