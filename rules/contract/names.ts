/** Names of recorded series and labels, spelt once: those of Sloth, so that dashboards made for it go on working. */
export const sloRecords = {
  errorRatio: (window: string) => `slo:sli_error:ratio_rate${window}`,
  objective: 'slo:objective:ratio',
  errorBudget: 'slo:error_budget:ratio',
  periodDays: 'slo:time_period:days',
  currentBurn: 'slo:current_burn_rate:ratio',
  periodBurn: 'slo:period_burn_rate:ratio',
  budgetLeft: 'slo:period_error_budget_remaining:ratio',
  info: 'sloth_slo_info',
  /** Native style only: what the windows' ratios are weighted by. */
  errorRate: (window: string) => `slo:sli_error:rate${window}`,
  totalRate: (window: string) => `slo:sli_total:rate${window}`,
} as const;

export const sloLabels = {
  id: 'sloth_id',
  service: 'sloth_service',
  slo: 'sloth_slo',
  window: 'sloth_window',
  severity: 'sloth_severity',
  /** Native style only, of an SLO that names whose promise it is. */
  subject: 'subject',
} as const;

/** Where the runbooks of the project stand, as `runbook_url` names them where no address is set. */
export const runbookFolder = 'docs/runbooks/';
