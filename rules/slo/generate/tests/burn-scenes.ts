import type { Scene } from './alert-tests.ts';
import { decimal } from '../native/policy.ts';

/** A tier as its test needs it. */
export interface TestedTier {
  /** `5m`, `1h`: the short one first; one where both are the same. */
  readonly windows: readonly string[];
  readonly limit: number;
  /** Least recorded total of the long window; null without a guard. */
  readonly guard: number | null;
}

export interface TestedAlert {
  readonly title: string;
  readonly tiers: readonly TestedTier[];
  /** Recorded series of a window. */
  ratioSeries(window: string): string;
  totalSeries(window: string): string;
}

/** Minutes of constant values: recorded series are what they are at once. */
const [lookedAt, until] = [5, 10];
const constant = (value: number) => `${value}x${until}`;

const under = (limit: number) => decimal(limit * 0.99);
const over = (limit: number) => decimal(limit * 1.01 < 1 ? limit * 1.01 : (limit + 1) / 2);

interface Values {
  /** Error ratio by window; those left out are 0. */
  readonly ratios: Readonly<Record<string, number>>;
  /** What the totals of guarded windows are multiplied by. */
  readonly traffic?: number;
  readonly fires: boolean;
}

function sceneOf(alert: TestedAlert, name: string, { ratios, traffic = 1, fires }: Values): Scene {
  const windows = [...new Set(alert.tiers.flatMap((tier) => tier.windows))];
  const totals = alert.tiers.flatMap(({ guard, windows: own }) =>
    guard === null ? [] : [[alert.totalSeries(own.at(-1) ?? ''), constant(decimal(guard * traffic))] as const],
  );
  return {
    name: `${alert.title}: ${name}`,
    series: [
      ...windows.map((window) => [alert.ratioSeries(window), constant(ratios[window] ?? 0)] as const),
      ...new Map(totals),
    ],
    silentAt: fires ? [] : [lookedAt],
    firingAt: fires ? [lookedAt] : [],
  };
}

/** Silent below every limit, when the short window is over it, and with too few events; firing by each tier alone. */
export function burnScenes(alert: TestedAlert): Scene[] {
  const lowest = (window: string) =>
    Math.min(...alert.tiers.filter(({ windows }) => windows.includes(window)).map(({ limit }) => limit));
  const all = [...new Set(alert.tiers.flatMap(({ windows }) => windows))];
  const below = Object.fromEntries(all.map((window) => [window, under(lowest(window))]));
  const burning = ({ windows, limit }: TestedTier) =>
    Object.fromEntries(windows.map((window) => [window, over(limit)]));
  return [
    sceneOf(alert, 'silent just below its limits', { ratios: below, fires: false }),
    ...alert.tiers.flatMap((tier) => {
      const [short = '', long = ''] = tier.windows;
      const named = tier.windows.join(' and ');
      return [
        sceneOf(alert, `fires when ${named} burn`, { ratios: burning(tier), fires: true }),
        ...(tier.windows.length > 1
          ? [
              sceneOf(alert, `silent when ${short} has recovered and ${long} still burns`, {
                ratios: { [long]: over(tier.limit) },
                fires: false,
              }),
            ]
          : []),
        ...(tier.guard === null
          ? []
          : [
              sceneOf(alert, `silent when ${named} burn on too few events`, {
                ratios: burning(tier),
                traffic: 0.99,
                fires: false,
              }),
            ]),
      ];
    }),
  ];
}

/** Firing when the series has been gone for ten minutes, and not before. */
export function absentScenes(title: string, series: string): Scene[] {
  return [
    { name: `${title}: silent while there is data`, series: [[series, '1x30']], silentAt: [30], firingAt: [] },
    {
      name: `${title}: fires ten minutes after the last data`,
      series: [[series, '1x5 stale']],
      silentAt: [15],
      firingAt: [16, 30],
    },
  ];
}
