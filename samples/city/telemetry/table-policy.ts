import type { Course } from '../policy.ts';

/** Every number behind what the sample's tables report once a day. None of them is taken from a real city. */

export interface ApplicationPolicy {
  readonly application: string;
  readonly registered: Course;
  readonly activated: number;
  readonly active: Course;
  /** Months in which nobody uses it. */
  readonly idleMonths: readonly number[];
}

export const applications: readonly ApplicationPolicy[] = [
  {
    application: '城市服务',
    registered: { from: 410_000, to: 520_000 },
    activated: 0.78,
    active: { from: 0.31, to: 0.44 },
    idleMonths: [],
  },
  {
    application: '12345热线',
    registered: { from: 86_000, to: 118_000 },
    activated: 0.83,
    active: { from: 0.36, to: 0.41 },
    idleMonths: [],
  },
  {
    application: '公交出行',
    registered: { from: 150_000, to: 197_000 },
    activated: 0.7,
    active: { from: 0.38, to: 0.47 },
    idleMonths: [],
  },
  {
    application: '网格员助手',
    registered: { from: 3_100, to: 3_900 },
    activated: 0.91,
    active: { from: 0.66, to: 0.72 },
    idleMonths: [],
  },
  {
    application: '防汛会商',
    registered: { from: 420, to: 480 },
    activated: 0.88,
    active: { from: 0.4, to: 0.5 },
    idleMonths: [1, 2, 3],
  },
  {
    application: '招商地图',
    registered: { from: 260, to: 270 },
    activated: 0.42,
    active: { from: 0.12, to: 0.08 },
    idleMonths: [4, 5, 8, 9, 10, 11],
  },
];

/** A part of a whole, both counted. */
export interface SharePolicy {
  readonly part: string;
  readonly whole: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: Course;
  readonly share: Course;
  /** Swing of the share from day to day. */
  readonly swing: number;
}

const share = (
  names: readonly [part: string, whole: string],
  policy: Omit<SharePolicy, 'part' | 'whole'>,
): SharePolicy => ({
  part: `citygauge_${names[0]}`,
  whole: `citygauge_${names[1]}`,
  ...policy,
});
const sensors = ['sensors_online', 'sensors_total_count'] as const;
const alarms = ['alarms_armed', 'alarms_installed'] as const;

export const shares: readonly SharePolicy[] = [
  share(['catalogue_items_covered', 'catalogue_items_expected'], {
    labels: {},
    count: { from: 2_300, to: 2_640 },
    share: { from: 0.61, to: 0.82 },
    swing: 0,
  }),
  share(['shared_data_sets_used', 'shared_data_sets'], {
    labels: {},
    count: { from: 820, to: 1_060 },
    share: { from: 0.34, to: 0.52 },
    swing: 0,
  }),
  share(['systems_connected', 'systems_planned'], {
    labels: {},
    count: { from: 140, to: 140 },
    share: { from: 0.58, to: 0.79 },
    swing: 0,
  }),
  share(['capabilities_reused', 'capabilities_listed'], {
    labels: {},
    count: { from: 64, to: 88 },
    share: { from: 0.27, to: 0.41 },
    swing: 0,
  }),
  share(sensors, {
    labels: { kind: 'waterLevel' },
    count: { from: 380, to: 460 },
    share: { from: 0.93, to: 0.96 },
    swing: 0.015,
  }),
  share(sensors, {
    labels: { kind: 'camera' },
    count: { from: 5_200, to: 6_100 },
    share: { from: 0.91, to: 0.94 },
    swing: 0.01,
  }),
  share(alarms, {
    labels: { kind: 'waterLevel' },
    count: { from: 380, to: 460 },
    share: { from: 0.95, to: 0.985 },
    swing: 0.004,
  }),
  share(alarms, {
    labels: { kind: 'gas' },
    count: { from: 1_150, to: 1_320 },
    share: { from: 0.94, to: 0.97 },
    swing: 0.006,
  }),
];

/** A figure that moves along a course and swings around it; `season` is added at the height of summer. */
export interface FigurePolicy {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly course: Course;
  readonly swing: number;
  readonly season: number;
  readonly min: number;
  readonly max: number;
  /** True for what only the city as a whole has. */
  readonly isOfCity?: boolean;
}

