import type { SloCounts, SloFigure } from './slo-figure.ts';

/** Everything told of one side (raw or adjusted) of a figure. Ratios are 0..1; burn rates are multiples of an even burn. */
export interface ErrorBudget {
  /** Good / all; null when nothing was counted. */
  readonly attainmentRatio: number | null;
  /**
   * 1 at the start of a period, 0 when all is used, below 0 when overdrawn; of the whole period's budget while it runs. Null
   * too for an objective of 100 %, which has no budget.
   */
  readonly leftRatio: number | null;
  /** Null too where a count that is not whole (`estimated`) would meet it: what is missing may be bad. */
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

/**
 * What the objective allows to be bad, 0..1: the decimal that is meant, so that exactly as many bad ones as allowed meet it
 * (1 - 0.9999 is a little less than 0.0001 as doubles).
 */
export const allowedRatio = (objectivePercent: number) => Number((1 - objectivePercent / 100).toFixed(14));

/** Of a double after a multiplication: far below the last digit that anybody prints. */
const doubleError = 1e-7;

/** Per cent of a ratio, cut and not rounded to so many decimals: what was just missed never reads as kept. */
export function cutPercent(ratio: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.floor(ratio * 100 * scale + doubleError) / scale;
}

/** Digits of an attainment: two, or one more than its objective has, so that the two can be told apart. */
export function attainmentDecimals(objectivePercent: number): number {
  const written = String(objectivePercent).split('.')[1]?.length ?? 0;
  return Math.max(2, written + 1);
}

/** Counts are whole when nothing of the span is missing. */
interface Counted {
  readonly isWhole: boolean;
  readonly elapsed: number;
}

function budgetOf(
  counts: SloCounts | null,
  objectivePercent: number,
  { isWhole, elapsed }: Counted,
): ErrorBudget {
  if (counts === null || counts.total <= 0) return { attainmentRatio: null, leftRatio: null, isMet: null };
  const badRatio = counts.bad / counts.total;
  const allowed = allowedRatio(objectivePercent);
  const isWithin = badRatio <= allowed;
  return {
    attainmentRatio: 1 - badRatio,
    leftRatio: allowed > 0 ? 1 - (badRatio * elapsed) / allowed : null,
    isMet: isWithin && !isWhole ? null : isWithin,
  };
}

/** The counts without what was excluded; null when nothing remains. */
export function adjustedCounts({ counts, excluded }: SloFigure): SloCounts | null {
  if (counts === null) return null;
  const sum = (of: (each: SloCounts) => number) => excluded.reduce((total, each) => total + of(each), 0);
  const total = counts.total - sum((each) => each.total);
  return total <= 0 ? null : { bad: Math.max(0, counts.bad - sum((each) => each.bad)), total };
}

const hasEnded = ({ span, asOf }: Pick<SloFigure, 'span' | 'asOf'>) => secondsBetween(span.to, asOf) >= 0;

/** Share of the span that had gone by, 0..1; 1 for an ended or a rolling one. */
function elapsedShare({ span, asOf }: SloFigure): number {
  if (span.kind === 'rolling' || hasEnded({ span, asOf })) return 1;
  return secondsBetween(span.from, asOf) / secondsBetween(span.from, span.to);
}

/**
 * Attainment and error budget of a figure (SRE workbook, chapter 2). While a calendar period runs, the budget is that of
 * the whole period at the traffic so far: `left = 1 - bad ratio x elapsed share / allowed ratio`.
 */
export function budgetOfFigure(promise: PromiseTerms, figure: SloFigure): Budget {
  const { objectivePercent, minimumEvents } = promise;
  const counted = { isWhole: figure.state !== 'estimated', elapsed: elapsedShare(figure) };
  const adjusted = budgetOf(adjustedCounts(figure), objectivePercent, counted);
  return {
    raw: budgetOf(figure.counts, objectivePercent, counted),
    adjusted,
    outlook: outlookOf(adjusted.leftRatio, figure, objectivePercent),
    isLowTraffic: figure.counts !== null && figure.counts.total < minimumEvents,
  };
}

function outlookOf(left: number | null, figure: SloFigure, objectivePercent: number): BudgetOutlook {
  const allowed = allowedRatio(objectivePercent);
  const burnOf = (window: string) => {
    const ratio = figure.recent[window];
    return ratio === undefined || allowed === 0 ? null : ratio / allowed;
  };
  const { span, asOf } = figure;
  const whole = secondsBetween(span.from, span.to);
  const burnNow = burnOf('1h');
  const lastDay = burnOf('1d');
  return {
    burnNow,
    exhaustedInSeconds: left === null ? null : secondsUntilUsed(left * whole, burnNow),
    leftAtEndRatio:
      left === null || lastDay === null || hasEnded(figure)
        ? null
        : left - (lastDay * secondsBetween(asOf, span.to)) / whole,
  };
}

/** Of a budget in seconds of an even burn. */
function secondsUntilUsed(budget: number, burn: number | null): number | null {
  if (budget <= 0) return 0;
  if (burn === null || burn <= 0) return null;
  const seconds = budget / burn;
  return Number.isFinite(seconds) ? seconds : null;
}
