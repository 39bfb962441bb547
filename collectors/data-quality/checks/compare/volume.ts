import type { CheckMemory, CheckResult } from '../../../contract.ts';
import type { CheckOf } from '../../check-file/check-spec.ts';
import type { CheckPlan, Finding } from '../check.ts';

type Bounds = CheckOf<'volume'>['rows'];

/** Label of the only bin of a volume check's memory. */
const rowsLabel = 'rows';

/**
 * The number of rows against fixed bounds, or against the median of earlier runs of the same check. One thing is looked at,
 * the run. The ratio is how far the rows lie outside: missing rows as a share of the lower bound, rows too many as a share
 * of the upper one, at most 1. Rows are those that the shared scan counted.
 */
export function planVolume({ rows: fixed, history }: CheckOf<'volume'>): CheckPlan {
  return {
    how: 'own',
    async run(context) {
      const bounds = history ? usualBounds(await context.history(history.runs), history.tolerance) : fixed;
      return { ...judgeVolume(context.rows, bounds), sql: [], scans: 0 };
    },
  };
}

function judgeVolume(rows: number, bounds: Bounds | null): Finding {
  const memory: CheckMemory = { kind: 'bins', bins: [{ label: rowsLabel, count: rows }], borders: null };
  if (bounds === null) {
    const reason = { zh: '尚无可比的历史记录', en: 'no earlier run to compare with' };
    return { state: 'notApplicable', reason, memory };
  }
  const ratio = outsideRatio(rows, bounds);
  const figure = { name: 'rows', value: rows, unit: 'rows' };
  return { state: 'measured', checked: 1, failed: ratio > 0 ? 1 : 0, ratio, figure, memory };
}

/** 0..1; a bound of no rows is missed by its whole. */
function outsideRatio(rows: number, { min, max }: Bounds): number {
  if (min !== null && rows < min) return (min - rows) / min;
  if (max !== null && rows > max) return max === 0 ? 1 : Math.min(1, (rows - max) / max);
  return 0;
}

function usualBounds(results: readonly CheckResult[], tolerance: number): Bounds | null {
  const counts = results
    .flatMap(({ memory }) => (memory?.kind === 'bins' ? memory.bins : []))
    .filter(({ label }) => label === rowsLabel)
    .map(({ count }) => count)
    .toSorted((one, other) => one - other);
  if (counts.length === 0) return null;
  const middle = Math.floor(counts.length / 2);
  const [low = 0, high = 0] = [counts[counts.length % 2 ? middle : middle - 1], counts[middle]];
  const usual = (low + high) / 2;
  return { min: Math.max(0, usual * (1 - tolerance)), max: usual * (1 + tolerance) };
}
