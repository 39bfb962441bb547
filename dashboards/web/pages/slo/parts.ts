import {
  attainmentDecimals,
  type Budget,
  type SloDefinition,
  type SloFigure,
  type SloSpan,
} from '../../../../rules/contract.ts';
import { drawBudgetBar } from '../../charts/budget-bar.ts';
import { printDuration } from '../../durations.ts';
import { absent } from '../../format.ts';
import { link, type PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import type { PromiseStanding, Verdict } from './standing.ts';

const paths = ['/slos', '/thresholds', '/rules'] as const;
const tabKeys = { '/slos': 'slos', '/thresholds': 'thresholds', '/rules': 'rules' } as const;

/** Links between promises, graded warnings and rules, about the same subject. */
export function viewOfPromiseTabs({ t }: PageContext, subject: string | null, current: string) {
  return paths.map((path) => ({
    name: t(`slo.tab.${tabKeys[path]}`),
    url: path === '/rules' ? path : link(path, { subject }),
    isCurrent: path === current,
  }));
}

export function linkToSlo({ definition, subject }: Pick<PromiseStanding, 'definition' | 'subject'>): string {
  return link(`/slos/${encodeURIComponent(definition.id)}`, { subject });
}

/** Lamp by which a verdict is shown, with its word. */
export function lightOfVerdict({ t }: PageContext, verdict: Verdict) {
  const lights = {
    missed: 'failed',
    unknown: 'waiting',
    atRisk: 'partial',
    unsure: 'waiting',
    kept: 'good',
    idle: 'waiting',
  } as const;
  return { light: lights[verdict], word: t(`slo.verdict.${verdict}`) };
}

export function printAttainment(
  { format }: PageContext,
  ratio: number | null,
  objectivePercent: number,
): string {
  return format.attained(ratio, attainmentDecimals(objectivePercent));
}

export function printObjective(objectivePercent: number): string {
  return `${objectivePercent}%`;
}

/** Events, samples or seconds; fractions only where there are few. */
export function printCount({ format }: PageContext, count: number | null): string {
  return count !== null && count >= 100 ? format.number(count, 0) : format.count(count);
}

/** Multiples of an even burn. */
export function printBurn({ format, t }: PageContext, burn: number | null): string {
  if (burn === null) return absent;
  return t('slo.times', { n: burn === 0 ? '0' : format.value(burn, 'factor') });
}

/** The time over which the promise is kept, in words. */
export function periodInWords({ t }: PageContext, period: SloDefinition['period']): string {
  return period.kind === 'rolling'
    ? t('slo.period.rolling', { days: period.days })
    : t(`slo.period.${period.unit}`, { zone: period.timeZone });
}

/** Name of a span: a calendar period by its name, a rolling window by its ends. */
export function printSpan({ format }: PageContext, span: SloSpan, zone: string): string {
  if (span.kind === 'rolling') return format.span(span.from, span.to, zone);
  return span.kind === 'day' ? format.date(span.from, zone) : format.period(span.id);
}

/** When the budget is used up at the burn of the last hour. */
function exhaustionInWords(
  context: PageContext,
  { adjusted, outlook }: Budget,
  { span, asOf }: SloFigure,
): string {
  const { language, t } = context;
  if (adjusted.leftRatio === null) return absent;
  if (adjusted.leftRatio <= 0) return t('slo.exhausted');
  if (outlook.burnNow === null) return absent;
  const seconds = outlook.exhaustedInSeconds;
  // A rolling window has forgotten all of today by the time it has passed once.
  const since = span.kind === 'rolling' ? span.from : asOf;
  const untilEnd = (Date.parse(span.to) - Date.parse(since)) / 1000;
  if (seconds === null || seconds > untilEnd) return t('slo.notExhausted');
  return printDuration(seconds, language);
}

/** Counts are made at least daily; one run may fail before anybody is told. */
const oldAfterSeconds = 2 * 86_400;

/** True when a figure's cut-off lies so far back that it tells of another time. */
function isOld(figure: SloFigure, now: string): boolean {
  return (Date.parse(now) - Date.parse(figure.asOf)) / 1000 > oldAfterSeconds;
}

/** Everything that is told of a figure's budget; dashes and a reason where nothing can be told. */
export function viewOfBudget(context: PageContext, standing: PromiseStanding) {
  const { format, say, t } = context;
  const { definition, figure, budget, verdict } = standing;
  const percent = definition.objectivePercent;
  const left = budget?.adjusted.leftRatio ?? null;
  const raw = printAttainment(context, budget?.raw.attainmentRatio ?? null, percent);
  const adjusted = printAttainment(context, budget?.adjusted.attainmentRatio ?? null, percent);
  const rawLeft = budget?.raw.leftRatio ?? null;
  return {
    ...lightOfVerdict(context, verdict),
    objective: printObjective(percent),
    raw,
    adjusted,
    isAdjusted: figure !== null && figure.excluded.length > 0,
    left: format.share(left),
    rawLeft: format.share(rawLeft),
    isOverdrawn: left !== null && left < 0,
    hasLeft: left !== null,
    bar: left === null ? '' : drawBudgetBar(left, t('slo.barLabel', { left: format.share(left) })),
    burn: printBurn(context, budget?.outlook.burnNow ?? null),
    exhausted: budget && figure ? exhaustionInWords(context, budget, figure) : absent,
    atEnd:
      figure?.span.kind === 'rolling' && left !== null
        ? t('slo.noEnd')
        : format.share(budget?.outlook.leftAtEndRatio ?? null),
    isBelowAtEnd: (budget?.outlook.leftAtEndRatio ?? 0) < 0,
    isLow: budget?.isLowTraffic ?? false,
    lowNote: budget?.isLowTraffic
      ? t('slo.lowTraffic', {
          total: printCount(context, figure?.counts?.total ?? null),
          minimum: format.count(definition.minimumEvents),
        })
      : null,
    isOld: figure !== null && isOld(figure, context.workbench.now()),
    isEstimated: figure?.state === 'estimated',
    reason: figure === null ? t('slo.uncounted') : figure.reason ? sentence(say(figure.reason)) : null,
  };
}
