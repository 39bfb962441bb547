import type { CheckKind, DataEngine, Text } from '../../../collectors/contract.ts';
import type { Course } from '../policy.ts';

/** Every number behind the sample's data-quality runs. None of them is taken from a real city. */

export interface SampleCheck {
  readonly kind: CheckKind;
  readonly title: Text;
  readonly columns: readonly string[];
  /** Share of the rows that are looked at. */
  readonly applies: number;
  /** Share of those that fail. */
  readonly failing: Course;
  readonly max: number;
  readonly weight: number;
  /** Condition of a failed row, as SQL; or the whole statement where rows do not fail one by one. */
  readonly fails: string | { readonly statement: string };
}

export interface SampleSource {
  readonly id: string;
  readonly title: Text;
  readonly department: string;
  readonly engine: DataEngine;
  readonly location: string;
  readonly table: string;
  readonly rows: Course;
  readonly checks: readonly SampleCheck[];
  /** The offending rows shown: column -> texts, masked where a person would be known by them. */
  readonly shown: readonly {
    readonly name: string;
    readonly isMasked: boolean;
    readonly values: readonly string[];
  }[];
}

const check = (
  kind: CheckKind,
  title: Text,
  rest: Omit<SampleCheck, 'kind' | 'title' | 'applies' | 'weight'> & {
    readonly applies?: number;
    readonly weight?: number;
  },
): SampleCheck => ({ kind, title, applies: 1, weight: 1, ...rest });

const ids = (prefix: string) => ({
  name: 'id',
  isMasked: false,
  values: [17, 240, 906].map((n) => `${prefix}${String(n).padStart(6, '0')}`),
});

