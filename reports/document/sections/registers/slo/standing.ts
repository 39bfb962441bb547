import {
  attainmentDecimals,
  type Budget,
  budgetOfFigure,
  cutPercent,
  type SloStanding,
} from '../../../../../rules/contract.ts';
import type { ReportContext } from '../../../context.ts';
import { absent, formatInstant, formatNumber, formatPeriod } from '../../../figures.ts';

/**
 * By the adjusted figure; `metAdjusted` = only with the exclusions left out, `undecided` = counted, but not whole,
 * `uncounted` = no figure at all.
 */
export type Verdict = 'met' | 'metAdjusted' | 'missed' | 'undecided' | 'uncounted';

/** A standing with what is reckoned from it. */
export interface Judged extends SloStanding {
  readonly budget: Budget;
  readonly verdict: Verdict;
}

export function judge(standing: SloStanding): Judged {
  const budget = budgetOfFigure(standing.definition, standing.figure);
  return { ...standing, budget, verdict: verdictOf(budget) };
}

function verdictOf({ raw, adjusted }: Budget): Verdict {
  if (raw.attainmentRatio === null || adjusted.attainmentRatio === null) return 'uncounted';
  if (adjusted.isMet === null) return 'undecided';
  if (!adjusted.isMet) return 'missed';
  return raw.isMet ? 'met' : 'metAdjusted';
}

const order: readonly Verdict[] = ['missed', 'uncounted', 'undecided', 'metAdjusted', 'met'];

/** Missed ones first, then by the budget left. */
export function worstFirst(judged: readonly Judged[]): readonly Judged[] {
  const left = ({ budget }: Judged) => budget.adjusted.leftRatio ?? 0;
  return judged.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || left(a) - left(b));
}

export function isRunning({ figure: { span, asOf } }: SloStanding): boolean {
  return Date.parse(asOf) < Date.parse(span.to);
}

export function periodOf({ words, language }: ReportContext, standing: SloStanding): string {
  const { period } = standing.definition;
  if (period.kind === 'rolling') return words('slo.rolling', { days: period.days });
  const name = formatPeriod(standing.figure.span.id, language);
  return isRunning(standing) ? words('slo.running', { period: name }) : name;
}

/** As written, `99.9 %`. */
export function formatObjective(objectivePercent: number): string {
  return `${objectivePercent}\u00a0%`;
}

/** Cut, so that a missed objective never looks met. */
export function formatAttainment(ratio: number | null, objectivePercent: number): string {
  return formatRoundedDown(ratio, attainmentDecimals(objectivePercent));
}

/** Share of the budget in per cent, rounded down; negative when overdrawn. */
export function formatLeft(ratio: number | null): string {
  return formatRoundedDown(ratio, 1);
}

function formatRoundedDown(ratio: number | null, decimals: number): string {
  if (ratio === null) return absent;
  return `${formatNumber(cutPercent(ratio, decimals), decimals)}\u00a0%`;
}

/** What a reader must know of a figure before trusting it, each a phrase. */
export function remarksOn(context: ReportContext, { definition, figure, budget }: Judged): string[] {
  const { words, say, evaluation } = context;
  const { state, reason, revision, computedAt } = figure;
  const isCounted = state === 'measured' || state === 'estimated';
  const uncounted = reason ? say(reason) : isCounted ? null : words(`slo.reason.${state}`);
  const at = formatInstant(computedAt, evaluation.period.timeZone);
  return [
    ...(uncounted ? [uncounted] : []),
    ...(state === 'estimated' ? [words('slo.estimated')] : []),
    ...(budget.raw.attainmentRatio !== null && budget.adjusted.attainmentRatio === null
      ? [words('slo.allExcluded')]
      : []),
    ...(budget.isLowTraffic
      ? [words('slo.lowTraffic', { n: formatNumber(definition.minimumEvents, 0) })]
      : []),
    ...(revision > 1 ? [words('slo.restated', { n: revision, at })] : []),
  ];
}
