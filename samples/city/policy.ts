import type { Text } from '../../collectors/contract.ts';

/** Every number that makes the sample city what it is. None of them is taken from a real city. */

/** What a rate is in the first month and in the last; it moves evenly in between. */
export interface Course {
  readonly from: number;
  readonly to: number;
}

export const seed = 20_220_613;
export const timeZone = 'Asia/Shanghai';
export const months = 12;

export interface DistrictPolicy {
  readonly slug: string;
  readonly name: Text;
  /** Share of the city's events. */
  readonly share: number;
  /** Handling takes this much longer or shorter than in the city as a whole. */
  readonly pace: number;
  /** Added to the ratios that the district enters. */
  readonly lead: number;
  readonly streets: readonly string[];
}

export const city = { slug: 'sample', name: { zh: '示例市', en: 'Sample City' } } as const;

export const districts: readonly DistrictPolicy[] = [
  {
    slug: 'east',
    name: { zh: '东城新区', en: 'East New District' },
    share: 0.32,
    pace: 0.85,
    lead: 0.02,
    streets: ['东湖街道', '学府街道', '高新街道', '会展街道'],
  },
  {
    slug: 'south',
    name: { zh: '南江区', en: 'South River District' },
    share: 0.27,
    pace: 1,
    lead: 0,
    streets: ['滨江街道', '南门街道', '渡口街道'],
  },
  {
    slug: 'west',
    name: { zh: '西山区', en: 'West Hill District' },
    share: 0.18,
    pace: 1.3,
    lead: -0.04,
    streets: ['西山街道', '石桥街道', '林场镇'],
  },
  {
    slug: 'north',
    name: { zh: '北城区', en: 'North Town District' },
    share: 0.23,
    pace: 1.08,
    lead: -0.01,
    streets: ['北关街道', '车站街道', '钟楼街道'],
  },
];

export interface OrderType {
  readonly name: string;
  readonly unit: string;
  readonly weight: number;
  /** Half are handled faster. */
  readonly medianHours: number;
  readonly dueHours: number;
}

export const workOrders = {
  perMonth: 540,
  /** By calendar month, January first: floods and heat in summer, the quiet weeks of the New Year. */
  season: [0.92, 0.78, 0.95, 1, 1.02, 1.1, 1.25, 1.22, 1.05, 0.98, 0.95, 0.96],
  types: [
    { name: '占道经营', unit: '城市管理局', weight: 15, medianHours: 9, dueHours: 24 },
    { name: '暴露垃圾', unit: '城市管理局', weight: 14, medianHours: 7, dueHours: 24 },
    { name: '违章停车', unit: '公安局交警支队', weight: 13, medianHours: 5, dueHours: 12 },
    { name: '井盖破损', unit: '住房和城乡建设局', weight: 8, medianHours: 20, dueHours: 48 },
    { name: '路面破损', unit: '住房和城乡建设局', weight: 9, medianHours: 52, dueHours: 120 },
    { name: '路灯故障', unit: '住房和城乡建设局', weight: 9, medianHours: 28, dueHours: 72 },
    { name: '噪声扰民', unit: '生态环境局', weight: 10, medianHours: 16, dueHours: 48 },
    { name: '积水内涝', unit: '水务局', weight: 5, medianHours: 10, dueHours: 24 },
    { name: '物业纠纷', unit: '住房和城乡建设局', weight: 8, medianHours: 96, dueHours: 240 },
    { name: '消费投诉', unit: '市场监督管理局', weight: 9, medianHours: 70, dueHours: 168 },
  ] satisfies readonly OrderType[],
  /** Spread of the logarithm of handling time. */
  spread: 0.78,
  /** Handling time against that of the type: the city gets a little faster over the year. */
  pace: { from: 1.18, to: 0.94 },
  channels: { citizen: 0.44, app: 0.2, employee: 0.24 },
  /** Share found by sensors and by video analysis; the other channels shrink as it grows. */
  machineShare: { from: 0.09, to: 0.21 },
  neverClosedRatio: 0.011,
  duplicateRatio: 0.03,
  invalidRatio: 0.02,
  faultyRatio: { from: 0.012, to: 0.006 },
  reopenedRatio: 0.045,
  ratedRatio: 0.42,
} as const;

