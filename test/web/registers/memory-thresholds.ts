import type { Workbench } from '../../../dashboards/contract.ts';
import { lampColours, type ThresholdState } from '../../../rules/contract.ts';
import { backlog, onTime, queue, unjudged, water } from './threshold-data.ts';

const at = '2026-11-01T00:00:00Z';

const state = (threshold: string, more: Partial<ThresholdState>): ThresholdState => ({
  threshold,
  subject: 'hexi',
  labels: {},
  lamp: 'green',
  since: '2026-10-28T06:30:00Z',
  value: null,
  at,
  pending: null,
  reason: null,
  ...more,
});

const current: readonly ThresholdState[] = [
  state('on-time', {
    lamp: 'orange',
    value: 0.743,
    pending: { colour: 'red', since: '2026-10-31T23:58:00Z' },
  }),
  state('on-time', { subject: 'hexi/dongcheng', value: 0.931 }),
  state('on-time', {
    subject: 'hexi/nanhu',
    lamp: 'noData',
    reason: { zh: '45 天内没有已保存的评估', en: 'no evaluation was saved within 45 days' },
  }),
  state('water-level', {
    labels: { site: '人民路下穿' },
    lamp: 'red',
    value: 0.31,
    since: '2026-10-31T21:04:00Z',
  }),
  state('water-level', { labels: { site: '站前路下穿' }, lamp: 'blue', value: 0.02 }),
  state('backlog-age', { subject: 'hexi/script', value: 4010, lamp: 'blue' }),
  state('hall-queue', { subject: 'hexi/dongcheng', lamp: 'off', labels: { hall: '东城大厅' }, value: 0 }),
];

const history: readonly ThresholdState[] = [
  state('on-time', {
    lamp: 'orange',
    value: 0.743,
    since: '2026-10-28T06:30:00Z',
    at: '2026-10-28T06:30:00Z',
  }),
  state('on-time', {
    lamp: 'yellow',
    value: 0.871,
    since: '2026-10-20T06:30:00Z',
    at: '2026-10-20T06:30:00Z',
  }),
  state('on-time', {
    lamp: 'green',
    value: 0.913,
    since: '2026-10-02T06:30:00Z',
    at: '2026-10-02T06:30:00Z',
  }),
];

const order = [...lampColours.slice(0, 4), 'noData', 'green', 'off'];

export function memoryThresholds(): Pick<Workbench, 'thresholds' | 'lamps'> {
  return {
    thresholds: () => [onTime, water, queue, unjudged, backlog],
    lamps: {
      current: async (subjects) =>
        current
          .filter((each) => subjects === null || each.subject === null || subjects.includes(each.subject))
          .toSorted((a, b) => order.indexOf(a.lamp) - order.indexOf(b.lamp)),
      history: async ({ threshold, subject, limit }) =>
        history
          .filter(
            (each) => each.threshold === threshold && (subject === undefined || each.subject === subject),
          )
          .slice(0, limit),
    },
  };
}