const ratio = { min: 0, max: 1 };
const noMaximum = { min: 0, max: Number.MAX_VALUE };
const utilisation = (resource: string, kind: string, course: Course, season: number): FigurePolicy => ({
  metric: 'citygauge_resource_utilisation_ratio',
  labels: { resource, kind },
  course,
  season,
  swing: 0.04,
  ...ratio,
});
const pipeline = (name: string, success: Course, lagSeconds: Course): readonly FigurePolicy[] => [
  {
    metric: 'citygauge_pipeline_success_ratio',
    labels: { pipeline: name },
    course: success,
    swing: 0.012,
    season: 0,
    ...ratio,
    isOfCity: true,
  },
  {
    metric: 'citygauge_pipeline_lag_seconds',
    labels: { pipeline: name },
    course: lagSeconds,
    swing: 240,
    season: 0,
    ...noMaximum,
    isOfCity: true,
  },
];

export const figures: readonly FigurePolicy[] = [
  utilisation('virtual-machines', 'cpu', { from: 0.36, to: 0.41 }, 0.19),
  utilisation('virtual-machines', 'memory', { from: 0.52, to: 0.6 }, 0.06),
  utilisation('virtual-machines', 'storage', { from: 0.55, to: 0.68 }, 0),
  utilisation('databases', 'cpu', { from: 0.29, to: 0.35 }, 0.15),
  utilisation('databases', 'memory', { from: 0.61, to: 0.66 }, 0.04),
  utilisation('databases', 'storage', { from: 0.49, to: 0.62 }, 0),
  ...pipeline('工单汇聚', { from: 0.965, to: 0.988 }, { from: 2_900, to: 1_300 }),
  ...pipeline('证照同步', { from: 0.972, to: 0.991 }, { from: 3_600, to: 1_900 }),
  {
    metric: 'citygauge_it_energy_kwh',
    labels: { site: '市级机房' },
    course: { from: 4_300, to: 4_700 },
    swing: 90,
    season: 500,
    ...noMaximum,
    isOfCity: true,
  },
  {
    metric: 'citygauge_facility_energy_kwh',
    labels: { site: '市级机房' },
    course: { from: 6_700, to: 6_600 },
    swing: 120,
    season: 1_450,
    ...noMaximum,
    isOfCity: true,
  },
  {
    metric: 'citygauge_cost_per_unit_yuan',
    labels: { service: '城市服务' },
    course: { from: 0.41, to: 0.33 },
    swing: 0.02,
    season: 0,
    ...noMaximum,
    isOfCity: true,
  },
  {
    metric: 'citygauge_cost_per_unit_yuan',
    labels: { service: '12345热线' },
    course: { from: 2.9, to: 2.6 },
    swing: 0.1,
    season: 0,
    ...noMaximum,
    isOfCity: true,
  },
  {
    metric: 'citygauge_resource_provisioning_hours',
    labels: { resource: 'virtual-machines' },
    course: { from: 34, to: 11 },
    swing: 5,
    season: 0,
    ...noMaximum,
  },
];

/** Flags that are 1 with a probability. */
export interface FlagPolicy {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly likelihood: Course;
  /** A flag that keeps its state through a month, such as the result of the last drill. */
  readonly isOfMonth: boolean;
}

const flag = (
  metric: string,
  labels: FlagPolicy['labels'],
  likelihood: Course,
  isOfMonth = false,
): FlagPolicy => ({ metric: `citygauge_${metric}`, labels, likelihood, isOfMonth });
const systems = ['工单库', '证照库', '门户'] as const;

export const flags: readonly FlagPolicy[] = [
  ...systems.map((system) => flag('backup_success', { system }, { from: 0.975, to: 0.995 })),
  ...systems.map((system) => flag('restore_drill_success', { system }, { from: 0.7, to: 0.95 }, true)),
  ...['vm-test-01', 'vm-test-02', 'vm-gis-07', 'vm-app-12', 'vm-app-13', 'db-archive'].map((resource, i) =>
    flag('resource_is_idle', { resource }, { from: i < 3 ? 0.9 : 0, to: i < 1 ? 0.9 : 0 }, true),
  ),
];

/** What a pool holds against what it can hold; `quickening` bends the course, so that headroom melts faster than it did. */
export const pools = [
  {
    pool: '对象存储',
    kind: 'storage',
    total: 1_200,
    used: { from: 0.58, to: 0.87 },
    quickening: 1.7,
    swing: 0.001,
  },
  {
    pool: '计算集群',
    kind: 'cpu',
    total: 3_840,
    used: { from: 0.47, to: 0.55 },
    quickening: 1,
    swing: 0.001,
  },
] as const;
