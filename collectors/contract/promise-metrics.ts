/** Metrics that CityGauge itself yields about promises and warnings; in its catalogue. */
export const sloMetrics = {
  /** Good / all of the running period, 0..1, raw. */
  attainment: 'citygauge_slo_attainment_ratio',
  /** With exclusions left out. */
  adjustedAttainment: 'citygauge_slo_attainment_adjusted_ratio',
  budgetLeft: 'citygauge_slo_error_budget_left_ratio',
  burnNow: 'citygauge_slo_burn_rate',
  objective: 'citygauge_slo_objective_ratio',
} as const;

export const thresholdMetrics = {
  /** 0 calm, 1 the mildest grade and so on, -1 no data; per threshold and series. */
  level: 'citygauge_threshold_level',
  /** When a threshold is to be judged next; in the past, nobody judges it. */
  due: 'citygauge_threshold_next_judgement_timestamp_seconds',
  /** The figure of a saved evaluation's leaf. */
  indicatorValue: 'citygauge_indicator_value',
} as const;
