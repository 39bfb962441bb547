import type { Leaf } from '../contract.ts';

function between(value: number, worst: number, best: number): number {
  return Math.min(1, Math.max(0, (value - worst) / (best - worst)));
}

/** Score 0..100 of a leaf's value on its own scale; null where the parent's formula takes the raw value. */
export function scoreOnScale(scale: Leaf['scale'], value: number): number | null {
  switch (scale.kind) {
    case 'none':
      return null;
    case 'linear':
      return 100 * between(value, scale.worst, scale.best);
    case 'band': {
      if (value >= scale.bestLow && value <= scale.bestHigh) return 100;
      if (value < scale.bestLow) return 100 * between(value, scale.low, scale.bestLow);
      return 100 * between(value, scale.high, scale.bestHigh);
    }
    case 'steps':
      return scale.steps.findLast((step) => step.from <= value)?.score ?? 0;
  }
}
