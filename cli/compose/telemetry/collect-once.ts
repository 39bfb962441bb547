import { type Collected, InputError } from '../../../collectors/contract.ts';
import type { CommandContext } from '../../context.ts';
import { openRuntime } from './open-runtime.ts';
import type { TelemetryRuntime } from './runtime.ts';
import { checkSubjects, findSettings, withBuiltInJobs } from './settings.ts';

export interface CollectOrder {
  /** Ids; empty = all. */
  readonly jobs: readonly string[];
  readonly settingsFile: string | undefined;
  readonly isDryRun: boolean;
}

export interface OneRun {
  readonly collected: Collected;
  /** Where the run should have been kept and was not. */
  readonly brokenSinks: readonly string[];
}

function chosen({ jobs }: TelemetryRuntime, ids: readonly string[]): TelemetryRuntime['jobs'] {
  const known = jobs.map(({ runner }) => runner.job.id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const all = known.length === 0 ? 'there is none in the settings' : `known are ${known.join(', ')}`;
    throw new InputError(unknown.map((id) => `job "${id}" is unknown: ${all}`));
  }
  return ids.length === 0 ? jobs : jobs.filter(({ runner }) => ids.includes(runner.job.id));
}

async function runChosen(
  runtime: TelemetryRuntime,
  order: CollectOrder,
  signal: AbortSignal,
): Promise<OneRun[]> {
  const runs = chosen(runtime, order.jobs).map(({ runner }) =>
    runtime.limit(async (): Promise<OneRun> => {
      const collected = await runner.run(signal);
      return { collected, brokenSinks: order.isDryRun ? [] : await runtime.deliver(collected) };
    }),
  );
  return Promise.all(runs);
}

/** Whoever runs jobs by hand waits a little for their samples to be taken. */
const drainMilliseconds = 5_000;

/** Runs jobs once: those of the serving process when it has them, else jobs that live for this run only. */
export async function collectOnce(context: CommandContext, order: CollectOrder): Promise<readonly OneRun[]> {
  const { signal, hostStore } = context.surroundings;
  return context.withStore(async (store) => {
    const serving = hostStore?.telemetry?.();
    if (serving && order.settingsFile === undefined) return runChosen(serving, order, signal);
    const found = await findSettings(context, order.settingsFile);
    const subjects = await store.subjects.list();
    const settings = withBuiltInJobs(found, subjects);
    checkSubjects(settings, subjects);
    const opened = await openRuntime(context, store, {
      settings,
      settingsFile: found.path,
      drainMilliseconds: order.isDryRun ? 0 : drainMilliseconds,
    });
    try {
      return await runChosen(opened.runtime, order, signal);
    } finally {
      await opened.close();
    }
  });
}
