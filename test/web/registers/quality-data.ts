import type { CheckKind, DataEngine } from '../../../collectors/contract.ts';

export interface Check {
  readonly kind: CheckKind;
  readonly title: readonly [zh: string, en: string];
  readonly columns: readonly string[];
  /** Failing ratio of the first run and of the last; null = it could not be computed since the last run. */
  readonly ratio: readonly [first: number, last: number | null];
  readonly max: number;
  readonly weight?: number;
}

export interface Source {
  readonly subject: string;
  readonly id: string;
  readonly title: readonly [zh: string, en: string];
  readonly department: string | null;
  readonly engine: DataEngine;
  readonly location: string;
  readonly weight: number;
  readonly rows: number;
  /** Day of October 2026 (UTC) of the newest run; runs before it are a day apart. */
  readonly lastDay: number;
  readonly runs: number;
  readonly checks: readonly Check[];
}

const check = (
  kind: CheckKind,
  title: readonly [string, string],
  columns: readonly string[],
  [first, last, max]: readonly [number, number | null, number],
  weight = 1,
): Check => ({ kind, title, columns, ratio: [first, last], max, weight });

export const sources: readonly Source[] = [
  {
    subject: 'hexi',
    id: 'hotline-orders',
    title: ['12345 工单库', 'Hotline work orders'],
    department: '政务服务管理局',
    engine: 'postgresql',
    location: 'orders.hexi.example:5432/hotline/public.orders',
    weight: 2,
    rows: 263_817,
    lastDay: 31,
    runs: 30,
    checks: [
      check('completeness', ['责任单位必填', 'Owner unit given'], ['owner_unit'], [0.043, 0.012, 0.02]),
      check('completeness', ['事件统一标识', 'Common event key'], ['event_no'], [0.19, 0.074, 0.05], 2),
      check('uniqueness', ['工单号唯一', 'Order number unique'], ['id'], [0.0021, 0.0004, 0.001]),
      check('format', ['来电手机号', 'Caller’s mobile number'], ['caller_phone'], [0.062, 0.034, 0.03]),
      check(
        'columns',
        ['结案不早于受理', 'Closed not before accepted'],
        ['closed', 'accepted'],
        [0.012, 0.005, 0.01],
      ),
      check('lag', ['一日内入库', 'Stored within a day'], ['accepted', 'loaded'], [0.08, 0.031, 0.05]),
    ],
  },
  {
    subject: 'hexi',
    id: 'enterprises',
    title: ['法人库', 'Register of enterprises'],
    department: '市场监督管理局',
    engine: 'mysql',
    location: 'registry.hexi.example:3306/base/enterprises',
    weight: 1,
    rows: 103_944,
    lastDay: 31,
    runs: 21,
    checks: [
      check(
        'format',
        ['统一社会信用代码', 'Unified social credit code'],
        ['credit_code'],
        [0.021, 0.006, 0.01],
      ),
      check('uniqueness', ['信用代码唯一', 'Credit code unique'], ['credit_code'], [0.014, 0.0043, 0.005]),
      check('similarity', ['名称相近的企业', 'Enterprises of similar name'], ['name'], [0.037, 0.022, 0.02]),
      check(
        'agreement',
        ['与税务登记地址一致', 'Address as in the tax register'],
        ['address'],
        [0.093, null, 0.05],
        2,
      ),
      check('freshness', ['两日内更新', 'Updated within two days'], ['updated'], [0, 0, 0]),
    ],
  },
  {
    subject: 'hexi',
    id: 'city-parts',
    title: ['城市部件台账', 'Inventory of city parts'],
    department: '城市管理局',
    engine: 'duckdb',
    location: 'city-parts.parquet',
    weight: 1,
    rows: 351_602,
    lastDay: 12,
    runs: 14,
    checks: [
      check('format', ['坐标在市域内', 'Coordinates within the city'], ['lon', 'lat'], [0.036, 0.041, 0.02]),
      check('validity', ['部件类别在代码表内', 'Kind in the code list'], ['kind'], [0.052, 0.047, 0.02]),
      check('reference', ['网格编码存在', 'Grid cell exists'], ['grid'], [0.11, 0.097, 0.05]),
      check('freshness', ['一年内核查过', 'Inspected within a year'], ['inspected'], [0.33, 0.37, 0.2]),
    ],
  },
  {
    subject: 'hexi/dongcheng',
    id: 'grid-events',
    title: ['网格事件 <b>', 'Grid events <b>'],
    department: '东城区城市运行管理中心',
    engine: 'sqlite',
    location: 'grid.db/events',
    weight: 1,
    rows: 41_207,
    lastDay: 31,
    runs: 9,
    checks: [
      check('completeness', ['位置必填', 'Place given'], ['place'], [0.02, 0.008, 0.02]),
      check('volume', ['行数与历史相当', 'As many rows as usual'], [], [0.05, 0.013, 0.1]),
      check('drift', ['事件类型分布稳定', 'Kinds distributed as before'], ['kind'], [0.04, 0.06, 0.2]),
    ],
  },
  {
    subject: 'hexi',
    id: 'rainfall',
    title: ['雨情数据', 'Rainfall'],
    department: null,
    engine: 'duckdb',
    location: 'rainfall.csv',
    weight: 1,
    rows: 8_640,
    lastDay: 31,
    runs: 3,
    checks: [
      check('validity', ['雨量在量程内', 'Rainfall within range'], ['mm'], [0.006, null, 0.01], 3),
      check(
        'uniqueness',
        ['同一时刻不重复', 'One reading per instant'],
        ['gauge', 'at'],
        [0.028, 0.013, 0.01],
      ),
    ],
  },
];
