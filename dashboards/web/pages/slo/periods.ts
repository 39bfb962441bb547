import { budgetOfFigure, type SloFigure } from '../../../../rules/contract.ts';
import type { PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import { printAttainment, printCount, printSpan } from './parts.ts';
import type { PromiseStanding } from './standing.ts';

const shownPeriods = 24;
/** Far enough back for so many of each kind. */
const daysBack = { day: 31, rolling: 62, month: 24 * 31, quarter: 24 * 92, year: 24 * 366 } as const;

function viewOfFigure(
  context: PageContext,
  { definition }: PromiseStanding,
  figure: SloFigure,
  zone: string,
) {
  const { format, say, t } = context;
  const { raw, adjusted } = budgetOfFigure(definition, figure);
  const percent = definition.objectivePercent;
  const isMet = adjusted.isMet;
  return {
    span: printSpan(context, figure.span, zone),
    revision: format.count(figure.revision),
    isRevised: figure.revision > 1,
    bad: printCount(context, figure.counts?.bad ?? null),
    total: printCount(context, figure.counts?.total ?? null),
    raw: printAttainment(context, raw.attainmentRatio, percent),
    adjusted: printAttainment(context, adjusted.attainmentRatio, percent),
    isAdjusted: figure.excluded.length > 0,
    left: format.share(adjusted.leftRatio),
    isOverdrawn: adjusted.leftRatio !== null && adjusted.leftRatio < 0,
    light: isMet === null ? 'waiting' : isMet ? 'good' : 'failed',
    word: t(`slo.met.${isMet === null ? 'unknown' : isMet ? 'yes' : 'no'}`),
    computedAt: format.time(figure.computedAt, zone),
    reason: figure.reason ? sentence(say(figure.reason)) : null,
  };
}

/** Figures of the periods before the shown one, newest first. */
export async function earlierFigures(
  { workbench }: Pick<PageContext, 'workbench'>,
  { definition, figure, subject }: PromiseStanding,
): Promise<readonly SloFigure[]> {
  if (!figure) return [];
  const { kind, from, id } = figure.span;
  const since = new Date(Date.parse(from) - daysBack[kind] * 86_400_000).toISOString();
  const until = kind === 'rolling' ? figure.asOf : from;
  const all = await workbench.slo.figures({ slo: definition.id, subject, kind, from: since, to: until });
  return all
    .filter((each) => each.span.id !== id && Date.parse(each.span.to) <= Date.parse(figure.span.to))
    .slice(0, shownPeriods);
}

/** The periods before the shown one, and every count of those that late data changed. */
export async function viewOfPeriods(
  context: PageContext,
  standing: PromiseStanding,
  { earlier, zone }: { readonly earlier: readonly SloFigure[]; readonly zone: string },
) {
  const { workbench } = context;
  const { definition, figure, subject } = standing;
  const restated = await Promise.all(
    [
      ...(figure && figure.revision > 1 ? [figure] : []),
      ...earlier.filter(({ revision }) => revision > 1),
    ].map(async ({ span }) => ({
      span: printSpan(context, span, zone),
      rows: (await workbench.slo.revisions({ slo: definition.id, subject, span: span.id })).map((each) =>
        viewOfFigure(context, standing, each, zone),
      ),
    })),
  );
  return { earlier: earlier.map((each) => viewOfFigure(context, standing, each, zone)), restated };
}
