import {
  type AlertingRule,
  type LampColour,
  lampTitles,
  type RecordingRule,
  type RuleGroup,
  type Text,
  type Threshold,
  type ThresholdGrade,
  thresholdLabels,
  thresholdRecords,
} from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { gradePromql, levelPromql, noDataPromql, valuePromql } from './grade-promql.ts';
import { alertLabels, escapeTemplate, gradeAlert, noDataAlert, recorded } from './names.ts';
import { localDayPromql, localTimePromql, schedulePromql } from './schedule-promql.ts';

export interface ThresholdRuleOptions {
  /** ISO instant of the generation: schedules have the changes of their zone's offset from then on. */
  readonly at: string;
}

const languages = ['en', 'zh'] as const;

/** `key` in English, `key_zh` in Chinese. */
function inBoth(key: string, text: Text): Record<string, string> {
  return Object.fromEntries(
    languages.map((language) => [language === 'en' ? key : `${key}_zh`, text[language]]),
  );
}

function conditionText({ when }: ThresholdGrade): Text {
  switch (when.kind) {
    case 'above':
      return { zh: `不低于 ${when.bound}`, en: `at or above ${when.bound}` };
    case 'below':
      return { zh: `不高于 ${when.bound}`, en: `at or below ${when.bound}` };
    case 'outside':
      return { zh: `超出 ${when.low} 至 ${when.high}`, en: `outside ${when.low} to ${when.high}` };
    case 'inside':
      return { zh: `处于 ${when.low} 至 ${when.high}`, en: `inside ${when.low} to ${when.high}` };
  }
}

const subject = '{{ $labels.subject }}';

function summaryOf({ title }: Threshold, colour: LampColour, rest: Text): Text {
  const lamp = lampTitles[colour];
  return {
    zh: `${escapeTemplate(title.zh)}：${lamp.zh}预警${rest.zh}，对象 ${subject}`,
    en: `${escapeTemplate(title.en)}: ${lamp.en.toLowerCase()} warning${rest.en}, subject ${subject}`,
  };
}

function gradeAnnotations(threshold: Threshold, grade: ThresholdGrade): Record<string, string> {
  const unit = threshold.unit === '' ? '' : ` ${escapeTemplate(threshold.unit)}`;
  const condition = conditionText(grade);
  const description: Text = {
    zh: `当前值 {{ $value }}${unit}，阈值为${condition.zh}；责任角色：${escapeTemplate(grade.role.zh)}`,
    en: `The value is {{ $value }}${unit}; the grade is given ${condition.en}. Role: ${escapeTemplate(grade.role.en)}`,
  };
  return {
    ...inBoth('summary', summaryOf(threshold, grade.colour, { zh: '', en: '' })),
    ...inBoth('description', description),
    ...inBoth('plan', { zh: escapeTemplate(grade.plan.zh), en: escapeTemplate(grade.plan.en) }),
    ...(grade.runbook === null ? {} : { runbook_url: escapeTemplate(grade.runbook) }),
  };
}

const durationOf = (seconds: number) => (seconds === 0 ? {} : { for: durationText(seconds) });

function gradeRule(threshold: Threshold, grade: ThresholdGrade): AlertingRule {
  return {
    alert: gradeAlert(threshold, grade.colour),
    expr: gradePromql(threshold, grade),
    ...durationOf(grade.forSeconds),
    labels: alertLabels(threshold, grade.colour, grade.role),
    annotations: gradeAnnotations(threshold, grade),
  };
}

function noDataRules(threshold: Threshold): AlertingRule[] {
  const { noData } = threshold;
  if (noData === null) return [];
  const summary = summaryOf(threshold, noData.colour, { zh: '（无数据）', en: ' (no data)' });
  const description: Text = {
    zh: `已超过 ${durationText(noData.forSeconds)} 没有数据，无法判断；责任角色：${escapeTemplate(noData.role.zh)}`,
    en: `There are no data for ${durationText(noData.forSeconds)}, so nothing is known. Role: ${escapeTemplate(noData.role.en)}`,
  };
  return [
    {
      alert: noDataAlert(threshold),
      expr: noDataPromql(threshold),
      ...durationOf(noData.forSeconds),
      labels: alertLabels(threshold, noData.colour, noData.role),
      annotations: { ...inBoth('summary', summary), ...inBoth('description', description) },
    },
  ];
}

/** One group per threshold: its value, its schedule, an alert per grade, silence, and the lamp as a number; in this order, each reads those before it. */
export function thresholdGroups(thresholds: readonly Threshold[], { at }: ThresholdRuleOptions): RuleGroup[] {
  return thresholds.map((threshold) => {
    const record = (name: keyof typeof thresholdRecords, expr: string): RecordingRule => ({
      record: thresholdRecords[name],
      expr,
      labels: { [thresholdLabels.threshold]: threshold.id },
    });
    const local = { time: recorded(threshold, 'localTime'), day: recorded(threshold, 'localDay') };
    return {
      name: `threshold-${threshold.id}`,
      interval: durationText(threshold.everySeconds),
      rules: [
        record('value', valuePromql(threshold)),
        ...(threshold.schedule === null
          ? []
          : [
              record('localTime', localTimePromql(threshold.schedule, at)),
              record('localDay', localDayPromql(local.time)),
              record('watched', schedulePromql(threshold.schedule, local)),
            ]),
        ...threshold.grades.map((grade) => gradeRule(threshold, grade)),
        ...noDataRules(threshold),
        record('level', levelPromql(threshold)),
      ],
    };
  });
}
