import { type Collected, InputError } from '../../../collectors/contract.ts';
import type { CommandContext } from '../../context.ts';
import { loadPromises } from '../promises.ts';
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
  // All of them have ended before the store is closed, also when one was interrupted.
  const ended = await Promise.allSettled(runs);
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

/** A job that gathers between its runs gives what it has to the run: a dry run of it would have nothing, or lose it. */
function refuseGathering(serving: TelemetryRuntime, { jobs }: CollectOrder): void {
  const gathering = chosen(serving, jobs).filter(({ runner }) => runner.job.collector.start);
  if (gathering.length === 0) return;
  const ids = gathering.map(({ runner }) => runner.job.id).join(', ');
  throw new InputError(
    `a dry run would lose what ${ids} has gathered in the serving process: name other jobs, or leave out --dry-run`,
  );
}

/** A server keeps the settings it started with: whoever has edited the file since would see the old jobs run. */
async function checkUnedited(context: CommandContext, { options }: TelemetryRuntime): Promise<void> {
  const { path, settings } = await findSettings(context, options.settingsFile ?? undefined);
  if (settings.source === options.settings.source) return;
  throw new InputError(
    `${path} has been edited since the server started: start it anew, or run the file as it is now with --telemetry ${path}`,
  );
}

/** What is handed over by hand goes where the serving process keeps its own runs. */
function sharedOutputs({ options: { sinks, refusals } }: TelemetryRuntime) {
  return { sinks, refusals };
}

/** Whoever runs jobs by hand waits a little for their samples to be taken. */
const drainMilliseconds = 5_000;

/**
 * Runs jobs once: those of the serving process when it has them, else, and when nothing is to be kept, jobs that live for
 * this run only.
 */
export async function collectOnce(context: CommandContext, order: CollectOrder): Promise<readonly OneRun[]> {
  const { signal, hostStore } = context.surroundings;
  return context.withStore(async (store) => {
    const serving = hostStore?.telemetry?.();
    if (serving && order.settingsFile === undefined) {
      await checkUnedited(context, serving);
      if (!order.isDryRun) return runChosen(serving, order, signal);
      refuseGathering(serving, order);
    }
    const settingsFile = order.settingsFile ?? serving?.options.settingsFile ?? undefined;
    const found = await findSettings(context, settingsFile);
    const subjects = await store.subjects.list();
    const { slos } = await loadPromises(context, store);
    const settings = withBuiltInJobs(found, subjects, slos);
    checkSubjects(settings, subjects);
    const instance = serving?.options.ports.self?.instance;
    const opened = await openRuntime(context, store, {
      settings,
      settingsFile: found.path,
      drainMilliseconds,
      ...(order.isDryRun ? { sinks: [], isDryRun: true } : serving ? sharedOutputs(serving) : {}),
      ...(instance !== undefined && { instance }),
    });
    try {
      return await runChosen(opened.runtime, order, signal);
    } finally {
      await opened.close();
    }
  });
}
