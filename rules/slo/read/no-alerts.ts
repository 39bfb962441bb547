import type { SloAlerting } from '../../contract.ts';

/** Of an SLO whose file names no alert. */
export const noAlerts: SloAlerting = {
  name: '',
  labels: {},
  annotations: {},
  page: null,
  ticket: null,
  runbook: null,
};
