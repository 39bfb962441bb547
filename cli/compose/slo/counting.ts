import {
  absent,
  countOfSilence,
  type ExcludedStretch,
  elapsedPart,
  excludedStretches,
  figureOf,
  isoOf,
  notBegun,
  recentWindows,
} from '../../../rules/budgets.ts';
import type { SloDefinition, SloExclusion, SloFigure, SloSpan, Subject } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { familyOf } from '../family.ts';
import { countStretches, measureOf, type StretchCount, type StretchTask } from './stretches.ts';

/** Spans of one SLO to be counted. */
export interface CountOrder {
  readonly definition: SloDefinition;
  readonly subject: string;
  readonly spans: readonly SloSpan[];
  /** Of this SLO, withdrawn ones too. */
  readonly exclusions: readonly SloExclusion[];
  /** Leaves out how fast the budget burned before the end, of which nobody asks long afterwards. */
  readonly withoutRecent?: boolean;
}

export interface CountTime {
  /** ISO instant: nothing after it counts. */
  readonly asOf: string;
  /** What the figures are stamped with. */
  readonly now: string;
}

interface SpanTasks {
  readonly order: CountOrder;
  readonly span: SloSpan;
  readonly whole: StretchTask | null;
  readonly excluded: readonly (ExcludedStretch & { readonly task: StretchTask })[];
  readonly recent: readonly (readonly [window: string, task: StretchTask])[];
}

/** A figure per span of each order, in order. */
export async function countFigures(
  store: Pick<EvidenceStore, 'metrics' | 'promql' | 'subjects'>,
  orders: readonly CountOrder[],
  time: CountTime,
): Promise<readonly SloFigure[]> {
  const subjects = await store.subjects.list();
  const spans = orders.flatMap((order) =>
    order.spans.map((span) => tasksOf(order, span, { time, subjects })),
  );
  const tasks = spans.flatMap(({ whole, excluded, recent }) => [
    ...(whole ? [whole] : []),
    ...excluded.map(({ task }) => task),
    ...recent.map(([, task]) => task),
  ]);
  const counts = await countStretches(store, tasks);
  const byTask = new Map(tasks.map((task, index) => [task, counts[index]]));
  const found = (task: StretchTask): StretchCount =>
    byTask.get(task) ?? { count: absent(), queries: [], series: 0 };
  const series = mostSeries(spans, found);
  return spans.map((each) => assemble(each, { found, series: series.get(each.order) ?? 0, time }));
}

function tasksOf(
  order: CountOrder,
  span: SloSpan,
  { time, subjects }: { readonly time: CountTime; readonly subjects: readonly Subject[] },
): SpanTasks {
  const { definition, subject, exclusions, withoutRecent = false } = order;
  const part = elapsedPart(span, time.asOf);
  if (part === null) return { order, span, whole: null, excluded: [], recent: [] };
  const of = {
    sli: definition.sli,
    subjects: familyOf(subject, subjects),
    isSample: subjects.find(({ id }) => id === subject)?.isSample ?? false,
  };
  const end = Date.parse(part.to);
  const recent = span.kind === 'day' || withoutRecent ? [] : Object.entries(recentWindows);
  return {
    ...{ order, span },
    whole: { ...of, ...part, withCoverage: true },
    excluded: excludedStretches(exclusions, part).map((stretch) => ({
      ...stretch,
      task: { ...of, from: stretch.from, to: stretch.to, withCoverage: false },
    })),
    recent: recent.map(([window, seconds]) => [
      window,
      { ...of, from: isoOf(end - seconds * 1000), to: part.to, withCoverage: false },
    ]),
  };
}

/** Series that any span of an order was counted from: what a silent part of it is missing. */
function mostSeries(
  spans: readonly SpanTasks[],
  found: (task: StretchTask) => StretchCount,
): ReadonlyMap<CountOrder, number> {
  const series = new Map<CountOrder, number>();
  for (const { order, whole } of spans) {
    if (whole) series.set(order, Math.max(series.get(order) ?? 0, found(whole).series));
  }
  return series;
}

interface Found {
  found(task: StretchTask): StretchCount;
  readonly series: number;
  readonly time: CountTime;
}

function assemble(tasks: SpanTasks, { found, series, time }: Found): SloFigure {
  const { order, span, whole, excluded, recent } = tasks;
  const { definition, subject } = order;
  const ended = Date.parse(time.asOf) >= Date.parse(span.to);
  const told = whole ? found(whole) : { count: absent(notBegun), queries: [] };
  const countOf = (task: StretchTask) => partCount(task, found(task), series);
  return figureOf({
    ...{ definition, subject, span, asOf: ended ? span.to : isoOf(Date.parse(time.asOf)) },
    whole: whole && span.kind === 'day' ? countOf(whole) : told.count,
    excluded: excluded.map(({ task, ...stretch }) => ({ ...stretch, count: countOf(task) })),
    recent: new Map(recent.map(([window, task]) => [window, countOf(task)])),
    ...{ queries: told.queries, computedAt: time.now },
  });
}

/** Part of a span in which an on-line flag was silent while the span knows of it. */
function partCount(task: StretchTask, { count }: StretchCount, series: number): StretchCount['count'] {
  const measure = measureOf(task.sli);
  if (count.state !== 'absent' || measure === null) return count;
  const seconds = (Date.parse(task.to) - Date.parse(task.from)) / 1000;
  return countOfSilence(measure, { series, seconds }) ?? count;
}
