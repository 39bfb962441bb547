import type { Text } from './text.ts';

/** Kinds of records the evidence store keeps (04-operations-indicators, "Records"). */
export const recordKinds = [
  'work-orders',
  'requirements',
  'incidents',
  'security-events',
  'surveys',
  'entries',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** `instant` is kept to the millisecond in UTC; `ratio` is 0..1; `list` is a list of texts. */
export type FieldType = 'text' | 'code' | 'instant' | 'number' | 'integer' | 'ratio' | 'boolean' | 'list';

export interface FieldSpec {
  readonly type: FieldType;
  readonly title: Text;
  /** The values a `code` may take. */
  readonly codes?: readonly string[];
  readonly isRequired?: boolean;
}

export interface RecordKindSpec {
  readonly title: Text;
  /** Name of the table. */
  readonly table: string;
  /** The instant that places a record in a period unless a measure says otherwise; null for entries, which name their period. */
  readonly cohort: string | null;
  /** Instants of the life cycle that may not lie before the cohort instant; a record that breaks this is faulty. */
  readonly notBeforeCohort: readonly string[];
  /** Drill-down dimensions: name of the slice on the command line -> field. `subject` is a slice of every kind. */
  readonly slices: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, FieldSpec>>;
}

const text = (zh: string, en: string): FieldSpec => ({ type: 'text', title: { zh, en } });
const instant = (zh: string, en: string): FieldSpec => ({ type: 'instant', title: { zh, en } });
const flag = (zh: string, en: string): FieldSpec => ({ type: 'boolean', title: { zh, en } });
const number = (zh: string, en: string): FieldSpec => ({ type: 'number', title: { zh, en } });
const integer = (zh: string, en: string): FieldSpec => ({ type: 'integer', title: { zh, en } });
const list = (zh: string, en: string): FieldSpec => ({ type: 'list', title: { zh, en } });
const code = (zh: string, en: string, codes: readonly string[]): FieldSpec => ({
  type: 'code',
  title: { zh, en },
  codes,
});
const required = (spec: FieldSpec): FieldSpec => ({ ...spec, isRequired: true });

/**
 * Every field of every kind, spelt once: tables, import mappings, record expressions, forms and docs are derived from it.
 * Each record also has `id` (unique per kind and root subject) and `subject`; both come beside the fields.
 */
export const recordKindSpecs: Readonly<Record<RecordKind, RecordKindSpec>> = {
  'work-orders': {
    title: { zh: '工单', en: 'Work orders' },
    table: 'work_orders',
    cohort: 'accepted',
    notBeforeCohort: ['dispatched', 'handled', 'checked', 'closed'],
    slices: { unit: 'ownerUnit', type: 'type', neighbourhood: 'neighbourhood', channel: 'channel' },
    fields: {
      type: text('类型', 'Type'),
      channel: code('渠道', 'Channel', ['citizen', 'app', 'employee', 'sensor', 'ai']),
      neighbourhood: text('片区', 'Neighbourhood'),
      found: instant('发现时间', 'Found'),
      accepted: instant('受理时间', 'Accepted'),
      dispatched: instant('分拨时间', 'Dispatched'),
      handled: instant('处置时间', 'Handled'),
      checked: instant('核查时间', 'Checked'),
      closed: instant('结案时间', 'Closed'),
      due: instant('办理时限', 'Due'),
      status: code('状态', 'Status', [
        'found',
        'accepted',
        'dispatched',
        'handled',
        'checked',
        'closed',
        'rated',
        'assessed',
      ]),
      ownerUnit: text('责任单位', 'Owner unit'),
      leadUnit: text('牵头单位', 'Lead unit'),
      supportingUnits: list('配合单位', 'Supporting units'),
      duplicateOf: text('并案于', 'Duplicate of'),
      invalid: flag('无效', 'Invalid'),
      reopened: integer('返工次数', 'Reopened count'),
      rating: number('评价', 'Rating'),
    },
  },
  requirements: {
    title: { zh: '需求', en: 'Requirements' },
    table: 'requirements',
    cohort: 'raised',
    notBeforeCohort: ['answered', 'coordinated', 'designed', 'approved', 'delivered', 'accepted'],
    slices: { unit: 'unit' },
    fields: {
      title: text('标题', 'Title'),
      unit: text('提出单位', 'Raising unit'),
      raised: instant('提出时间', 'Raised'),
      answered: instant('答复时间', 'Answered'),
      feasible: flag('可行', 'Feasible'),
      coordinated: instant('协调完成时间', 'Coordinated'),
      designed: instant('设计完成时间', 'Designed'),
      approved: instant('审批完成时间', 'Approved'),
      delivered: instant('交付时间', 'Delivered'),
      accepted: instant('验收时间', 'Accepted'),
      answerDue: instant('答复时限', 'Answer due'),
      designDue: instant('设计时限', 'Design due'),
      approvalDue: instant('审批时限', 'Approval due'),
      deliveryDue: instant('交付时限', 'Delivery due'),
      inUse: flag('投入使用', 'In use'),
      fit: flag('贴合需求', 'Meets the requirement'),
    },
  },
  incidents: {
    title: { zh: '事件', en: 'Incidents' },
    table: 'incidents',
    cohort: 'started',
    notBeforeCohort: ['detected', 'acknowledged', 'mitigated', 'resolved'],
    slices: { severity: 'severity', type: 'class' },
    fields: {
      severity: code('级别', 'Severity', ['critical', 'major', 'minor', 'info']),
      class: text('类别', 'Class'),
      started: instant('发生时间', 'Started'),
      detected: instant('发现时间', 'Detected'),
      acknowledged: instant('响应时间', 'Acknowledged'),
      mitigated: instant('止损时间', 'Mitigated'),
      resolved: instant('解决时间', 'Resolved'),
      impactUsers: integer('影响用户数', 'Users affected'),
      impactMinutes: number('影响分钟数', 'Minutes of impact'),
      cause: text('原因', 'Cause'),
      actions: list('改进措施', 'Actions'),
    },
  },
  'security-events': {
    title: { zh: '安全事件', en: 'Security events' },
    table: 'security_events',
    cohort: 'found',
    notBeforeCohort: ['contained', 'closed'],
    slices: { type: 'class', severity: 'severity' },
    fields: {
      class: required(code('类别', 'Class', ['C1', 'C2', 'C3', 'C4'])),
      severity: code('级别', 'Severity', ['critical', 'high', 'medium', 'low']),
      found: instant('发现时间', 'Found'),
      contained: instant('遏制时间', 'Contained'),
      closed: instant('关闭时间', 'Closed'),
      due: instant('时限', 'Due'),
      reopened: integer('重开次数', 'Reopened count'),
      alarm: text('来源告警', 'Raised by alarm'),
    },
  },
  surveys: {
    title: { zh: '满意度调查', en: 'Survey answers' },
    table: 'survey_answers',
    cohort: 'answered',
    notBeforeCohort: [],
    slices: { type: 'respondentKind', question: 'question' },
    fields: {
      questionnaire: text('问卷', 'Questionnaire'),
      question: text('问题', 'Question'),
      respondentKind: required(code('答卷人', 'Respondent', ['customer', 'user'])),
      score: number('得分', 'Score'),
      scale: number('满分', 'Full score'),
      answered: instant('作答时间', 'Answered'),
    },
  },
  entries: {
    title: { zh: '填报', en: 'Entries' },
    table: 'entries',
    cohort: null,
    notBeforeCohort: [],
    slices: {},
    fields: {
      indicator: required(text('指标', 'Indicator')),
      period: required(text('周期', 'Period')),
      value: number('数值', 'Value'),
      numerator: number('分子', 'Numerator'),
      denominator: number('分母', 'Denominator'),
      evidence: text('佐证材料', 'Evidence file'),
      submittedBy: text('填报人', 'Submitted by'),
      verifiedBy: text('核验人', 'Verified by'),
    },
  },
};

/** A value of a field; instants as ISO UTC text with milliseconds (`2015-03-01T05:00:00.000Z`), absence as null. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** One business record (业务记录), normalised and ready to be stored. */
export interface StoredRecord {
  readonly id: string;
  readonly subject: string;
  /** Every field of the kind is present; unknown is null, never a made-up value. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Why its times are impossible, in words of both languages (`fromBothLanguages`); null for a sound record. A faulty record is kept; only measures of faulty records take it. */
  readonly fault: string | null;
  /** Line in the file it came from, counted from 1 with the header as line 1. */
  readonly line: number;
}

/** What an import may carry: the record kinds and, in a form of its own, observations. */
export const importKinds = [...recordKinds, 'observations'] as const;
export type ImportKind = (typeof importKinds)[number];
