import { check, ids, type SampleSource } from './sample-check.ts';

/** Sources in databases. */
export const databaseSources: readonly SampleSource[] = [
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
];
