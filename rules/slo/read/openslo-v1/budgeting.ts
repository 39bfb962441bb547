import type { Sli } from '../../../contract.ts';
import { refuse } from '../spec-document.ts';
import type { SloSpec } from './forms.ts';
import type { Indicator } from './indicator.ts';
import type { Place } from './object-table.ts';

type Objective = SloSpec['objectives'][number];

/** How often a threshold is compared where no slice says: as often as rules are evaluated by default. */
const defaultEverySeconds = 60;

const operators = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Seconds of a slice: a bare number is minutes. */
function sliceSeconds({ timeSliceWindow }: Objective): number | null {
  if (timeSliceWindow === undefined) return null;
  if (typeof timeSliceWindow === 'number') return timeSliceWindow * 60;
  const per = { m: 60, h: 3600, d: 86_400, w: 604_800 }[timeSliceWindow.slice(-1)];
  return per === undefined ? null : Number.parseInt(timeSliceWindow, 10) * per;
}

/** Good is `value op bound`. A comparison with `bool` makes a sample 0 or 1, so that their mean is the share of good ones. */
function thresholdRatio(
  query: string,
  { op, bound }: { readonly op: string; readonly bound: number },
): string {
  return `1 - avg_over_time(((${query.trim()}) ${op} bool ${bound})[{{.window}}:])`;
}

/** The SLI of one objective under the budgeting method of its SLO; null with its faults told. */
export function sliOf(indicator: Indicator, spec: SloSpec, objective: Objective, at: Place): Sli | null {
  const { document, path } = at;
  const seconds = sliceSeconds(objective);
  const needsSlice = spec.budgetingMethod !== 'Occurrences';
  if (needsSlice && seconds === null) {
    const message = `${spec.budgetingMethod} needs timeSliceWindow, for example 1m`;
    refuse(document, objective.timeSliceWindow === undefined ? path : [...path, 'timeSliceWindow'], message);
  }
  const target = spec.budgetingMethod === 'Timeslices' ? (objective.timeSliceTarget ?? null) : null;
  if (spec.budgetingMethod === 'Timeslices' && (target === null || target <= 0 || target > 1)) {
    const message =
      'Timeslices needs timeSliceTarget, the share of good events of a good slice, above 0 up to 1';
    refuse(document, target === null ? path : [...path, 'timeSliceTarget'], message);
  }
  if (indicator.kind !== 'threshold') {
    if (!needsSlice) return { ...indicator, measure: null };
    const { kind: _, ...of } = indicator;
    return { kind: 'timeSlices', of, sliceSeconds: seconds ?? 60, target };
  }
  const { op, value } = objective;
  if (op === undefined || value === undefined) {
    refuse(document, path, 'a thresholdMetric needs op and value: good is `value of the query op value`');
    return null;
  }
  const { query } = indicator;
  const operator = operators[op];
  if (!needsSlice) {
    return {
      kind: 'threshold',
      query,
      operator,
      bound: value,
      everySeconds: defaultEverySeconds,
      measure: null,
    };
  }
  const errorRatioQuery = thresholdRatio(query, { op: operator, bound: value });
  return { kind: 'timeSlices', of: { errorRatioQuery }, sliceSeconds: seconds ?? 60, target };
}
