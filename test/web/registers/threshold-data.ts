import type { Text, Threshold } from '../../../rules/contract.ts';

const commander: Text = { zh: '市级指挥长', en: 'City commander' };
const district: Text = { zh: '区级值班长', en: 'District duty officer' };
const street: Text = { zh: '街道值班员', en: 'Street duty officer' };

export const onTime: Threshold = {
  id: 'on-time',
  title: { zh: '事件按时办结率', en: 'Events closed in time' },
  subject: 'hexi',
  target: { kind: 'indicator', model: 'event-loop-2022', indicator: 'timeliness.onTimeClosureRatio' },
  unit: 'ratio',
  everySeconds: 3600,
  lookbackSeconds: 45 * 86_400,
  grades: [
    {
      colour: 'red',
      when: { kind: 'below', bound: 0.6 },
      forSeconds: 300,
      hysteresis: 0.02,
      role: commander,
      plan: { zh: '启动市级会商，两小时内报送处置方案', en: 'City-level meeting; plan within two hours' },
      runbook: 'https://docs.example/runbooks/on-time',
    },
    {
      colour: 'orange',
      when: { kind: 'below', bound: 0.8 },
      forSeconds: 600,
      hysteresis: 0.01,
      role: district,
      plan: { zh: '区级调度，增派处置力量', en: 'Districts send more crews' },
      runbook: 'docs/runbooks/on-time.md',
    },
    {
      colour: 'yellow',
      when: { kind: 'below', bound: 0.9 },
      forSeconds: 0,
      hysteresis: 0,
      role: street,
      plan: { zh: '街道核查积压事件', en: 'Streets look at the backlog' },
      runbook: null,
    },
  ],
  calm: 'green',
  noData: { forSeconds: 1800, colour: 'orange', role: district },
  schedule: null,
  source: { file: 'thresholds.yaml', line: 4 },
};

export const water: Threshold = {
  id: 'water-level',
  title: { zh: '下穿隧道积水深度', en: 'Water depth in underpasses' },
  subject: null,
  target: {
    kind: 'metric',
    selector: { metric: 'water_depth_metres', matchers: [{ label: 'site', operator: '!=', value: '' }] },
  },
  unit: 'm',
  everySeconds: 60,
  lookbackSeconds: 300,
  grades: (
    [
      ['red', 0.27, commander, '封闭隧道，启动抢排', 'Close the underpass, start pumps'],
      ['orange', 0.15, district, '现场值守，准备封闭', 'Crews on site'],
      ['yellow', 0.1, street, '巡查泵站', 'Inspect the pumps'],
    ] as const
  ).map(([colour, bound, role, zh, en]) => ({
    colour,
    when: { kind: 'above' as const, bound },
    forSeconds: 120,
    hysteresis: 0.02,
    role,
    plan: { zh, en },
    runbook: null,
  })),
  calm: 'blue',
  noData: null,
  schedule: {
    timeZone: 'Asia/Shanghai',
    days: 'all',
    hours: [],
    holidays: [],
    workedInstead: [],
  },
  source: { file: 'thresholds.yaml', line: 31 },
};

export const queue: Threshold = {
  id: 'hall-queue',
  title: { zh: '政务大厅排队时长 <i>', en: 'Queue in the service hall <i>' },
  subject: 'hexi/dongcheng',
  target: { kind: 'promql', query: 'max by (hall) (hall_queue_minutes)' },
  unit: 'minute',
  everySeconds: 60,
  lookbackSeconds: 300,
  grades: [
    {
      colour: 'yellow',
      when: { kind: 'outside', low: 1, high: 30 },
      forSeconds: 900,
      hysteresis: 5,
      role: street,
      plan: { zh: '增开窗口', en: 'Open more counters' },
      runbook: null,
    },
    {
      colour: 'blue',
      when: { kind: 'inside', low: 20, high: 30 },
      forSeconds: 0,
      hysteresis: 0,
      role: street,
      plan: { zh: '提示分流', en: 'Divert visitors' },
      runbook: null,
    },
  ],
  calm: 'green',
  noData: null,
  schedule: {
    timeZone: 'Asia/Shanghai',
    days: 'working',
    hours: [
      { fromMinute: 510, toMinute: 720 },
      { fromMinute: 810, toMinute: 1050 },
    ],
    holidays: ['2026-10-01', '2026-10-02'],
    workedInstead: ['2026-10-10'],
  },
  source: { file: 'thresholds.yaml', line: 58 },
};

export const backlog: Threshold = {
  ...water,
  id: 'backlog-age',
  title: { zh: '积压工单时长', en: 'Age of the backlog' },
  target: { kind: 'metric', selector: { metric: 'backlog_age_seconds', matchers: [] } },
  unit: 'seconds',
  subject: 'hexi/script',
  grades: [
    {
      colour: 'red',
      when: { kind: 'above', bound: 7200 },
      forSeconds: 300,
      hysteresis: 120,
      role: district,
      plan: { zh: '增派人员', en: 'Send more people' },
      runbook: null,
    },
  ],
};

export const unjudged: Threshold = {
  ...water,
  id: 'air-quality',
  title: { zh: '空气质量指数', en: 'Air quality index' },
  target: { kind: 'metric', selector: { metric: 'air_quality_index', matchers: [] } },
  unit: '',
  subject: 'hexi',
};
