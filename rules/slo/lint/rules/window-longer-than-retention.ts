import type { SloPeriod } from '../../../contract.ts';
import type { LintRule } from '../lint-rule.ts';

/** The longest that a period of the calendar can be, in days. */
const longestDays = { month: 31, quarter: 92, year: 366 } as const;

const daysOf = (period: SloPeriod) => (period.kind === 'rolling' ? period.days : longestDays[period.unit]);

export const windowLongerThanRetention: LintRule = {
  name: 'window-longer-than-retention',
  purpose: {
    zh: '考核周期长于数据保留时间',
    en: 'A period longer than samples are kept.',
  },
  check({ slo, known }) {
    const { retentionSeconds = null } = known;
    const days = daysOf(slo.period);
    if (retentionSeconds === null || days * 86_400 <= retentionSeconds) return [];
    const kept = Number((retentionSeconds / 86_400).toFixed(1));
    const message = {
      zh: `考核周期为 ${days} 天，Prometheus 只保留 ${kept} 天：请延长保留时间（--storage.tsdb.retention.time），或缩短周期`,
      en: `the period has ${days} days and Prometheus keeps ${kept}: keep samples longer (--storage.tsdb.retention.time), or shorten the period`,
    };
    return [{ level: 'warning', part: 'period', message }];
  },
};