export const qualitySources: readonly SampleSource[] = [
  {
    id: 'hotline-orders',
    title: { zh: '12345 工单库', en: 'Hotline work orders' },
    department: '政务服务管理局',
    engine: 'postgresql',
    location: 'orders.sample.example/hotline/public.orders',
    table: '"public"."orders"',
    rows: { from: 182_000, to: 264_000 },
    shown: [
      ids('GD'),
      { name: 'caller_phone', isMasked: true, values: ['138****0021', '139****4417', '136****9035'] },
    ],
    checks: [
      check(
        'completeness',
        { zh: '责任单位必填', en: 'Owner unit given' },
        {
          columns: ['owner_unit'],
          failing: { from: 0.043, to: 0.011 },
          max: 0.02,
          fails: `"owner_unit" is null`,
        },
      ),
      check(
        'completeness',
        { zh: '事件标识（与网格事件关联）', en: 'Common event key' },
        { columns: ['event_no'], failing: { from: 0.19, to: 0.07 }, max: 0.05, fails: `"event_no" is null` },
      ),
      check(
        'uniqueness',
        { zh: '工单号唯一', en: 'Order number unique' },
        {
          columns: ['id'],
          failing: { from: 0.0021, to: 0.0004 },
          max: 0.001,
          fails: {
            statement:
              'select count("id") as checked, count("id") - count(distinct "id") as failed from "public"."orders"',
          },
        },
      ),
      check(
        'format',
        { zh: '来电手机号格式', en: 'Format of the caller’s number' },
        {
          columns: ['caller_phone'],
          applies: 0.81,
          failing: { from: 0.062, to: 0.019 },
          max: 0.03,
          fails: `not "caller_phone" ~ '^1[3-9][0-9]{9}$'`,
        },
      ),
      check(
        'columns',
        { zh: '结案不早于受理', en: 'Closed not before accepted' },
        {
          columns: ['closed', 'accepted'],
          applies: 0.94,
          failing: { from: 0.012, to: 0.005 },
          max: 0.005,
          fails: `"closed" < "accepted"`,
        },
      ),
      check(
        'lag',
        { zh: '受理后一日内入库', en: 'Stored within a day of acceptance' },
        {
          columns: ['accepted', 'loaded'],
          failing: { from: 0.08, to: 0.03 },
          max: 0.05,
          fails: `"loaded" - "accepted" > interval '1 day'`,
        },
      ),
    ],
  },
  {
    id: 'enterprises',
    title: { zh: '法人库', en: 'Register of enterprises' },
    department: '市场监督管理局',
    engine: 'mysql',
    location: 'registry.sample.example/base/enterprises',
    table: '`enterprises`',
    rows: { from: 96_400, to: 103_900 },
    shown: [ids('QY'), { name: 'legal_person', isMasked: true, values: ['王**', '李**', '赵**'] }],
    checks: [
      check(
        'format',
        { zh: '统一社会信用代码格式', en: 'Unified social credit code' },
        {
          columns: ['credit_code'],
          failing: { from: 0.021, to: 0.006 },
          max: 0.01,
          fails: "`credit_code` not regexp '^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$'",
        },
      ),
      check(
        'uniqueness',
        { zh: '信用代码唯一', en: 'Credit code unique' },
        {
          columns: ['credit_code'],
          failing: { from: 0.014, to: 0.004 },
          max: 0.005,
          fails: {
            statement:
              'select count(`credit_code`) as checked, count(`credit_code`) - count(distinct `credit_code`) as failed from `enterprises`',
          },
        },
      ),
      check(
        'similarity',
        { zh: '名称相近的企业', en: 'Enterprises of similar name' },
        {
          columns: ['name'],
          failing: { from: 0.037, to: 0.02 },
          max: 0.02,
          fails: { statement: 'select `name`, count(*) as rows_of_name from `enterprises` group by `name`' },
        },
      ),
      check(
        'completeness',
        { zh: '行业代码必填', en: 'Industry code given' },
        {
          columns: ['industry'],
          failing: { from: 0.088, to: 0.036 },
          max: 0.05,
          fails: '`industry` is null',
        },
      ),
      check(
        'agreement',
        { zh: '与税务登记地址一致', en: 'Address as in the tax register' },
        {
          columns: ['address'],
          applies: 0.9,
          failing: { from: 0.093, to: 0.058 },
          max: 0.05,
          fails: {
            statement:
              'select count(*) as checked, sum(case when e.`address` <> t.`address` then 1 else 0 end) as failed from `enterprises` e join `tax_register` t using (`credit_code`)',
          },
        },
      ),
      check(
        'freshness',
        { zh: '两日内更新', en: 'Updated within two days' },
        {
          columns: ['updated'],
          failing: { from: 0, to: 0 },
          max: 0,
          fails: { statement: 'select max(`updated`) as newest from `enterprises`' },
        },
      ),
    ],
  },
  {
    id: 'city-parts',
    title: { zh: '城市部件台账', en: 'Inventory of city parts' },
    department: '城市管理局',
    engine: 'duckdb',
    location: 'city-parts.parquet',
    table: '"city-parts"',
    rows: { from: 311_000, to: 352_000 },
    shown: [ids('BJ'), { name: 'kind', isMasked: false, values: ['井盖', '路灯', '井盖'] }],
    checks: [
      check(
        'format',
        { zh: '坐标在市域内', en: 'Coordinates within the city' },
        {
          columns: ['lon', 'lat'],
          failing: { from: 0.036, to: 0.012 },
          max: 0.02,
          fails: 'not ("lon" between 118 and 120 and "lat" between 25 and 27)',
        },
      ),
      check(
        'validity',
        { zh: '部件类别在代码表内', en: 'Kind in the code list' },
        {
          columns: ['kind'],
          failing: { from: 0.052, to: 0.017 },
          max: 0.02,
          fails: `"kind" not in ('井盖', '路灯', '雨水箅', '行道树')`,
        },
      ),
      check(
        'reference',
        { zh: '网格编码存在', en: 'Grid cell exists' },
        {
          columns: ['grid'],
          failing: { from: 0.11, to: 0.052 },
          max: 0.05,
          fails: '"grid" not in (select "code" from "grids")',
        },
      ),
      check(
        'completeness',
        { zh: '权属单位必填', en: 'Owner given' },
        { columns: ['owner'], failing: { from: 0.15, to: 0.081 }, max: 0.05, fails: '"owner" is null' },
      ),
      check(
        'freshness',
        { zh: '一年内核查过', en: 'Inspected within a year' },
        {
          columns: ['inspected'],
          failing: { from: 0.33, to: 0.24 },
          max: 0.2,
          fails: `"inspected" < current_date - interval '365 days'`,
        },
      ),
    ],
  },
  {
    id: 'water-gauges',
    title: { zh: '积水点水位', en: 'Water levels' },
    department: '水务局',
    engine: 'duckdb',
    location: 'water-gauges.csv',
    table: '"water-gauges"',
    rows: { from: 1_120_000, to: 1_340_000 },
    shown: [ids('SW'), { name: 'level', isMasked: false, values: ['-4.20', '99.99', '-4.20'] }],
    checks: [
      check(
        'validity',
        { zh: '水位在量程内', en: 'Level within range' },
        {
          columns: ['level'],
          failing: { from: 0.017, to: 0.009 },
          max: 0.01,
          fails: '"level" not between -1 and 10',
        },
      ),
      check(
        'uniqueness',
        { zh: '同一时刻不重复', en: 'One reading per instant' },
        {
          columns: ['gauge', 'at'],
          failing: { from: 0.028, to: 0.013 },
          max: 0.01,
          fails: {
            statement:
              'select count(*) as checked, count(*) - count(distinct ("gauge", "at")) as failed from "water-gauges"',
          },
        },
      ),
      check(
        'freshness',
        { zh: '一小时内有数据', en: 'Reading within an hour' },
        {
          columns: ['at'],
          failing: { from: 0, to: 0 },
          max: 0,
          fails: { statement: 'select max("at") as newest from "water-gauges"' },
        },
      ),
      check(
        'volume',
        { zh: '日行数与历史相当', en: 'As many rows as usual' },
        {
          columns: [],
          failing: { from: 0.05, to: 0.02 },
          max: 0.1,
          fails: { statement: 'select count(*) as rows_now from "water-gauges"' },
        },
      ),
      check(
        'drift',
        { zh: '水位分布稳定', en: 'Levels distributed as before' },
        {
          columns: ['level'],
          failing: { from: 0.04, to: 0.03 },
          max: 0.1,
          fails: {
            statement: 'select floor("level" * 10) as bin, count(*) as n from "water-gauges" group by 1',
          },
        },
      ),
    ],
  },
];

/** One source of a district. */
export const districtSource = { index: 2, share: 0.2 } as const;

export const qualityStories = {
  /** In the last month the account of the registry lost its right to read one column. */
  denied: { source: 'enterprises', column: 'address', month: 11 },
  /** The water gauges were not delivered for two weeks. */
  late: { source: 'water-gauges', column: 'at', month: 8, days: 14 },
} as const;
