import type { Workbench } from '../../../dashboards/contract.ts';

type Slos = 'slos' | 'slo' | 'burnWindows' | 'alertsWithin' | 'thresholds' | 'lamps' | 'rules';

/** Promises and lamps in memory. */
export function memorySlos(): Pick<Workbench, Slos> {
  const absent = async () => {
    throw new Error('being built');
  };
  return {
    slos: () => [],
    slo: {
      latest: async () => [],
      figures: async () => [],
      revisions: async () => [],
      exclude: absent,
      withdraw: absent,
      exclusions: async () => [],
    },
    burnWindows: async () => [],
    alertsWithin: async () => ({ alerts: null, reason: null }),
    thresholds: () => [],
    lamps: { current: async () => [], history: async () => [] },
    rules: () => [],
  };
}
