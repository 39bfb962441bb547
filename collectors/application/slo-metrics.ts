import type { MetricSpec, Text } from '../contract.ts';
import { sloMetrics as names } from '../contract.ts';

const labels: MetricSpec['labels'] = {
  slo: { zh: '服务目标编号', en: 'Id of the service level objective' },
  service: { zh: '服务', en: 'Service' },
  subject: { zh: '目标所属的评估对象', en: 'Subject whose promise it is' },
};

function ratio(name: string, help: Text): MetricSpec {
  return { name, type: 'gauge', unit: 'ratio', help, labels };
}

/** What is told of each SLO. */
export const sloMetricSpecs = {
  attainment: ratio(names.attainment, {
    zh: '服务目标在当前考核期内的达成率，未剔除任何时段',
    en: 'Good of all in the running period of an SLO, nothing left out',
  }),
  adjustedAttainment: ratio(names.adjustedAttainment, {
    zh: '剔除已登记的计划检修和不可抗力后的达成率',
    en: 'The same without the recorded exclusions (maintenance, force majeure)',
  }),
  budgetLeft: ratio(names.budgetLeft, {
    zh: '错误预算余量：1 为未消耗，0 为用尽，负数为透支；已剔除登记的时段',
    en: 'Error budget left, exclusions left out: 1 unused, 0 used up, below 0 overdrawn',
  }),
  burnNow: {
    ...{ name: names.burnNow, type: 'gauge', unit: '', labels },
    help: {
      zh: '最近一小时错误预算的燃烧率，1 为匀速用完',
      en: 'Burn rate of the error budget in the last hour, 1 uses it up evenly',
    },
  },
  objective: ratio(names.objective, { zh: '服务目标的目标值', en: 'What the SLO promises' }),
} as const satisfies Record<string, MetricSpec>;
