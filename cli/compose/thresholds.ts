import type { ClockPort, Collected } from '../../collectors/contract.ts';
import type { Threshold } from '../../rules/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { CommandContext } from '../context.ts';
import { evaluationReadings, latestEvaluations } from './telemetry/evaluation-readings.ts';
import { ThresholdEvaluator } from './threshold/evaluator.ts';

export interface ThresholdSurroundings {
  readonly clock: ClockPort;
  /** Told of the lamps as numbers, beside the store: /metrics and remote write. */
  deliver(run: Collected): Promise<void>;
}

export interface RunningThresholds {
  /** Ends when the judgement that is going on is over. */
  stop(): Promise<void>;
}

/** Judges the thresholds at their intervals until they are stopped; what fails is told and tried again at the next one. */
export function startThresholds(
  { surroundings }: CommandContext,
  store: EvidenceStore,
  thresholds: readonly Threshold[],
  { clock, deliver }: ThresholdSurroundings,
): RunningThresholds {
  const stopping = new AbortController();
  const report = (line: string) => surroundings.stderr(`citygauge: ${line}\n`);
  const evaluator = new ThresholdEvaluator(store, thresholds, {
    clock,
    signal: stopping.signal,
    deliver,
    report,
  });
  const running = keepIndicatorValues(store, thresholds)
    .catch((error: Error) => report(`figures of the newest evaluations could not be kept: ${error.message}`))
    .then(() => evaluator.run());
  return {
    stop: async () => {
      stopping.abort(new Error('the server stops'));
      await running;
    },
  };
}

/** Evaluations that were saved by an older program, or while the sample was filled in, have left no figures among the readings. */
async function keepIndicatorValues(store: EvidenceStore, thresholds: readonly Threshold[]): Promise<void> {
  if (!thresholds.some(({ target }) => target.kind === 'indicator')) return;
  for (const { evaluation, createdAt } of await latestEvaluations(store))
    await store.readings.put(evaluationReadings(evaluation, createdAt));
}
