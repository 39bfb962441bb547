import type { Course } from './policy.ts';

export interface EntryPolicy {
  readonly indicator: string;
  readonly course: Course;
  /** Of the whole city in a month; districts have their share of it. */
  readonly denominator: number;
  /** A monthly count adds up over a quarter; a stock, such as a number of platforms, does not. */
  readonly isStock: boolean;
  readonly evidence: string | null;
  readonly submittedBy: string;
  readonly verifiedBy: string | null;
}

const office = '运营评估办公室核验岗';

export const entries: readonly EntryPolicy[] = [
  {
    indicator: 'S2.P2',
    course: { from: 0.68, to: 0.83 },
    denominator: 90,
    isStock: false,
    evidence: '痛点整改清单',
    submittedBy: '运营团队综合岗',
    verifiedBy: office,
  },
  {
    indicator: 'S2.P3',
    course: { from: 0.76, to: 0.86 },
    denominator: 80,
    isStock: true,
    evidence: 'KPI考核表',
    submittedBy: '运营管理办公室考核岗',
    verifiedBy: office,
  },
  {
    indicator: 'S3.P1',
    course: { from: 0.85, to: 0.94 },
    denominator: 48_000,
    isStock: false,
    evidence: '一网通办统计表',
    submittedBy: '政务服务管理局业务岗',
    verifiedBy: office,
  },
  {
    indicator: 'S3.P2',
    course: { from: 0.79, to: 0.89 },
    denominator: 48_000,
    isStock: false,
    evidence: '一次办统计表',
    submittedBy: '政务服务管理局业务岗',
    verifiedBy: office,
  },
  {
    indicator: 'S3.P3',
    course: { from: 0.7, to: 0.8 },
    denominator: 120,
    isStock: true,
    evidence: '信用信息共享单位名录',
    submittedBy: '发展和改革委员会信用岗',
    verifiedBy: null,
  },
  {
    indicator: 'S3.P4',
    course: { from: 0.52, to: 0.69 },
    denominator: 21_000,
    isStock: false,
    evidence: '电子证照调用日志汇总',
    submittedBy: '数据管理局证照岗',
    verifiedBy: office,
  },
  {
    indicator: 'S3.P5',
    course: { from: 0.73, to: 0.85 },
    denominator: 340,
    isStock: true,
    evidence: '一网统管事项清单',
    submittedBy: '城市运行管理中心业务岗',
    verifiedBy: null,
  },
  {
    indicator: 'S4.P1',
    course: { from: 0.79, to: 0.85 },
    denominator: 150,
    isStock: true,
    evidence: '环境监测系统应用清单',
    submittedBy: '生态环境局监测岗',
    verifiedBy: office,
  },
  {
    indicator: 'S4.P2',
    course: { from: 0.68, to: 0.75 },
    denominator: 220,
    isStock: true,
    evidence: '社区信息服务台账',
    submittedBy: '民政局社区建设岗',
    verifiedBy: null,
  },
  {
    indicator: 'S4.P3',
    course: { from: 0.6, to: 0.67 },
    denominator: 180_000,
    isStock: true,
    evidence: null,
    submittedBy: '数据管理局应用岗',
    verifiedBy: null,
  },
  {
    indicator: 'S4.P4',
    course: { from: 0.86, to: 0.91 },
    denominator: 62_000,
    isStock: false,
    evidence: '公交到站预报核验表',
    submittedBy: '交通运输局公交岗',
    verifiedBy: office,
  },
  {
    indicator: 'S5.P3',
    course: { from: 0.88, to: 0.58 },
    denominator: 260,
    isStock: false,
    evidence: '试用反馈签收表',
    submittedBy: '运营团队反馈岗',
    verifiedBy: office,
  },
  {
    indicator: 'S6.P1',
    course: { from: 0.82, to: 0.92 },
    denominator: 60,
    isStock: true,
    evidence: '平台模块运营方案汇编',
    submittedBy: '平台运营方综合岗',
    verifiedBy: office,
  },
  {
    indicator: 'S6.P2',
    course: { from: 0.9, to: 0.84 },
    denominator: 150,
    isStock: true,
    evidence: null,
    submittedBy: '平台运营方人力岗',
    verifiedBy: null,
  },
];
