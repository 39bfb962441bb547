import type { AlertSeverity } from '../../../contract.ts';
import { decimal } from '../native/policy.ts';

/** A tier as its test needs it. */
export interface TestedTier {
  readonly severity: AlertSeverity;
  /** `5m`, `1h`: the short one first; one where both are the same. */
  readonly windows: readonly string[];
  readonly limit: number;
  /** Least recorded total of the long window; null without a guard. */
  readonly guard: number | null;
}

/** A stretch of a test in which every recorded series keeps its value. */
export interface Scene {
  readonly name: string;
  /** Error ratio by window; those left out are 0. */
  readonly ratios: Readonly<Record<string, number>>;
  /** What the least totals of guarded windows are multiplied by. */
  readonly traffic: number;
}

const under = (limit: number) => decimal(limit * 0.99);
const over = (limit: number) => decimal(limit * 1.01 < 1 ? limit * 1.01 : (limit + 1) / 2);

const at = (windows: readonly string[], ratio: number) =>
  Object.fromEntries(windows.map((window) => [window, ratio]));

function scenesOfTier({ severity, windows, limit, guard }: TestedTier): Scene[] {
  const [short = '', long] = windows;
  const burning = at(windows, over(limit));
  const named = windows.join(' and ');
  const recovered = {
    name: `${severity}: ${short} has recovered`,
    ratios: { ...burning, [short]: 0 },
    traffic: 1,
  };
  return [
    { name: `${severity}: ${named} burn`, ratios: burning, traffic: 1 },
    ...(long === undefined ? [] : [recovered]),
    ...(guard === null
      ? []
      : [{ name: `${severity}: ${named} burn on few events`, ratios: burning, traffic: 0.99 }]),
  ];
}

/** All quiet; every window just below its lowest limit; then each tier alone: burning, recovered, with too few events. */
export function burnScenes(tiers: readonly TestedTier[]): Scene[] {
  const windows = [...new Set(tiers.flatMap((tier) => tier.windows))];
  const lowest = (window: string) =>
    Math.min(...tiers.flatMap((tier) => (tier.windows.includes(window) ? tier.limit : [])));
  const below = Object.fromEntries(windows.map((window) => [window, under(lowest(window))]));
  return [
    { name: 'all quiet', ratios: {}, traffic: 1 },
    { name: 'just below every limit', ratios: below, traffic: 1 },
    ...tiers.flatMap(scenesOfTier),
  ];
}

/** Whether a tier burns in a scene, by the arithmetic of the workbook. */
export function burnsIn({ windows, limit, guard }: TestedTier, { ratios, traffic }: Scene): boolean {
  const isEnough = guard === null || traffic >= 1;
  return isEnough && windows.every((window) => (ratios[window] ?? 0) > limit);
}
