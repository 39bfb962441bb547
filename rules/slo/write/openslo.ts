import {
  type AlertSettings,
  type AlertSeverity,
  type Slo,
  type SloAlerting,
  type SloPeriod,
  windowPlaceholder,
} from '../../contract.ts';
import { queriesOf } from '../read/queries.ts';
import {
  bilingualTitle,
  embeddedMeasure,
  type Feature,
  ownRunbook,
  ownSubject,
  trafficGuard,
} from './feature.ts';
import { given } from './given.ts';
import type { SpecWriter } from './spec-writer.ts';

/** What OpenSLO's reader takes where the file does not say. */
const readEverySeconds = 60;
const longestDescription = 1050;

const withoutWindow: Feature = {
  name: 'query without {{.window}}',
  isUsed: ({ sli }) =>
    sli.kind !== 'threshold' && queriesOf(sli).some(({ query }) => query.search(windowPlaceholder) < 0),
  without: null,
};

const otherStep: Feature = {
  name: 'step of a threshold other than a minute',
  isUsed: ({ sli }) => sli.kind === 'threshold' && sli.everySeconds !== readEverySeconds,
  without: (slo) =>
    slo.sli.kind === 'threshold' ? { ...slo, sli: { ...slo.sli, everySeconds: readEverySeconds } } : slo,
};

const brokenPeriod: Feature = {
  name: 'rolling period of a part of a day',
  isUsed: ({ period }) => period.kind === 'rolling' && !Number.isInteger(period.days),
  without: null,
};

const longDescription: Feature = {
  name: `description longer than ${longestDescription} characters`,
  isUsed: ({ description }) => description.length > longestDescription,
  without: (slo) => ({ ...slo, description: slo.description.slice(0, longestDescription) }),
};

const isSilent = ({ page, ticket }: SloAlerting) => page === null && ticket === null;

const silentNames: Feature = {
  name: 'name or labels of alerts that are both off',
  isUsed: ({ alerting }) =>
    isSilent(alerting) && (alerting.name !== '' || Object.keys(alerting.labels).length > 0),
  without: (slo) => ({ ...slo, alerting: { ...slo.alerting, name: '', labels: {} } }),
};

const metric = (query: string) => ({ metricSource: { type: 'Prometheus', spec: { query } } });

/** The indicator, and what of the objective depends on it. */
function indicatorOf(slo: Slo): {
  readonly spec: object;
  readonly method: string;
  readonly objective: object;
} {
  const { sli } = slo;
  const ratio = (of: { errorQuery: string; totalQuery: string } | { errorRatioQuery: string }) => ({
    ratioMetric:
      'errorRatioQuery' in of
        ? { rawType: 'failure', raw: metric(of.errorRatioQuery) }
        : { counter: true, bad: metric(of.errorQuery), total: metric(of.totalQuery) },
  });
  if (sli.kind === 'threshold') {
    const op = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' }[sli.operator];
    const spec = { thresholdMetric: metric(sli.query) };
    return { spec, method: 'Occurrences', objective: { op, value: sli.bound } };
  }
  if (sli.kind !== 'timeSlices') return { spec: ratio(sli), method: 'Occurrences', objective: {} };
  const minutes = sli.sliceSeconds / 60;
  const timeSliceWindow = Number.isInteger(minutes) ? `${minutes}m` : minutes;
  return {
    spec: ratio(sli.of),
    method: sli.target === null ? 'RatioTimeslices' : 'Timeslices',
    objective: { ...(sli.target === null ? {} : { timeSliceTarget: sli.target }), timeSliceWindow },
  };
}

const shorthand = { month: '1M', quarter: '1Q', year: '1Y' } as const;

function timeWindowOf(period: SloPeriod): object {
  if (period.kind === 'rolling') return { duration: `${period.days}d`, isRolling: true };
  const calendar = { startTime: '2020-01-01 00:00:00', timeZone: period.timeZone };
  return { duration: shorthand[period.unit], isRolling: false, calendar };
}

/** The workbook's fastest tier of each severity stands for all of them. */
const conditions: Readonly<Record<AlertSeverity, object>> = {
  page: { kind: 'burnrate', op: 'gte', threshold: 14.4, lookbackWindow: '1h', alertAfter: '0m' },
  ticket: { kind: 'burnrate', op: 'gte', threshold: 3, lookbackWindow: '1d', alertAfter: '0m' },
};

function policyOf(slo: Slo, severity: AlertSeverity, settings: AlertSettings | null): object[] {
  if (!settings) return [];
  const name = `${slo.name}-${severity}`;
  const labels = { ...slo.alerting.labels, ...settings.labels };
  const target = {
    kind: 'AlertNotificationTarget',
    metadata: { name: 'alertmanager' },
    spec: { target: 'alertmanager' },
  };
  return [
    {
      kind: 'AlertPolicy',
      metadata: {
        name,
        displayName: slo.alerting.name,
        ...given({ labels, annotations: settings.annotations }),
      },
      spec: {
        alertWhenBreaching: true,
        conditions: [
          { kind: 'AlertCondition', metadata: { name }, spec: { severity, condition: conditions[severity] } },
        ],
        notificationTargets: [target],
      },
    },
  ];
}

function documentOf(slo: Slo): object {
  const { spec, method, objective } = indicatorOf(slo);
  const { page, ticket, annotations } = slo.alerting;
  const alertPolicies = [...policyOf(slo, 'page', page), ...policyOf(slo, 'ticket', ticket)];
  const displayName = slo.title.en === slo.name ? '' : slo.title.en;
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: slo.name, ...given({ displayName, labels: slo.labels, annotations }) },
    spec: {
      ...given({ description: slo.description }),
      service: slo.service,
      indicator: { metadata: { name: slo.name }, spec },
      timeWindow: [timeWindowOf(slo.period)],
      budgetingMethod: method,
      objectives: [{ targetPercent: slo.objectivePercent, ...objective }],
      ...(alertPolicies.length > 0 ? { alertPolicies } : {}),
    },
  };
}

/** Labels that both alerts share are written to each of them, for want of a place for both. */
export const openSloWriter: SpecWriter = {
  lacks: [
    withoutWindow,
    otherStep,
    brokenPeriod,
    embeddedMeasure,
    bilingualTitle,
    longDescription,
    ownSubject,
    trafficGuard,
    ownRunbook,
    silentNames,
  ],
  documentsOf: (slos) => slos.map(documentOf),
};
