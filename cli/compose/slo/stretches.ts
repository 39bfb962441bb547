import {
  type Answer,
  absent,
  type Count,
  type CountPlan,
  countOfMeasure,
  failed,
  isoOf,
  needsPromql,
  planCount,
  type Question,
  sumCounts,
} from '../../../rules/budgets.ts';
import type { Sli, SloMeasure } from '../../../rules/contract.ts';
import type { EvidenceStore, PromqlSource } from '../../../store/contract.ts';

/** One stretch of time, [from, to), in which good and bad are to be counted. */
export interface StretchTask {
  readonly sli: Sli;
  /** The subject and its descendants. */
  readonly subjects: readonly string[];
  /** Of the sample, whose samples are in the readings whatever server there is. */
  readonly isSample: boolean;
  readonly from: string;
  readonly to: string;
  /** Whether gaps are looked for. */
  readonly withCoverage: boolean;
}

export interface StretchCount {
  readonly count: Count;
  readonly queries: readonly string[];
  /** Series that were counted; 0 where it is not known. */
  readonly series: number;
}

type Sources = Pick<EvidenceStore, 'metrics' | 'promql'>;

/** How the embedded readings count the SLI; null where it knows only PromQL. */
export const measureOf = (sli: Sli): SloMeasure | null => (sli.kind === 'timeSlices' ? null : sli.measure);

const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;

/**
 * One count per task, in order, whatever their number in few requests. A PromQL server is asked what the rules ask it, so that
 * alerts and budgets agree; without one, and for the sample, the readings are measured.
 */
export async function countStretches(
  { metrics, promql }: Sources,
  tasks: readonly StretchTask[],
): Promise<readonly StretchCount[]> {
  const counts = new Map<StretchTask, StretchCount>();
  const onServer = promql ? tasks.filter(({ isSample }) => !isSample) : [];
  const isOnServer = new Set(onServer);
  const inReadings = tasks.filter((task) => !isOnServer.has(task));
  if (promql) await askServer(promql, onServer, counts);
  await measureReadings(metrics, inReadings, counts);
  return tasks.map((task) => counts.get(task) ?? { count: absent(), queries: [], series: 0 });
}

async function measureReadings(
  metrics: Sources['metrics'],
  tasks: readonly StretchTask[],
  counts: Map<StretchTask, StretchCount>,
): Promise<void> {
  for (const task of tasks.filter(({ sli }) => measureOf(sli) === null))
    counts.set(task, { count: failed(needsPromql), queries: [], series: 0 });
  const measured = tasks.flatMap((task) => {
    const measure = measureOf(task.sli);
    return measure ? [{ task, measure }] : [];
  });
  const groups = Map.groupBy(measured, ({ task: { subjects, from, to } }) =>
    JSON.stringify([subjects, from, to]),
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const measures = group.map(({ measure }) => measure.measure);
    const figures = await metrics.measure(first.task, measures);
    group.forEach(({ task, measure }, index) => {
      const figure = figures[index];
      if (!figure) return;
      const series = 'samples' in figure ? figure.samples.series : 0;
      counts.set(task, { count: countOfMeasure(measure, figure), queries: [figure.query], series });
    });
  }
}

async function askServer(
  promql: PromqlSource,
  tasks: readonly StretchTask[],
  counts: Map<StretchTask, StretchCount>,
): Promise<void> {
  if (tasks.length === 0) return;
  const [answered] = await promql.instant(['vector(1)'], tasks[0]?.to ?? '');
  if (answered && 'fault' in answered) {
    for (const task of tasks) counts.set(task, { count: failed(answered.fault), queries: [], series: 0 });
    return;
  }
  const plans = new Map<StretchTask, CountPlan>();
  for (const task of tasks) plans.set(task, await planOf(promql, task));
  const answers = await answersOf(
    promql,
    [...plans.values()].flatMap(({ questions }) => questions),
  );
  for (const [task, plan] of plans) {
    const own = plan.questions.map((question) => answers.get(keyOf(question)) ?? { series: [] });
    const count = plan.count(own);
    const whole = count.isTooLarge ? await inPieces(promql, task, count) : count;
    counts.set(task, { count: whole, queries: plan.queries, series: 0 });
  }
}

async function planOf(
  promql: PromqlSource,
  { sli, from, to, withCoverage }: StretchTask,
): Promise<CountPlan> {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const window = await promql.window(end - begin);
  return planCount(sli, { from: begin, to: end, window }, { withCoverage });
}

const keyOf = ({ expression, at }: Question) => `${at} ${expression}`;

async function answersOf(
  promql: PromqlSource,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  for (const [at, group] of Map.groupBy(questions, (question) => question.at)) {
    const expressions = group.map(({ expression }) => expression);
    const found = await promql.instant(expressions, isoOf(at));
    group.forEach((question, index) => {
      answers.set(keyOf(question), found[index] ?? { series: [] });
    });
  }
  return answers;
}

/** What is more than the server takes at once is counted day by day, a day hour by hour. */
async function inPieces(promql: PromqlSource, task: StretchTask, count: Count): Promise<Count> {
  const [from, to] = [Date.parse(task.from), Date.parse(task.to)];
  const length = to - from > dayMilliseconds ? dayMilliseconds : hourMilliseconds;
  if (to - from <= length) return count;
  const parts = Array.from({ length: Math.ceil((to - from) / length) }, (_, index) => ({
    ...task,
    from: isoOf(from + index * length),
    to: isoOf(Math.min(to, from + (index + 1) * length)),
  }));
  const counts = new Map<StretchTask, StretchCount>();
  await askServer(promql, parts, counts);
  return sumCounts(parts.map((part) => counts.get(part)?.count ?? count));
}
