import { isoOf, planCount } from '../../../rules/budgets.ts';
import type { Sli, SloMeasure } from '../../../rules/contract.ts';
import type { CountedStep } from '../../../rules/history.ts';
import type { EvidenceStore, MetricStep, PromqlSource } from '../../../store/contract.ts';
import { measureOf } from './stretches.ts';

export interface StepOrder {
  readonly sli: Sli;
  /** The subject and its descendants. */
  readonly subjects: readonly string[];
  /** Milliseconds since 1970, [from, to). */
  readonly from: number;
  readonly to: number;
}

export interface StepCounts {
  readonly stepSeconds: number;
  readonly steps: readonly CountedStep[];
}

/** The shortest window of the workbook's alerts. */
const shortestStepSeconds = 300;
/** Prometheus answers 11,000 points per series at most. */
const pointsPerRequest = 10_000;

/** Bad and all in steps of five minutes, or longer where samples or slices come more rarely; null where the SLI needs PromQL and there is none. */
export async function countSteps(
  { metrics, promql }: Pick<EvidenceStore, 'metrics' | 'promql'>,
  order: StepOrder,
): Promise<StepCounts | null> {
  const measure = measureOf(order.sli);
  const stepSeconds = Math.max(shortestStepSeconds, rhythmOf(order.sli, measure));
  const step = stepSeconds * 1000;
  const whole = {
    ...order,
    from: Math.floor(order.from / step) * step,
    to: Math.floor(order.to / step) * step,
  };
  if (measure) {
    const request = { subjects: order.subjects, from: isoOf(whole.from), to: isoOf(whole.to) };
    const found = await metrics.steps(request, measure.measure, stepSeconds);
    if (found) return { stepSeconds, steps: found.map((each) => stepOf(each, measure)) };
  }
  return promql ? { stepSeconds, steps: await askSteps(promql, whole, stepSeconds) } : null;
}

function rhythmOf(sli: Sli, measure: SloMeasure | null): number {
  if (sli.kind === 'timeSlices') return sli.sliceSeconds;
  const own = sli.kind === 'threshold' ? sli.everySeconds : 0;
  return Math.max(own, measure?.measure.everySeconds ?? 0);
}

function stepOf({ at, numerator, denominator }: MetricStep, { counts }: SloMeasure): CountedStep {
  const bad = counts === 'bad' ? numerator : denominator - numerator;
  return { at: Date.parse(at), bad, total: denominator };
}

async function askSteps(promql: PromqlSource, order: StepOrder, stepSeconds: number): Promise<CountedStep[]> {
  const steps: CountedStep[] = [];
  const length = stepSeconds * 1000 * pointsPerRequest;
  for (let from = order.from; from < order.to; from += length) {
    const to = Math.min(order.to, from + length);
    steps.push(...(await askPiece(promql, { ...order, from, to }, stepSeconds)));
  }
  return steps;
}

/** The questions that count one stretch, asked for every step at once. */
async function askPiece(promql: PromqlSource, { sli, from, to }: StepOrder, stepSeconds: number) {
  const step = stepSeconds * 1000;
  const window = await promql.window(step);
  const plan = planCount(sli, { from: 0, to: step, window }, { withCoverage: false });
  const answers = await Promise.all(
    plan.questions.map(({ expression, at }) =>
      promql.range(expression, { from: isoOf(from + at), to: isoOf(to - step + at), stepSeconds }),
    ),
  );
  const points = answers.map((series, question) => {
    const offset = from + (plan.questions[question]?.at ?? 0);
    const [only] = series;
    return new Map(
      (only?.points ?? []).map(([at, value]) => [Math.round((Date.parse(at) - offset) / step), value]),
    );
  });
  return Array.from({ length: Math.round((to - from) / step) }, (_, index) => {
    const own = points.map((values) => {
      const value = values.get(index);
      return { series: value === undefined ? [] : [{ value }] };
    });
    const { counts } = plan.count(own);
    return counts ? [{ at: from + index * step, ...counts }] : [];
  }).flat();
}
