import {
  type AlertSeverity,
  type AlertWindow,
  allowedRatio,
  burnFactor,
  type WindowCatalogue,
} from '../../contract.ts';

/** Bad and all in [at, at + step); a step without samples is left out. */
export interface CountedStep {
  /** Milliseconds since 1970, a multiple of the step after `from`. */
  readonly at: number;
  readonly bad: number;
  readonly total: number;
}

export interface CountedSteps {
  readonly from: number;
  readonly to: number;
  readonly stepMilliseconds: number;
  /** Ascending; those before `from` fill the windows of the first steps. */
  readonly steps: readonly CountedStep[];
}

export interface FiringSpan {
  readonly severity: AlertSeverity;
  /** ISO instant of the end of the first step at which both windows burn too fast. */
  readonly from: string;
  /** Null while it goes on at the end. */
  readonly to: string | null;
}

interface Terms {
  readonly objectivePercent: number;
  readonly minimumEvents: number;
  readonly catalogue: WindowCatalogue;
}

/** Sums over any window that ends at a step's end, by running totals. */
class RunningTotals {
  readonly #bad: number[] = [0];
  readonly #total: number[] = [0];
  readonly #first: number;
  readonly #step: number;

  constructor({ steps, stepMilliseconds, to }: CountedSteps) {
    this.#step = stepMilliseconds;
    this.#first = steps[0]?.at ?? to;
    const byAt = new Map(steps.map((each) => [each.at, each]));
    for (let at = this.#first; at < to; at += stepMilliseconds) {
      const step = byAt.get(at);
      this.#bad.push((this.#bad.at(-1) ?? 0) + (step?.bad ?? 0));
      this.#total.push((this.#total.at(-1) ?? 0) + (step?.total ?? 0));
    }
  }

  /** Of the window that ends at `end`; one step at least. */
  sum(end: number, seconds: number): { readonly bad: number; readonly total: number } {
    const last = this.#index(end);
    const first = this.#index(Math.min(end - seconds * 1000, end - this.#step));
    const of = (sums: readonly number[]) => (sums[last] ?? 0) - (sums[first] ?? 0);
    return { bad: of(this.#bad), total: of(this.#total) };
  }

  #index(at: number): number {
    const index = Math.round((at - this.#first) / this.#step);
    return Math.min(Math.max(0, index), this.#bad.length - 1);
  }
}

/**
 * When the page and the ticket alert of an SLO fire on counted steps: when the long and the short window of a tier both
 * burn faster than the tier's factor (SRE workbook, chapter 5, alert 6). Windows shorter than a step are one step long. A
 * window without events, or with fewer than the guard asks for, alerts nobody.
 */
export function alertSpans(counted: CountedSteps, terms: Terms): FiringSpan[] {
  const totals = new RunningTotals(counted);
  const { catalogue } = terms;
  const allowed = allowedRatio(terms.objectivePercent);
  const isBurning = (window: AlertWindow, end: number) => {
    const limit = burnFactor(catalogue, window) * allowed;
    return [window.shortSeconds, window.longSeconds].every((seconds, index) => {
      const { bad, total } = totals.sum(end, seconds);
      const isEnough = total > 0 && (index === 0 || total >= terms.minimumEvents);
      return isEnough && bad / total > limit;
    });
  };
  return (['page', 'ticket'] as const).flatMap((severity) => {
    const { quick, slow } = catalogue[severity];
    return spansWhere(counted, (end) => isBurning(quick, end) || isBurning(slow, end)).map((span) => ({
      severity,
      ...span,
    }));
  });
}

function spansWhere(
  { from, to, stepMilliseconds }: CountedSteps,
  isFiring: (end: number) => boolean,
): { from: string; to: string | null }[] {
  const spans: { from: string; to: string | null }[] = [];
  let began: number | null = null;
  for (let end = from + stepMilliseconds; end <= to; end += stepMilliseconds) {
    if (isFiring(end)) {
      began ??= end;
    } else if (began !== null) {
      spans.push({ from: new Date(began).toISOString(), to: new Date(end).toISOString() });
      began = null;
    }
  }
  if (began !== null) spans.push({ from: new Date(began).toISOString(), to: null });
  return spans;
}
