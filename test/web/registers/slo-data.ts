import type { Slo } from '../../../rules/contract.ts';
import {
  daysOf,
  last30,
  month,
  november,
  type Promised,
  q4,
  quarter,
  rolling,
  sloOf,
  whole,
  year,
} from './slo-terms.ts';

const calm = { '1h': 0.0002, '6h': 0.0003, '1d': 0.0004, '3d': 0.0005 };
const none = { state: 'measured' as const, reason: null, excluded: [], recent: calm };

/** Promises of every kind: kept by an exclusion, overdrawn, at risk, healthy, absent, failed, without events, of low traffic. */
export const promised: readonly Promised[] = [
  {
    ...none,
    slo: sloOf(
      {
        service: 'portal',
        name: 'availability',
        title: { zh: '市民门户可用性', en: 'Citizen portal availability' },
        objective: 99.9,
        period: quarter,
        description: '市民门户首页与办事入口的请求 <b>成功率</b>',
      },
      4,
    ),
    subject: 'hexi',
    span: q4,
    days: daysOf(32, 96_000, 40, { 11: 2400, 22: 700 }),
    excluded: [[1, 11, 2360, 24_000]],
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'hotline',
        name: 'intake',
        title: { zh: '12345 受理接口可用性', en: '12345 intake availability' },
        objective: 99.5,
        period: rolling,
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 20_000, 120, { 19: 2900 }),
    recent: { '1h': 0.011, '6h': 0.012, '1d': 0.01, '3d': 0.007 },
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'portal',
        name: 'latency',
        title: { zh: '门户页面 300 毫秒内返回', en: 'Portal pages within 300 ms' },
        objective: 99,
        period: rolling,
      },
      21,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 96_000, 310),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'grid',
        name: 'dispatch',
        title: { zh: '网格事件按时派遣', en: 'Grid events dispatched in time' },
        objective: 95,
        period: year,
        subject: 'hexi/dongcheng',
      },
      3,
    ),
    subject: 'hexi/dongcheng',
    span: whole,
    days: daysOf(305, 800, 38),
    recent: { '1h': 0.17, '6h': 0.18, '1d': 0.19, '3d': 0.16 },
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'sensors',
        name: 'online',
        title: { zh: '物联感知设备在线', en: 'Sensors on line' },
        objective: 98,
        period: rolling,
        sli: {
          kind: 'threshold',
          query: 'probe_success{job="sensors"}',
          operator: '>=',
          bound: 1,
          everySeconds: 60,
          measure: null,
        },
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: [],
    state: 'absent',
    reason: {
      zh: '周期内没有 probe_success 的采样',
      en: 'there is no sample of probe_success in the period',
    },
    recent: {},
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'exchange',
        name: 'batches',
        title: { zh: '数据交换批次成功', en: 'Exchange batches succeed' },
        objective: 99,
        period: month,
      },
      3,
    ),
    subject: 'hexi',
    span: november,
    days: [],
    state: 'zeroBase',
    reason: { zh: '周期内没有交换批次', en: 'there was no batch in the period' },
    recent: {},
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'video',
        name: 'streams',
        title: { zh: '视频调阅成功', en: 'Video streams open' },
        objective: 97,
        period: rolling,
        minimumEvents: 1000,
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 10, 0, { 8: 4 }),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'payment',
        name: 'orders',
        title: { zh: '缴费下单成功', en: 'Payment orders succeed' },
        objective: 99.9,
        period: month,
      },
      3,
    ),
    subject: 'hexi',
    span: november,
    days: daysOf(1, 5200, 2),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'gis',
        name: 'tiles',
        title: { zh: '电子地图瓦片可用性', en: 'Map tiles availability' },
        objective: 99.5,
        period: rolling,
        subject: 'hexi/nanhu',
      },
      3,
    ),
    subject: 'hexi/nanhu',
    span: last30,
    days: [],
    state: 'failed',
    reason: { zh: 'Prometheus 没有应答', en: 'Prometheus did not answer' },
    recent: {},
  },
];

/** Defined but never counted. */
export const uncounted: Slo = sloOf(
  {
    service: 'permits',
    name: 'filing',
    title: { zh: '许可申报提交成功', en: 'Permit filing succeeds' },
    objective: 99.5,
    period: month,
  },
  3,
);
