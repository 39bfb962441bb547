import {
  type AlertingRule,
  type RecordingRule,
  type RuleGroup,
  runbookFolder,
  type Threshold,
  type ThresholdGrade,
  thresholdLabels,
  thresholdRecords,
} from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { gradeAnnotations, noDataAnnotations } from './annotations.ts';
import { gradePromql, levelPromql, noDataPromql, valuePromql } from './grade-promql.ts';
import { alertLabels, gradeAlert, noDataAlert, recorded } from './names.ts';
import { localDayPromql, localTimePromql, schedulePromql } from './schedule-promql.ts';

export interface ThresholdRuleOptions {
  /** ISO instant of the generation: schedules have the changes of their zone's offset from then on. */
  readonly at: string;
  /** Folder or address of the runbooks, with its slash; that of the project when absent. */
  readonly runbooks?: string | undefined;
}

const durationOf = (seconds: number) => (seconds === 0 ? {} : { for: durationText(seconds) });

function gradeRule(threshold: Threshold, grade: ThresholdGrade, runbooks: string): AlertingRule {
  return {
    alert: gradeAlert(threshold, grade.colour),
    expr: gradePromql(threshold, grade),
    ...durationOf(grade.forSeconds),
    labels: alertLabels(threshold, grade.colour, grade.role),
    annotations: gradeAnnotations(threshold, grade, runbooks),
  };
}

function noDataRules(threshold: Threshold, runbooks: string): AlertingRule[] {
  const { noData } = threshold;
  if (noData === null) return [];
  return [
    {
      alert: noDataAlert(threshold),
      expr: noDataPromql(threshold),
      ...durationOf(noData.forSeconds),
      labels: alertLabels(threshold, noData.colour, noData.role),
      annotations: noDataAnnotations(threshold, noData, runbooks),
    },
  ];
}

/** One group per threshold: its value, its schedule, an alert per grade, silence, and the lamp as a number; in this order, each reads those before it. */
export function thresholdGroups(
  thresholds: readonly Threshold[],
  { at, runbooks = runbookFolder }: ThresholdRuleOptions,
): RuleGroup[] {
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
        ...threshold.grades.map((grade) => gradeRule(threshold, grade, runbooks)),
        ...noDataRules(threshold, runbooks),
        record('level', levelPromql(threshold)),
      ],
    };
  });
}
