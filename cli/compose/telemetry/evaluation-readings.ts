import { type Collected, type Reading, thresholdMetrics } from '../../../collectors/contract.ts';
import type { Evaluation } from '../../../scoring/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { type Comparison, comparisonOf, standingReadings } from './evaluation-standing.ts';
import { saidRun } from './said-run.ts';

/** An evaluation is on time when it is saved by the middle of the month after its period; the operations model asks for it. */
const onTimeDays = 15;
const dayMilliseconds = 86_400_000;
const job = 'citygauge-evaluation';

/** 1 or 0 once the period has ended; null for an evaluation made before its end, which is not issued yet. */
function isOnTime({ period }: Evaluation, createdAt: string): number | null {
  const late = Date.parse(createdAt) - Date.parse(period.end);
  if (late < 0) return null;
  return late <= onTimeDays * dayMilliseconds ? 1 : 0;
}

/** Share of the leaves whose figure the system measured itself; null for a model without leaves. */
function measuredRatio({ observations }: Evaluation): number | null {
  const isMeasured = observations.filter(
    ({ value, provenance }) => value !== null && (provenance === 'measured' || provenance === 'reconciled'),
  );
  return observations.length === 0 ? null : isMeasured.length / observations.length;
}

/** What a saved evaluation says as metrics; how it stands against the period before only where that was looked up. */
export function evaluationReadings(
  evaluation: Evaluation,
  createdAt: string,
  comparison?: Comparison,
): Reading[] {
  const stamp = { job, subject: evaluation.subject.id, model: evaluation.model.id };
  const of = (metric: string, value: number | null, labels: Readonly<Record<string, string>> = {}) =>
    value === null ? [] : [{ metric, labels: { ...stamp, ...labels }, at: createdAt, value }];
  const modules = evaluation.nodes.filter(({ parent }) => parent === null);
  return [
    ...of('citygauge_evaluation_score', evaluation.overall.score, { module: 'overall' }),
    ...modules.flatMap(({ id, score }) => of('citygauge_evaluation_score', score, { module: id })),
    ...of('citygauge_evaluation_coverage_ratio', evaluation.overall.coverage),
    ...of('citygauge_indicators_measured_ratio', measuredRatio(evaluation)),
    ...of('citygauge_evaluation_is_on_time', isOnTime(evaluation, createdAt)),
    // A module and a part of one have a score and no figure.
    ...evaluation.nodes.flatMap(({ id, value }) =>
      of(thresholdMetrics.indicatorValue, value, { indicator: id }),
    ),
    ...(comparison ? standingReadings(evaluation, createdAt, comparison) : []).map((each) => ({
      ...each,
      labels: stamp,
    })),
  ];
}

/** The same as a finished run, each model and subject for itself, for the sinks of runs. */
export function evaluationRun(evaluation: Evaluation, createdAt: string, comparison?: Comparison): Collected {
  const { model, subject } = evaluation;
  const readings = evaluationReadings(evaluation, createdAt, comparison);
  return saidRun(job, [model.id], { subject: subject.id, at: createdAt, readings });
}

/**
 * The same store, telling of every evaluation that it saves; not of one for an older period, whose figures would pass for
 * today's.
 */
export function tellingOfEvaluations(
  store: EvidenceStore,
  tell: (evaluation: Evaluation, createdAt: string, comparison: Comparison) => Promise<void>,
): EvidenceStore {
  const { evaluations } = store;
  return {
    ...store,
    evaluations: {
      ...evaluations,
      save: async (evaluation, model, createdAt) => {
        const result = await evaluations.save(evaluation, model, createdAt);
        const latest = await evaluations.latest(evaluation.model.id, evaluation.subject.id);
        if (latest?.sha256 === evaluation.sha256)
          await tell(evaluation, createdAt, await comparisonOf(store, evaluation));
        return result;
      },
    },
  };
}

/** Subjects and models whose scores stand on /metrics again after a start; those of a whole nation are asked for by query. */
const mostAtStart = 200;

/** The newest evaluation of each model and subject with the time it was saved. */
export async function latestEvaluations(
  store: EvidenceStore,
): Promise<readonly { readonly evaluation: Evaluation; readonly createdAt: string }[]> {
  const newest = new Map<string, { sha256: string; createdAt: string; period: string }>();
  for (const { model, subject, sha256, createdAt, period } of await store.evaluations.list({})) {
    const key = `${model}\n${subject}`;
    const before = newest.get(key);
    if (!before || before.period < period) newest.set(key, { sha256, createdAt, period });
  }
  const found = [...newest.values()].slice(0, mostAtStart).map(async ({ sha256, createdAt }) => {
    const evaluation = await store.evaluations.get(sha256);
    return evaluation ? [{ evaluation, createdAt }] : [];
  });
  return (await Promise.all(found)).flat();
}
