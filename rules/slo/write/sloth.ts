import type { AlertSettings, Slo } from '../../contract.ts';
import { plainSpelling, resourceSpelling, type SlothSpelling } from '../read/sloth/form.ts';
import {
  calendarPeriod,
  embeddedMeasure,
  type Feature,
  otherPeriod,
  ownRunbook,
  ownSubject,
  ownTitle,
  trafficGuard,
} from './feature.ts';
import { byService, given } from './given.ts';
import type { SpecWriter } from './spec-writer.ts';

const otherSli: Feature = {
  name: 'SLI of a threshold or of time slices',
  isUsed: ({ sli }) => sli.kind === 'threshold' || sli.kind === 'timeSlices',
  without: null,
};

const lacks = [
  otherSli,
  embeddedMeasure,
  calendarPeriod,
  otherPeriod,
  ownTitle,
  ownSubject,
  trafficGuard,
  ownRunbook,
];

const alertOf = (settings: AlertSettings | null) => (settings ? given(settings) : { disable: true });

function sloOf(slo: Slo, keys: SlothSpelling['keys']): object {
  const { sli, alerting } = slo;
  const events =
    sli.kind === 'events'
      ? { events: { [keys.error_query]: sli.errorQuery, [keys.total_query]: sli.totalQuery } }
      : {};
  const raw = sli.kind === 'ratio' ? { raw: { [keys.error_ratio_query]: sli.errorRatioQuery } } : {};
  return {
    ...given({
      name: slo.name,
      objective: slo.objectivePercent,
      description: slo.description,
      labels: slo.labels,
    }),
    sli: { ...events, ...raw },
    alerting: {
      ...given({ name: alerting.name, labels: alerting.labels, annotations: alerting.annotations }),
      [keys.page_alert]: alertOf(alerting.page),
      [keys.ticket_alert]: alertOf(alerting.ticket),
    },
  };
}

export const slothWriter: SpecWriter = {
  lacks,
  documentsOf: (slos) =>
    byService(slos).map((group) => ({
      version: plainSpelling.format,
      service: group[0]?.service,
      slos: group.map((slo) => sloOf(slo, plainSpelling.keys)),
    })),
};

const resourceName = (service: string) => service.toLowerCase().replace(/[^a-z0-9.-]/g, '-');

export const slothResourceWriter: SpecWriter = {
  lacks,
  documentsOf(slos) {
    const seen = new Map<string, number>();
    return byService(slos).map((group) => {
      const service = group[0]?.service ?? '';
      const name = resourceName(service);
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return {
        apiVersion: 'sloth.slok.dev/v1',
        kind: 'PrometheusServiceLevel',
        metadata: { name: before === 0 ? name : `${name}-${before + 1}` },
        spec: { service, slos: group.map((slo) => sloOf(slo, resourceSpelling.keys)) },
      };
    });
  },
};
