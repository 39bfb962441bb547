import type { Slo } from '../../contract.ts';
import { runbookOf } from '../read/runbook.ts';

/** Something of an SLO that a format may have no words for. */
export interface Feature {
  /** As a sentence names it: `the format has no ...`. */
  readonly name: string;
  isUsed(slo: Slo): boolean;
  /** The SLO without it; null where it would be another promise. */
  readonly without: ((slo: Slo) => Slo) | null;
}

export const embeddedMeasure: Feature = {
  name: 'measure over embedded readings',
  isUsed: ({ sli }) => 'measure' in sli && sli.measure !== null,
  without: (slo) => ('measure' in slo.sli ? { ...slo, sli: { ...slo.sli, measure: null } } : slo),
};

export const ownTitle: Feature = {
  name: 'title beside the name',
  isUsed: ({ name, title }) => title.zh !== name || title.en !== name,
  without: (slo) => ({ ...slo, title: { zh: slo.name, en: slo.name } }),
};

export const bilingualTitle: Feature = {
  name: 'title in two languages',
  isUsed: ({ title }) => title.zh !== title.en,
  without: (slo) => ({ ...slo, title: { zh: slo.title.en, en: slo.title.en } }),
};

export const ownSubject: Feature = {
  name: 'subject',
  isUsed: ({ subject }) => subject !== null,
  without: (slo) => ({ ...slo, subject: null }),
};

export const trafficGuard: Feature = {
  name: 'guard for low traffic (minimumEvents)',
  isUsed: ({ minimumEvents }) => minimumEvents !== 0,
  without: (slo) => ({ ...slo, minimumEvents: 0 }),
};

export const ownRunbook: Feature = {
  name: 'runbook that its annotations do not name',
  isUsed: ({ alerting }) => alerting.runbook !== runbookOf(alerting.annotations),
  without: (slo) => ({ ...slo, alerting: { ...slo.alerting, runbook: runbookOf(slo.alerting.annotations) } }),
};

/** Sloth's command line says it for all SLOs, 30 days by default. */
export const otherPeriod: Feature = {
  name: 'rolling period other than 30 days',
  isUsed: ({ period }) => period.kind === 'rolling' && period.days !== 30,
  without: (slo) => ({ ...slo, period: { kind: 'rolling', days: 30 } }),
};

export const calendarPeriod: Feature = {
  name: 'period of the calendar',
  isUsed: ({ period }) => period.kind === 'calendar',
  without: null,
};
