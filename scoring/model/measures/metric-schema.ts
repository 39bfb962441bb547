import { z } from 'zod';
import { acrossReducers, overTimeReducers } from '../../contract.ts';
import { durationPattern, secondsOf } from './duration.ts';

/** A year has some 30 million seconds: that many intervals can still be counted. */
const shortestEverySeconds = 1;

const duration = z
  .string()
  .regex(durationPattern, 'write a duration as a number with a unit, 30s, 5m, 1h or 1d')
  .refine(
    (text) => !durationPattern.test(text) || secondsOf(text) >= shortestEverySeconds,
    'write 1s or longer: a period is divided into intervals of this length',
  );
const selector = z
  .string()
  .describe(
    'Series as PromQL selects them, `name{label="value"}`; the subjects of the evaluation are added.',
  );
/** What every measure of a metric may say, and the model's defaults for all of them. */
export const metricsBase = {
  every: duration.describe('Time between the samples of a series, 30s or 5m: what makes a gap a gap.'),
  minimumCoverage: z
    .number()
    .min(0)
    .max(1)
    .describe('Below this share of the expected samples the figure is not reported.'),
  fullCoverage: z.number().gt(0).max(1).describe('From this share on the samples count as whole.'),
};

/** How a metric is reduced over the period. */
export const metricReducers = [
  ...overTimeReducers,
  'share',
  'increase',
  'rate',
  'ratio',
  'upTime',
  'staleness',
  'distinct',
  'histogramQuantile',
] as const;

/** Keys of a measure that is a metric, a query or another model's figure. */
export const metricFields = {
  metric: selector.optional(),
  promql: z
    .string()
    .describe(
      'A PromQL query that yields one number; `$period` is the period as a range, `$subject` a regular expression of the subjects.',
    )
    .optional(),
  indicator: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*:[A-Za-z_][A-Za-z0-9_.]*$/, 'write `model-id:indicator.id`')
    .describe('The figure of an indicator of another model for the same subject and period.')
    .optional(),
  reduce: z.enum(metricReducers).describe('What is computed of each series over the period.').optional(),
  across: z.enum(acrossReducers).describe('How the results of the series become one figure.').optional(),
  above: z.number().describe('share: the samples that are at least this.').optional(),
  below: z.number().describe('share: the samples that are at most this.').optional(),
  total: selector.describe('ratio: the series of the denominator.').optional(),
  by: z.enum(['increase', 'mean', 'last', 'sum']).describe('ratio: how each series is reduced.').optional(),
  label: z.string().describe('distinct: the label whose values are counted.').optional(),
  at: z.number().gt(0).lt(1).describe('histogramQuantile: which quantile, between 0 and 1.').optional(),
  every: metricsBase.every.optional(),
  minimumCoverage: metricsBase.minimumCoverage.optional(),
  fullCoverage: metricsBase.fullCoverage.optional(),
  factor: z.number().gt(0).describe('The figure is the result times this; 1 when absent.').optional(),
};
