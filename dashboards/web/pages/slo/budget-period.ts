import {
  adjustedCounts,
  budgetOfFigure,
  type SloCounts,
  type SloExclusion,
  type SloFigure,
} from '../../../../rules/contract.ts';
import { type BudgetLine, drawBudgetLine } from '../../charts/budget-line.ts';
import type { PageContext } from '../../page.ts';
import { printAttainment, printCount } from './parts.ts';
import type { PromiseStanding } from './standing.ts';

type Counted = PromiseStanding & { readonly figure: SloFigure };

/** Days of the table, newest first: a quarter. */
const shownDays = 92;

/**
 * What was left of the period's budget after each day, by the running sum of the days. The span counts as a running one,
 * also a rolling window: its budget is that of the whole window.
 */
function runningLine(
  { definition, figure }: Counted,
  days: readonly SloFigure[],
  countsOf: (day: SloFigure) => SloCounts | null,
): BudgetLine['points'] {
  const start = Date.parse(figure.span.from);
  const points: [number, number | null][] = [[start, 1]];
  let sum: SloCounts = { bad: 0, total: 0 };
  for (const day of days) {
    const counts = countsOf(day);
    const until = Date.parse(day.asOf) < Date.parse(figure.asOf) ? day.asOf : figure.asOf;
    if (counts) sum = { bad: sum.bad + counts.bad, total: sum.total + counts.total };
    const soFar = {
      ...figure,
      span: { ...figure.span, kind: 'day' as const },
      asOf: until,
      counts: sum,
      excluded: [],
    };
    const left = budgetOfFigure(definition, soFar).adjusted.leftRatio;
    points.push([Date.parse(until), day.counts === null ? null : left]);
  }
  return points;
}

function chartOf(
  context: PageContext,
  standing: Counted,
  days: readonly SloFigure[],
  { exclusions, zone }: { readonly exclusions: readonly SloExclusion[]; readonly zone: string },
): string {
  const { format, t } = context;
  const { span, asOf } = standing.figure;
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  const isAdjusted = days.some(({ excluded }) => excluded.length > 0);
  const lines: BudgetLine[] = [
    { kind: 'adjusted', points: runningLine(standing, days, adjustedCounts) },
    ...(isAdjusted
      ? [{ kind: 'raw' as const, points: runningLine(standing, days, ({ counts }) => counts) }]
      : []),
    {
      kind: 'even',
      points: [
        [from, 1],
        [to, 0],
      ],
    },
  ];
  const within = (spans: readonly { readonly from: string; readonly to: string }[]) =>
    spans
      .map((each) => ({
        from: Math.max(from, Date.parse(each.from)),
        to: Math.min(to, Date.parse(each.to)),
      }))
      .filter((each) => each.from < each.to);
  const input = {
    label: t('slo.chartLabel'),
    from,
    to,
    zone,
    lines,
    excluded: within(exclusions.filter(({ withdrawnAt }) => withdrawnAt === null)),
    gaps: within(
      days.filter(({ counts, state }) => counts === null && state !== 'zeroBase').map((day) => day.span),
    ),
    now: Date.parse(asOf) < to ? { at: Date.parse(asOf), name: t('slo.asOfMark') } : null,
    print: (left: number) => format.setting(left, 'ratio').replace('-', '−'),
  };
  return (
    drawBudgetLine({ ...input, width: 1240, height: 320, className: 'cg-wide' }) +
    drawBudgetLine({ ...input, width: 400, height: 280, className: 'cg-narrow' })
  );
}

/** How the budget was used up day by day; null where no day was counted. */
export async function viewOfBudgetPeriod(
  context: PageContext,
  standing: PromiseStanding,
  around: { readonly exclusions: readonly SloExclusion[]; readonly zone: string },
) {
  const { format, t, workbench } = context;
  const { definition, figure, subject } = standing;
  if (!figure) return null;
  const newest = await workbench.slo.figures({
    slo: definition.id,
    subject,
    kind: 'day',
    from: figure.span.from,
    to: figure.asOf,
  });
  if (!newest.some(({ counts }) => counts !== null)) return null;
  return {
    chart: chartOf(context, { ...standing, figure }, newest.toReversed(), around),
    isAdjusted: newest.some(({ excluded }) => excluded.length > 0),
    hasGaps: newest.some(({ counts, state }) => counts === null && state !== 'zeroBase'),
    rows: newest.slice(0, shownDays).map((day) => {
      const { raw, adjusted } = budgetOfFigure(definition, day);
      const percent = definition.objectivePercent;
      return {
        day: format.date(day.span.from, around.zone),
        bad: printCount(context, day.counts?.bad ?? null),
        total: printCount(context, day.counts?.total ?? null),
        raw: printAttainment(context, raw.attainmentRatio, percent),
        adjusted: printAttainment(context, adjusted.attainmentRatio, percent),
        isMissed: adjusted.isMet === false,
        note: day.excluded.length > 0 ? t('slo.excludedDay') : day.counts === null ? t('slo.noSamples') : '',
      };
    }),
  };
}
