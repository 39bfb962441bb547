import type { Collected } from '../../../collectors/contract.ts';
import type { Slo } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { evaluationRun, latestEvaluations, tellingOfEvaluations } from './evaluation-readings.ts';
import { comparisonOf } from './evaluation-standing.ts';
import { standingEvidence, tellingOfEvidence } from './evidence-readings.ts';
import { type OpenedRuntime, openRuntime } from './open-runtime.ts';
import { keepCompact } from './retention.ts';
import { checkSubjects, type FoundSettings, withBuiltInJobs } from './settings.ts';

/** A server that is told to stop is gone within seconds: what is not sent by then waits on disk. */
const drainMilliseconds = 500;

export interface ServedTelemetry extends OpenedRuntime {
  /** The same store; what it saves shows on /metrics and goes to remote write at once. */
  telling(store: EvidenceStore): EvidenceStore;
}

/** The telemetry of a server: its jobs on their schedule and the retention of its readings, until it is closed. */
export async function serveTelemetry(
  context: CommandContext,
  store: EvidenceStore,
  { found, slos }: { readonly found: FoundSettings; readonly slos: readonly Slo[] },
): Promise<ServedTelemetry> {
  const subjects = await store.subjects.list();
  const settings = withBuiltInJobs(found, subjects, slos);
  checkSubjects(settings, subjects);
  const opened = await openRuntime(context, store, { settings, settingsFile: found.path, drainMilliseconds });
  const { runtime } = opened;
  const tell = async (run: Collected) => {
    await runtime.deliver(run, opened.outputs.sinks);
  };
  const { sink: page } = opened.outputs.registry;
  for (const { evaluation, createdAt } of await latestEvaluations(store)) {
    await page.accept(evaluationRun(evaluation, createdAt, await comparisonOf(store, evaluation)));
  }
  for (const run of await standingEvidence(store)) await page.accept(run);
  await runtime.start();
  const stopping = new AbortController();
  const { ports, report } = runtime.options;
  const compacting = keepCompact(store, {
    policy: settings.retention,
    clock: ports.clock,
    signal: stopping.signal,
    report,
  });
  return {
    ...opened,
    telling: (each) =>
      tellingOfEvidence(
        tellingOfEvaluations(each, (...said) => tell(evaluationRun(...said))),
        tell,
      ),
    close: async () => {
      stopping.abort(new Error('the server stops'));
      await opened.close();
      await compacting;
    },
  };
}
