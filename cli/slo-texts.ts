import type { Language, Text } from '../collectors/contract.ts';
import {
  cutPercent,
  type ExclusionKind,
  type SloCounts,
  type SloExclusion,
  type SloFigure,
  type SloSpan,
} from '../rules/contract.ts';
import type { Recount } from './compose/slo/recount.ts';
import type { SloState, SloStatus } from './compose/slo/status.ts';
import type { LocalTimes } from './local-times.ts';
import { plainText, tableText } from './table.ts';

const stateTitles: Readonly<Record<SloState, Text>> = {
  met: { zh: '达成', en: 'met' },
  atRisk: { zh: '预计期末不达成', en: 'at risk' },
  missed: { zh: '未达成', en: 'missed' },
  unsure: { zh: '数据不全', en: 'not sure' },
  zeroBase: { zh: '无事件', en: 'no events' },
  absent: { zh: '无数据', en: 'no data' },
  failed: { zh: '统计失败', en: 'failed' },
};

const kindTitles: Readonly<Record<ExclusionKind, Text>> = {
  maintenance: { zh: '计划检修', en: 'maintenance' },
  'force-majeure': { zh: '不可抗力', en: 'force majeure' },
};

const titles = {
  slo: { zh: '服务目标', en: 'SLO' },
  subject: { zh: '评估对象', en: 'Subject' },
  span: { zh: '考核期', en: 'Period' },
  objective: { zh: '目标', en: 'Objective' },
  raw: { zh: '达成率（原始）', en: 'Attainment (raw)' },
  adjusted: { zh: '达成率（剔除后）', en: 'Attainment (adjusted)' },
  left: { zh: '预算余量', en: 'Budget left' },
  burn: { zh: '当前燃烧率', en: 'Burn now' },
  exhausted: { zh: '预计用尽', en: 'Used up in' },
  forecast: { zh: '期末预测', en: 'Left at the end' },
  state: { zh: '状态', en: 'State' },
  number: { zh: '编号', en: 'No.' },
  kind: { zh: '类别', en: 'Kind' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  reason: { zh: '原因', en: 'Reason' },
  by: { zh: '签署', en: 'By' },
  evidence: { zh: '依据', en: 'Evidence' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
  revision: { zh: '版次', en: 'Revision' },
  before: { zh: '原计数（坏/总）', en: 'Before (bad / all)' },
  after: { zh: '现计数（坏/总）', en: 'Now (bad / all)' },
} as const satisfies Record<string, Text>;

const heads = (language: Language, ...names: readonly (keyof typeof titles)[]) =>
  names.map((name) => titles[name][language]);

const absent = '—';
/** Attainments differ in the digits behind the objective's: 99.95 % of 99.9 %. */
const attainmentDigits = 3;

const percent = (ratio: number | null, digits: number) =>
  ratio === null ? absent : `${cutPercent(ratio, digits).toFixed(digits)} %`;

function attainmentText(ratio: number | null, objectivePercent: number): string {
  const written = String(objectivePercent).split('.')[1]?.length ?? 0;
  return percent(ratio, Math.max(attainmentDigits, written + 1));
}

function durationText(seconds: number | null, language: Language): string {
  if (seconds === null) return absent;
  if (seconds === 0) return language === 'zh' ? '已用尽' : 'used up';
  const [value, unit] =
    seconds >= 172_800
      ? [seconds / 86_400, { zh: '天', en: 'd' }]
      : seconds >= 7200
        ? [seconds / 3600, { zh: '小时', en: 'h' }]
        : [seconds / 60, { zh: '分钟', en: 'min' }];
  return `${value.toFixed(1)} ${unit[language]}`;
}

function stateText({ state, budget }: SloStatus, language: Language): string {
  const guard = language === 'zh' ? '（流量偏低）' : ' (low traffic)';
  return `${stateTitles[state][language]}${budget.isLowTraffic ? guard : ''}`;
}

/** `2026-11`, or `28d` for the window that ends with the instant asked for. */
const spanText = ({ kind, id }: SloSpan) => (kind === 'rolling' ? (id.split('@')[0] ?? id) : id);

/** A table of all, and below it the reason of each whose figure is not whole. */
export function statusText(statuses: readonly SloStatus[], language: Language): string {
  if (statuses.length === 0) return language === 'zh' ? '没有服务目标' : 'there is no SLO';
  const head = heads(
    ...([language, 'slo', 'span', 'objective', 'raw', 'adjusted'] as const),
    ...(['left', 'burn', 'exhausted', 'forecast', 'state'] as const),
  );
  const rows = statuses.map((status) => {
    const { definition, figure, budget } = status;
    const { burnNow, exhaustedInSeconds, leftAtEndRatio } = budget.outlook;
    return [
      ...[definition.id, spanText(figure.span), `${definition.objectivePercent} %`],
      attainmentText(budget.raw.attainmentRatio, definition.objectivePercent),
      attainmentText(budget.adjusted.attainmentRatio, definition.objectivePercent),
      percent(budget.adjusted.leftRatio, 1),
      burnNow === null ? absent : burnNow.toFixed(2),
      durationText(exhaustedInSeconds, language),
      percent(leftAtEndRatio, 1),
      stateText(status, language),
    ];
  });
  const reasons = statuses.flatMap(({ definition, figure: { reason } }) =>
    reason ? [plainText(`${definition.id}: ${reason[language]}`)] : [],
  );
  return [tableText(head, rows), ...reasons].join('\n');
}

export function exclusionsText(
  exclusions: readonly SloExclusion[],
  language: Language,
  times: LocalTimes,
): string {
  if (exclusions.length === 0) return language === 'zh' ? '没有剔除记录' : 'there is no exclusion';
  const head = heads(
    ...([language, 'number', 'slo', 'kind', 'from', 'to'] as const),
    ...(['reason', 'by', 'evidence', 'withdrawn'] as const),
  );
  const rows = exclusions.map((each) => [
    ...[String(each.id), each.slo, kindTitles[each.kind][language]],
    ...[times(each.from, each.subject), times(each.to, each.subject)],
    ...[each.reason, each.by, each.evidence, each.withdrawnBy ?? absent],
  ]);
  return tableText(head, rows);
}

const countsText = ({ bad, total }: SloCounts) => `${short(bad)} / ${short(total)}`;
const short = (value: number) => String(Number(value.toPrecision(7)));

/** Bad and all, and what exclusions leave out of them. */
function countedText(figure: SloFigure | null, language: Language): string {
  if (!figure?.counts) return absent;
  const whole = countsText(figure.counts);
  const sum = (of: (each: SloCounts) => number) =>
    figure.excluded.reduce((total, each) => total + of(each), 0);
  if (figure.excluded.length === 0) return whole;
  const left = countsText({ bad: sum(({ bad }) => bad), total: sum(({ total }) => total) });
  return language === 'zh' ? `${whole}，剔除 ${left}` : `${whole}, less ${left}`;
}

/** Spans whose count differs from what was kept, and how many do not. */
export function recountText(recounts: readonly Recount[], language: Language): string {
  const changed = recounts.filter(({ isNew }) => isNew);
  const same = recounts.length - changed.length;
  const others = same === 1 ? '1 span counts as before' : `${same} spans count as before`;
  const rest = language === 'zh' ? `${same} 段计数不变` : others;
  if (changed.length === 0) return rest;
  const rows = changed.map(({ span, before, after, revision }) => [
    ...[span.id, countedText(before, language), countedText(after, language), String(revision)],
    after.reason?.[language] ?? '',
  ]);
  return [tableText(heads(language, 'span', 'before', 'after', 'revision', 'reason'), rows), rest].join('\n');
}
