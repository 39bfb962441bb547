import {
  type Language,
  type Severity,
  severities,
  severityTitles,
  type Text,
} from '../collectors/contract.ts';
import type {
  Alarm,
  AssetRow,
  Finding,
  FindingHistory,
  FindingState,
  Suppression,
} from '../store/contract.ts';
import type { LocalTimes } from './local-times.ts';
import { plainText, tableText } from './table.ts';

const stateTitles: Readonly<Record<FindingState, Text>> = {
  open: { zh: '未修复', en: 'open' },
  suppressed: { zh: '已抑制', en: 'suppressed' },
  fixed: { zh: '已修复', en: 'fixed' },
};

const changeTitles: Readonly<Record<FindingHistory['changes'][number]['change'], Text>> = {
  opened: { zh: '发现', en: 'opened' },
  fixed: { zh: '修复', en: 'fixed' },
  reopened: { zh: '复发', en: 'reopened' },
};

const titles = {
  number: { zh: '编号', en: 'No.' },
  severity: { zh: '级别', en: 'Severity' },
  rule: { zh: '规则', en: 'Rule' },
  asset: { zh: '资产', en: 'Asset' },
  subject: { zh: '评估对象', en: 'Subject' },
  title: { zh: '标题', en: 'Title' },
  state: { zh: '状态', en: 'State' },
  age: { zh: '天数', en: 'Days' },
  name: { zh: '名称', en: 'Name' },
  kind: { zh: '类型', en: 'Kind' },
  owner: { zh: '责任方', en: 'Owner' },
  open: { zh: '未修复（严重/高/中/低/提示）', en: 'Open (critical/high/medium/low/info)' },
  lastScan: { zh: '最近扫描', en: 'Last scan' },
  lastLog: { zh: '最近日志', en: 'Last log' },
  signature: { zh: '特征', en: 'Signature' },
  first: { zh: '首次', en: 'First' },
  count: { zh: '次数', en: 'Count' },
  judgement: { zh: '研判', en: 'Judgement' },
} as const satisfies Record<string, Text>;

const heads = (language: Language, ...names: readonly (keyof typeof titles)[]) =>
  names.map((name) => titles[name][language]);

const severityText = (severity: Severity, language: Language) => severityTitles[severity][language];
const dateLength = '2031-05-01'.length;

/** `12 of 340 shown`, where there are more than are shown. */
function shownText(shown: number, total: number, language: Language): string[] {
  if (shown === total) return [];
  return [language === 'zh' ? `共 ${total} 条，显示 ${shown} 条` : `${shown} of ${total} are shown`];
}

interface Listed<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** A table of rows, which names their subjects where they have several: assets of the same id may be two. */
function listText<Row extends { readonly subject: string }>(
  { total, rows }: Listed<Row>,
  { head, cellsOf }: { readonly head: readonly string[]; readonly cellsOf: (row: Row) => readonly string[] },
  language: Language,
): string {
  const isOfOne = new Set(rows.map(({ subject }) => subject)).size < 2;
  const cells = rows.map((row) => (isOfOne ? cellsOf(row) : [...cellsOf(row), row.subject]));
  const heading = isOfOne ? head : [...head, ...heads(language, 'subject')];
  return [tableText(heading, cells), ...shownText(rows.length, total, language)].join('\n');
}

export function findingsText(found: Listed<Finding>, language: Language): string {
  if (found.total === 0) return language === 'zh' ? '没有符合条件的安全发现' : 'no finding matches';
  const head = heads(language, 'number', 'severity', 'rule', 'asset', 'title', 'state', 'age');
  const cellsOf = (row: Finding) => [
    ...[String(row.id), severityText(row.severity, language), row.rule, row.asset, row.title],
    ...[stateTitles[row.state][language], row.ageDays.toFixed(0)],
  ];
  return listText(found, { head, cellsOf }, language);
}

