import { readingsOf } from '../../collectors/application/slo-budgets.ts';
import type { Reading } from '../../collectors/contract.ts';
import { absent, type Count, counted, figureOf, isoOf, periodSpan, sumCounts } from '../../rules/budgets.ts';
import type { SloDefinition, SloFigure, SloMeasure, SloSpan } from '../../rules/contract.ts';
import type { MetricSource, MetricStep } from '../../store/contract.ts';
import type { OwnedSlo } from './slo/owned.ts';
import { readingOf } from './slo/readings.ts';
import { measureOf } from './slo/stretches.ts';

const daySeconds = 86_400;

/** The day's reading is taken just before it ends, so that it is the last of its day and month. */
const beforeMidnightMilliseconds = 1000;

/** Counts of days by the instant at which each begins. */
export type DayCounts = ReadonlyMap<string, Count>;

/** The window that ends at an instant, or the calendar period up to it. */
export function spanUpTo({ period }: Pick<SloDefinition, 'period'>, end: string): SloSpan {
  return periodSpan(period, period.kind === 'rolling' ? end : isoOf(Date.parse(end) - 1));
}

/** Days of 24 hours, one after the other, counted in one pass. */
export async function countDays(
  metrics: MetricSource,
  { definition }: OwnedSlo,
  { days, subjects }: { readonly days: readonly SloSpan[]; readonly subjects: readonly string[] },
): Promise<DayCounts> {
  const measure = measureOf(definition.sli);
  const [first, last] = [days[0], days.at(-1)];
  if (!measure || !first || !last) return new Map();
  const request = { subjects, from: first.from, to: last.to };
  const steps = (await metrics.steps(request, measure.measure, daySeconds)) ?? [];
  return new Map(steps.map((step) => [isoOf(Date.parse(step.at)), countOf(measure, step)]));
}

function countOf({ counts }: SloMeasure, { numerator, denominator }: MetricStep): Count {
  return counted(counts === 'bad' ? numerator : denominator - numerator, denominator);
}

/** Figures of days without exclusions, from their counts. */
export function dayFigures(
  { definition, subject }: OwnedSlo,
  days: readonly SloSpan[],
  counts: DayCounts,
): readonly SloFigure[] {
  const measure = measureOf(definition.sli);
  return days.map((span) =>
    figureOf({
      ...{ definition, subject: subject.id, span, asOf: span.to, computedAt: span.to },
      ...{ whole: counts.get(span.from) ?? absent(), excluded: [], recent: new Map() },
      queries: measure ? [measure.measure.text] : [],
    }),
  );
}

export interface DaysToTell {
  readonly days: readonly SloSpan[];
  readonly counts: DayCounts;
  /** Figures of the SLO at the ends of the months. */
  readonly ended: readonly SloFigure[];
  /** When each exclusion was recorded: no day before it knew. */
  readonly recordedAt: ReadonlyMap<number, string>;
}

/** How a promise stood at the end of each day, as a collector would have told. */
export function dailySloReadings(
  { definition, subject }: OwnedSlo,
  { days, counts, ended, recordedAt }: DaysToTell,
): readonly Reading[] {
  const begins = days.map(({ from }) => Date.parse(from));
  return days.flatMap((day, index) => {
    const span = spanUpTo(definition, day.to);
    const known = ended.find((each) => each.span.id === span.id) ?? ended.at(-1);
    if (!known) return [];
    const spanFrom = Date.parse(span.from);
    const begun = days.slice(
      begins.findIndex((from) => from >= spanFrom),
      index + 1,
    );
    const whole = sumCounts(begun.map(({ from }) => counts.get(from) ?? absent()));
    const figure: SloFigure = {
      ...known,
      ...{ span, asOf: day.to, counts: whole.counts, state: whole.state, reason: whole.reason },
      excluded: known.excluded.filter(
        ({ exclusion, from }) =>
          Date.parse(from) >= spanFrom &&
          Date.parse(recordedAt.get(exclusion) ?? day.to) < Date.parse(day.to),
      ),
      recent: {},
    };
    const at = new Date(Date.parse(day.to) - beforeMidnightMilliseconds).toISOString();
    return readingsOf([readingOf(definition, figure)], at).readings.map((reading) => ({
      ...reading,
      labels: { job: 'sample-slo', subject: subject.id, ...reading.labels },
    }));
  });
}
