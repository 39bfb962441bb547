import { daySeconds, suitePolicy } from './policy.ts';
import type { Scene, SuiteAlert, SuiteGroup } from './suite-alert.ts';

const { evaluationDueDays, reportDueDays, newsDays, coverageFall, settledMinutes } = suitePolicy;
const labels = { job: 'citygauge-evaluation', subject: 'lin', model: 'event-loop-2022' };
const reportLabels = { ...labels, job: 'citygauge-reports' };
const selector = '{job="citygauge-evaluation", subject="lin", model="event-loop-2022"}';
const reportSelector = selector.replace('citygauge-evaluation', 'citygauge-reports');

/** Of an evaluation made after its period's end, in the days in which that is news. */
const isNews =
  'citygauge_evaluation_saved_timestamp_seconds >= citygauge_evaluation_period_end_timestamp_seconds and ' +
  `time() - citygauge_evaluation_saved_timestamp_seconds < ${newsDays * daySeconds}`;

const news = (condition: string) => `${condition} and on (job, subject, model) (${isNews})`;
/** Saved at minute 5 over a period that ended the minute before. */
const saved = {
  [`citygauge_evaluation_saved_timestamp_seconds${selector}`]: '_x5 300x20',
  [`citygauge_evaluation_period_end_timestamp_seconds${selector}`]: '_x5 240x20',
};
/** Saved at minute 5 in the course of the period. */
const preview = {
  ...saved,
  [`citygauge_evaluation_period_end_timestamp_seconds${selector}`]: '_x5 86400x20',
};

function newsScenes(metric: string, values: { readonly good: number; readonly bad: number }): Scene[] {
  const series = `${metric}${selector}`;
  const of = (value: number) => ({ [series]: `_x5 ${value}x20` });
  return [
    { name: 'it stands as before', series: { ...saved, ...of(values.good) }, silentAt: [5, 25], fires: null },
    {
      name: 'the period still runs',
      series: { ...preview, ...of(values.bad) },
      silentAt: [5, 25],
      fires: null,
    },
    {
      name: 'a final evaluation of minute 5',
      series: { ...saved, ...of(values.bad) },
      silentAt: [4],
      fires: { at: 5, labels },
    },
    {
      // At minute 10 it was saved seven days ago.
      name: 'news of last week',
      series: {
        ...of(values.bad),
        [`citygauge_evaluation_saved_timestamp_seconds${selector}`]: `${600 - newsDays * daySeconds}x20`,
        [`citygauge_evaluation_period_end_timestamp_seconds${selector}`]: `${-30 * daySeconds}x20`,
      },
      silentAt: [4, 10, 20],
      fires: { at: 9, labels },
    },
  ];
}

function overdue(metric: string, days: number, own: { selector: string; labels: typeof labels }): Scene[] {
  const series = `${metric}${own.selector}`;
  return [
    { name: 'the next period has just ended', series: { [series]: '0x120' }, silentAt: [120], fires: null },
    {
      // The time allowed is over at minute 10.
      name: 'nothing comes',
      series: { [series]: `${600 - days * daySeconds}x120` },
      silentAt: [10, 70],
      fires: { at: 71, labels: own.labels },
    },
  ];
}

const gradeFell: SuiteAlert = {
  name: 'CityGaugeGradeFell',
  severity: 'ticket',
  expression: () => news('citygauge_evaluation_grade_change < 0'),
  forMinutes: 0,
  summary: {
    zh: '{subject} 按 {model} 评估的等级比上一周期下降',
    en: 'The grade of {subject} by {model} is lower than in the period before',
  },
  scenes: newsScenes('citygauge_evaluation_grade_change', { good: 1, bad: -1 }),
};

const coverageFell: SuiteAlert = {
  name: 'CityGaugeCoverageFell',
  severity: 'ticket',
  expression: () => news(`citygauge_evaluation_coverage_change_ratio <= -${coverageFall}`),
  forMinutes: 0,
  summary: {
    zh: `{subject} 按 {model} 评估的证据覆盖率比上一周期下降 ${coverageFall * 100} 个百分点以上`,
    en: `The evidence of {subject} for {model} covers less than in the period before, by ${coverageFall * 100} percentage points or more`,
  },
  scenes: newsScenes('citygauge_evaluation_coverage_change_ratio', { good: -0.0625, bad: -0.125 }),
};

const gradeWithheld: SuiteAlert = {
  name: 'CityGaugeGradeWithheld',
  severity: 'ticket',
  expression: () => news('citygauge_evaluation_is_graded == 0'),
  forMinutes: 0,
  summary: {
    zh: '{subject} 按 {model} 的评估因证据不足没有等级',
    en: 'The evaluation of {subject} by {model} has no grade: the evidence does not suffice',
  },
  scenes: newsScenes('citygauge_evaluation_is_graded', { good: 1, bad: 0 }),
};

export const evaluationAlerts: SuiteGroup = {
  name: 'citygauge-evaluations',
  alerts: [
    {
      name: 'CityGaugeEvaluationOverdue',
      severity: 'ticket',
      expression: () =>
        `time() - citygauge_evaluation_next_period_end_timestamp_seconds > ${evaluationDueDays * daySeconds}`,
      forMinutes: settledMinutes,
      summary: {
        zh: `{subject} 按 {model} 的下一周期已结束超过 ${evaluationDueDays} 天，仍未评估`,
        en: `The next period of {subject} by {model} ended more than ${evaluationDueDays} days ago and is not evaluated`,
      },
      scenes: overdue('citygauge_evaluation_next_period_end_timestamp_seconds', evaluationDueDays, {
        selector,
        labels,
      }),
    },
    gradeFell,
    coverageFell,
    gradeWithheld,
    {
      name: 'CityGaugeReportOverdue',
      severity: 'ticket',
      expression: () =>
        `time() - citygauge_report_next_period_end_timestamp_seconds > ${reportDueDays * daySeconds}`,
      forMinutes: settledMinutes,
      summary: {
        zh: `{subject} 按 {model} 的下一周期已结束超过 ${reportDueDays} 天，报告仍未出具`,
        en: `The next period of {subject} by {model} ended more than ${reportDueDays} days ago and has no report`,
      },
      scenes: overdue('citygauge_report_next_period_end_timestamp_seconds', reportDueDays, {
        selector: reportSelector,
        labels: reportLabels,
      }),
    },
  ],
};