/** Requirements: answering, designing and delivering get better all year, coordination and approval worse. */
export const requirements = {
  perMonth: 64,
  /** Months before the first, so that deliveries reach back far enough. */
  leadMonths: 6,
  units: [
    '城市运行管理中心',
    '政务服务管理局',
    '公安局',
    '生态环境局',
    '水务局',
    '交通运输局',
    '住房和城乡建设局',
    '民政局',
  ],
  titles: [
    '积水点预警联动',
    '渣土车轨迹核验',
    '工单自动分拨',
    '电子证照核验接口',
    '公交到站预报校准',
    '独居老人关爱提醒',
    '河道水质看板',
    '工地扬尘告警',
    '网格事件合并',
    '停车泊位共享',
    '办件进度短信',
    '燃气泄漏监测接入',
  ],
  answerDays: { from: 9.2, to: 1.6 },
  designDays: { from: 68, to: 17 },
  coordinationDays: { from: 8.5, to: 26.5 },
  approvalWeeks: { from: 0.75, to: 2.7 },
  developmentDays: 28,
  feasibleRatio: 0.92,
  onTimeRatio: { from: 0.52, to: 0.94 },
  fitRatio: { from: 0.7, to: 0.93 },
  foundFeasibleRatio: { from: 0.84, to: 0.96 },
  inUseRatio: { from: 0.64, to: 0.8 },
} as const;

export const incidents = {
  perMonth: 18,
  /** Critical or major ones in each month, the last month last. */
  majorPerMonth: [1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1],
  resolvedRatio: { from: 0.66, to: 0.95 },
  services: ['统一身份认证', '数据共享交换', '视频汇聚平台', '工单流转', '移动端应用', '物联感知平台'],
  causes: ['证书过期', '磁盘写满', '接口超时', '版本发布回退', '上游数据延迟', '网络链路抖动'],
  actions: ['增加到期提醒', '扩容并设置水位告警', '补充限流与重试', '完善灰度发布检查', '与上游约定时效'],
} as const;

/** Security events of each class in each month, the last month last. */
export const securityEvents = {
  perMonth: {
    C1: [2, 2, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1],
    C2: [3, 2, 2, 2, 1, 2, 1, 2, 1, 1, 2, 1],
    C3: [1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1],
    C4: [1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1],
  },
  closedInTimeRatio: 0.86,
  reopenedRatio: 0.07,
} as const;

export const surveys = {
  perMonth: { customer: 36, user: 140 },
  questions: { customer: ['建设质量', '运营响应', '需求落实'], user: ['办事便捷', '信息准确', '问题解决'] },
  scale: 10,
  meanRatio: { customer: { from: 0.73, to: 0.84 }, user: { from: 0.69, to: 0.79 } },
} as const;

/** What is left out and what contradicts, so that the sample shows how the product deals with it. */
export const story = {
  /** For the city and one district nobody has entered these in the last two months. */
  missingMonthly: {
    indicators: ['S4.P1', 'S4.P2', 'S4.P3', 'S4.P4'],
    subjects: ['sample', 'sample/west'],
    lastPeriods: 2,
  },
  /** Nor this one in the last two quarters; the rest of the module still carries the quarter. */
  missingQuarterly: { indicators: ['S4.P4'], subjects: ['sample', 'sample/west'], lastPeriods: 2 },
  /** A figure that the records also give, entered for the city in the last month and far above them. */
  conflict: {
    indicator: 'S2.P1',
    value: 0.97,
    evidence: '功能启用情况说明',
    submittedBy: '开发承建单位项目岗',
  },
} as const;
