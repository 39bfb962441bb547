import { check, ids, type SampleSource } from './sample-check.ts';

/** Sources in files. */
export const fileSources: readonly SampleSource[] = [
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
