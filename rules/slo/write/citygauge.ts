import { isDeepStrictEqual } from 'node:util';
import { InputError, type Slo, type SloAlerting, type SloPeriod } from '../../contract.ts';
import { printYaml } from '../../output/print-rules.ts';
import { durationText } from '../../promql/durations.ts';
import { nativeFormat } from '../read/citygauge/form.ts';
import { noAlerts } from '../read/no-alerts.ts';
import { readAll } from '../read/read-slos.ts';
import { runbookAnnotations } from '../read/runbook.ts';
import { sliCandidates } from './citygauge-sli.ts';
import { type Feature, ownRunbook } from './feature.ts';
import { given } from './given.ts';
import type { SpecWriter } from './spec-writer.ts';

const forms = new WeakMap<Slo['sli'], { readonly form: object | null }>();

/** The form that reads as the SLI again; null when none does. */
function sliOf(slo: Slo): object | null {
  const known = forms.get(slo.sli) ?? { form: findForm(slo) };
  forms.set(slo.sli, known);
  return known.form;
}

function findForm(slo: Slo): object | null {
  const isMeasured = 'measure' in slo.sli && slo.sli.measure !== null;
  if (!isMeasured) return sliCandidates(slo.sli)[0] ?? null;
  const fits = (sli: object) => {
    const document = { schema: nativeFormat, slos: [{ name: 'it', service: 'it', objective: 99, sli }] };
    try {
      const [read] = readAll([{ name: 'candidate', text: printYaml(document) }]);
      return isDeepStrictEqual(read?.slo.sli, slo.sli);
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
  return sliCandidates(slo.sli).find(fits) ?? null;
}

const otherSli: Feature = {
  name: 'form of this SLI',
  isUsed: (slo) => sliOf(slo) === null,
  without: null,
};

function periodOf(period: SloPeriod): unknown {
  if (period.kind === 'calendar') return { calendar: period.unit, timeZone: period.timeZone };
  return Number.isInteger(period.days) ? `${period.days}d` : durationText(period.days * 86_400);
}

function alertingOf(alerting: SloAlerting): object | undefined {
  if (isDeepStrictEqual(alerting, noAlerts)) return undefined;
  const [usual] = runbookAnnotations;
  const { [usual]: runbook, ...others } = alerting.annotations;
  return {
    ...given({ name: alerting.name, labels: alerting.labels, annotations: others, runbook }),
    page: alerting.page ? given(alerting.page) : false,
    ticket: alerting.ticket ? given(alerting.ticket) : false,
  };
}

function formOf(slo: Slo): object {
  const { name, service, subject, description, labels, minimumEvents } = slo;
  const hasTitle = slo.title.zh !== name || slo.title.en !== name;
  return {
    name,
    service,
    ...given({ subject: subject ?? undefined, title: hasTitle ? slo.title : undefined, description }),
    objective: slo.objectivePercent,
    period: periodOf(slo.period),
    ...(minimumEvents === 0 ? {} : { minimumEvents }),
    ...given({ labels }),
    sli: sliOf(slo) ?? {},
    ...given({ alerting: alertingOf(slo.alerting) }),
  };
}

export const nativeWriter: SpecWriter = {
  lacks: [otherSli, ownRunbook],
  documentsOf: (slos) => [{ schema: nativeFormat, slos: slos.map(formOf) }],
};
