import { needed, optional, type RowOf } from '../../cloud/table/columns.ts';
import type { MetricSpec, Text } from '../../contract.ts';

/** What a list of applications says of each; counts of users are whole. */
export const useColumns = {
  application: needed('text', ['应用', 'application', '应用名称', '应用系统', 'name']),
  listed: optional('flag', ['上架', 'listed', '已上架', '是否上架']),
  registered: optional('count', ['注册用户数', 'registered', '注册用户', 'registered users']),
  activated: optional('count', ['激活用户数', 'activated', '激活用户', 'activated users']),
  active30Days: optional('count', [
    '近30天活跃用户数',
    'active 30 days',
    '近30日活跃用户数',
    '月活跃用户数',
    'monthly active users',
  ]),
  lastUsed: optional('instant', ['最近使用时间', 'last used', '最后使用时间', '最近访问时间']),
};

export type UseRow = RowOf<typeof useColumns>;

const labels: MetricSpec['labels'] = { application: { zh: '应用名称', en: 'Name of the application' } };

function gauge(name: string, zh: string, en: string): MetricSpec {
  return { name: `citygauge_application_${name}`, type: 'gauge', unit: '', help: { zh, en }, labels };
}

const listed = gauge('is_listed', '应用是否已上架', 'Whether the application is listed');
const effective = gauge(
  'is_effective',
  '已上架且近 30 天内有人使用',
  'Listed, and used by somebody in the last 30 days',
);
const registered = gauge('users_registered', '注册用户数', 'Users registered');
const activated = gauge('users_activated', '激活用户数', 'Users who activated their account');
const active = gauge('users_active_30_days', '近 30 天活跃用户数', 'Users of the last 30 days');

export const useMetrics: readonly MetricSpec[] = [listed, effective, registered, activated, active];

/** 04-operations-indicators: an effective application was used in the last 30 days. */
export const effectiveDays = 30;
const dayMilliseconds = 86_400_000;

export interface UseFigure {
  readonly metric: string;
  readonly value: number;
}

/** What makes a row impossible; null for one that is sound. */
export function faultOfUse(row: UseRow, now: number): Text | null {
  const counts = [
    ['注册用户数', 'registered', row.registered],
    ['激活用户数', 'activated', row.activated],
    ['近30天活跃用户数', 'active 30 days', row.active30Days],
  ] as const;
  for (const [zh, en, value] of counts) {
    if (value === null || Number.isInteger(value)) continue;
    return { zh: `「${zh}」${value} 不是整数`, en: `${en} is ${value}, which is no whole number` };
  }
  for (const [zh, en, value] of counts.slice(1)) {
    if (value === null || row.registered === null || value <= row.registered) continue;
    return {
      zh: `「${zh}」${value} 大于注册用户数 ${row.registered}`,
      en: `${en} is ${value} where only ${row.registered} are registered`,
    };
  }
  // A day given without its hour may be today's in a zone ahead.
  if (row.lastUsed !== null && row.lastUsed > now + dayMilliseconds) {
    return { zh: '最近使用时间晚于当前时间', en: 'the time of the last use lies in the future' };
  }
  return null;
}

/** Null when the row does not tell. */
function isUsed({ lastUsed, active30Days }: UseRow, now: number): boolean | null {
  if (lastUsed === null && active30Days === null) return null;
  // Whole days: a date without its hour may be any hour of that day.
  const isRecent = lastUsed !== null && Math.floor((now - lastUsed) / dayMilliseconds) <= effectiveDays;
  return isRecent || (active30Days ?? 0) > 0;
}

/** The figures of a sound row; a row of the list is a listed application unless it says otherwise. */
export function figuresOfUse(row: UseRow, now: number): readonly UseFigure[] {
  const isListed = row.listed ?? true;
  const used = isUsed(row, now);
  const known: readonly (readonly [MetricSpec, number | null])[] = [
    [listed, Number(isListed)],
    [effective, used === null ? null : Number(isListed && used)],
    [registered, row.registered],
    [activated, row.activated],
    [active, row.active30Days],
  ];
  return known.flatMap(([{ name: metric }, value]) => (value === null ? [] : [{ metric, value }]));
}

/** Figures that a row leaves empty though the list has their columns; a column that is not there is not asked for. */
export function missingUse(
  row: UseRow,
  has: ReadonlySet<string>,
): readonly { readonly metric: string; readonly reason: Text }[] {
  const asked: readonly (readonly [MetricSpec, readonly (keyof UseRow)[], string, string])[] = [
    [
      effective,
      ['lastUsed', 'active30Days'],
      '最近使用时间或近30天活跃用户数',
      'last used or active 30 days',
    ],
    [registered, ['registered'], '注册用户数', 'registered'],
    [activated, ['activated'], '激活用户数', 'activated'],
    [active, ['active30Days'], '近30天活跃用户数', 'active 30 days'],
  ];
  return asked.flatMap(([{ name: metric }, columns, zh, en]) => {
    const isAsked = columns.some((column) => has.has(column));
    const isGiven = columns.some((column) => row[column] !== null);
    return isAsked && !isGiven ? [{ metric, reason: { zh: `未填${zh}`, en: `${en} is not given` } }] : [];
  });
}