export function historyText(
  { finding, changes, suppressions }: FindingHistory,
  language: Language,
  times: LocalTimes,
): string {
  const isChinese = language === 'zh';
  const [first, last] = [finding.firstSeenAt, finding.lastSeenAt].map((at) => times(at, finding.subject));
  const seen = isChinese
    ? `首次发现 ${first}，最近一次 ${last}，复发 ${finding.reopened} 次`
    : `first seen ${first}, last seen ${last}, reopened ${finding.reopened} times`;
  const cvss = finding.cvss === null ? '' : `  CVSS ${finding.cvss}`;
  return [
    `${finding.id}  ${finding.rule}  ${finding.asset}  ${stateTitles[finding.state][language]}`,
    `${severityText(finding.severity, language)}${cvss}  ${finding.title}`,
    seen,
    `${titles.owner[language]}${isChinese ? '：' : ': '}${finding.owner ?? '—'}`,
    ...(finding.url === null ? [] : [finding.url]),
    ...finding.places.map((place) => `  ${place}`),
    ...changes.map(
      ({ at, change, scanner }) =>
        `${times(at, finding.subject)}  ${changeTitles[change][language]}  ${scanner}`,
    ),
    ...suppressions.map((each) => suppressionText(each, language, times)),
  ]
    .map(plainText)
    .join('\n');
}

export function suppressionText(suppression: Suppression, language: Language, times: LocalTimes): string {
  const { id, subject, rule, asset, reason, by, ended, findings } = suppression;
  const expiresAt = times(suppression.expiresAt, subject);
  const isChinese = language === 'zh';
  const of = asset ?? (isChinese ? '全部资产' : 'every asset');
  const until = isChinese ? `至 ${expiresAt}` : `until ${expiresAt}`;
  const end = ended
    ? isChinese
      ? `，已由 ${ended.by} 于 ${times(ended.at, subject)} 解除`
      : `, ended by ${ended.by} at ${times(ended.at, subject)}`
    : '';
  return isChinese
    ? `抑制 ${id}：${rule}，${of}，${until}，${by}：${reason}（涉及 ${findings} 项）${end}`
    : `suppression ${id}: ${rule}, ${of}, ${until}, by ${by}: ${reason} (${findings} findings)${end}`;
}

export function assetsText(found: Listed<AssetRow>, language: Language, times: LocalTimes): string {
  if (found.total === 0) return language === 'zh' ? '没有符合条件的资产' : 'no asset matches';
  const unlisted = language === 'zh' ? '（未登记）' : ' (not listed)';
  const head = heads(language, 'asset', 'name', 'kind', 'owner', 'open', 'lastScan', 'lastLog');
  const dayOf = (instant: string | null, subject: string) =>
    instant === null ? '—' : times(instant, subject).slice(0, dateLength);
  const cellsOf = (row: AssetRow) => [
    ...[row.isListed ? row.id : `${row.id}${unlisted}`, row.name, row.kind || '—', row.owner ?? '—'],
    severities.map((severity) => row.open[severity]).join('/'),
    ...[dayOf(row.lastScanAt, row.subject), dayOf(row.lastLogAt, row.subject)],
  ];
  return listText(found, { head, cellsOf }, language);
}

const verdictTitles = {
  confirmed: { zh: '属实', en: 'confirmed' },
  dismissed: { zh: '误报', en: 'dismissed' },
} as const satisfies Record<string, Text>;

export function alarmsText(found: Listed<Alarm>, language: Language, times: LocalTimes): string {
  if (found.total === 0) return language === 'zh' ? '没有符合条件的告警' : 'no alarm matches';
  const head = [
    ...heads(language, 'number', 'severity', 'signature', 'asset', 'title'),
    ...heads(language, 'first', 'count', 'judgement'),
  ];
  const cellsOf = (row: Alarm) => [
    ...[String(row.id), severityText(row.severity, language), row.signature, row.asset, row.title],
    ...[times(row.firstAt, row.subject), String(row.count)],
    row.judgement ? `${verdictTitles[row.judgement.verdict][language]}  ${row.judgement.by}` : '—',
  ];
  return listText(found, { head, cellsOf }, language);
}
