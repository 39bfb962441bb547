import type { SloCounts, SloFigure } from './slo-figure.ts';

/** Everything told of one side (raw or adjusted) of a figure. Ratios are 0..1; burn rates are multiples of an even burn. */
export interface ErrorBudget {
  /** Good / all; null when nothing was counted. */
  readonly attainmentRatio: number | null;
  /** 1 at the start of a period, 0 when all is used, below 0 when overdrawn; of the whole period's budget while it runs. */
  readonly leftRatio: number | null;
  readonly isMet: boolean | null;
}

export interface BudgetOutlook {
  /** Burn of the last hour. */
  readonly burnNow: number | null;
  /** Until the budget is used up at that burn; 0 when it is, null when it will not be. */
  readonly exhaustedInSeconds: number | null;
  /** Budget left at the end of the period if the last day's burn goes on; null for an ended span. */
  readonly leftAtEndRatio: number | null;
}

export interface Budget {
  readonly raw: ErrorBudget;
  /** The same as raw where nothing is excluded. */
  readonly adjusted: ErrorBudget;
  readonly outlook: BudgetOutlook;
  /** True when fewer events than the SLO's guard were counted. */
  readonly isLowTraffic: boolean;
}

interface PromiseTerms {
  readonly objectivePercent: number;
  readonly minimumEvents: number;
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

/** What the objective allows to be bad, 0..1. */
export const allowedRatio = (objectivePercent: number) => 1 - objectivePercent / 100;

function budgetOf(counts: SloCounts | null, objectivePercent: number, elapsed: number): ErrorBudget {
  if (counts === null || counts.total <= 0) return { attainmentRatio: null, leftRatio: null, isMet: null };
  const badRatio = counts.bad / counts.total;
  return {
    attainmentRatio: 1 - badRatio,
    leftRatio: 1 - (badRatio * elapsed) / allowedRatio(objectivePercent),
    isMet: badRatio <= allowedRatio(objectivePercent),
  };
}

/** The counts without what was excluded; null when nothing remains. */
export function adjustedCounts({ counts, excluded }: SloFigure): SloCounts | null {
  if (counts === null) return null;
  const sum = (of: (each: SloCounts) => number) => excluded.reduce((total, each) => total + of(each), 0);
  const total = counts.total - sum((each) => each.total);
  return total <= 0 ? null : { bad: Math.max(0, counts.bad - sum((each) => each.bad)), total };
}

/** Share of the span that had gone by, 0..1; 1 for an ended or a rolling one. */
function elapsedShare({ span, asOf }: SloFigure): number {
  if (span.kind === 'rolling' || asOf >= span.to) return 1;
  return secondsBetween(span.from, asOf) / secondsBetween(span.from, span.to);
}

/**
 * Attainment and error budget of a figure (SRE workbook, chapter 2). While a calendar period runs, the budget is that of
 * the whole period at the traffic so far: `left = 1 - bad ratio x elapsed share / allowed ratio`.
 */
export function budgetOfFigure(promise: PromiseTerms, figure: SloFigure): Budget {
  const { objectivePercent, minimumEvents } = promise;
  const elapsed = elapsedShare(figure);
  const adjusted = budgetOf(adjustedCounts(figure), objectivePercent, elapsed);
  return {
    raw: budgetOf(figure.counts, objectivePercent, elapsed),
    adjusted,
    outlook: outlookOf(adjusted.leftRatio, figure, objectivePercent),
    isLowTraffic: figure.counts !== null && figure.counts.total < minimumEvents,
  };
}

function outlookOf(left: number | null, figure: SloFigure, objectivePercent: number): BudgetOutlook {
  const burnOf = (window: string) => {
    const ratio = figure.recent[window];
    return ratio === undefined ? null : ratio / allowedRatio(objectivePercent);
  };
  const { span, asOf } = figure;
  const whole = secondsBetween(span.from, span.to);
  const burnNow = burnOf('1h');
  const isRunning = asOf < span.to;
  const lastDay = burnOf('1d');
  return {
    burnNow,
    exhaustedInSeconds:
      left === null || burnNow === null || (left > 0 && burnNow <= 0)
        ? null
        : Math.max(0, (left * whole) / Math.max(burnNow, Number.MIN_VALUE)),
    leftAtEndRatio:
      left === null || lastDay === null || !isRunning
        ? null
        : left - (lastDay * secondsBetween(asOf, span.to)) / whole,
  };
}
