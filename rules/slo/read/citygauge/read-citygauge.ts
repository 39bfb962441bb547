import {
  type AlertSettings,
  isTimeZone,
  type PathStep,
  type Slo,
  type SloAlerting,
  type SloPeriod,
  type Text,
} from '../../../contract.ts';
import { readLabels } from '../labels.ts';
import { checkName } from '../names.ts';
import { noAlerts } from '../no-alerts.ts';
import { runbookAnnotations, runbookOf } from '../runbook.ts';
import { daysOfShorthand, shorthandPattern } from '../shorthand.ts';
import {
  type FormOfList,
  lineOf,
  type ReadSlo,
  readListShape,
  refuse,
  type SpecDocument,
} from '../spec-document.ts';
import { type NativeForm, nativeForm, nativeFormat, type SloForm } from './form.ts';
import { readSli } from './read-sli.ts';

const defaultPeriod: SloPeriod = { kind: 'rolling', days: 30 };

const missingRemedies = {
  name: ': name the SLO, in letters and digits of ASCII; any text may stand in title',
  objective: ': write the share of good events in per cent, 99.9',
  sli: ': say what is good or bad, for example events: { errors, total }',
  timeZone: ': name the IANA zone that the calendar is kept in, for example Asia/Shanghai',
};

const nameRemedy = 'any text may stand in title';

function titleOf({ name, title = name }: SloForm): Text {
  return typeof title === 'string' ? { zh: title, en: title } : title;
}

class NativeReader {
  readonly #document: SpecDocument;
  readonly #form: NativeForm;
  readonly #indexes: readonly number[];
  constructor(document: SpecDocument, { form, indexes }: FormOfList<NativeForm>) {
    this.#document = document;
    this.#form = form;
    this.#indexes = indexes;
  }

  read(): ReadSlo[] {
    const shared = readLabels(this.#document, ['labels'], this.#form.labels);
    const { service } = this.#form;
    if (service !== undefined)
      checkName(this.#document, ['service'], { name: service, of: 'service', remedy: nameRemedy });
    return this.#form.slos.flatMap((form, index) =>
      this.#slo(form, ['slos', this.#indexes[index] ?? index], shared),
    );
  }

  #slo(form: SloForm, path: readonly PathStep[], shared: Slo['labels']): ReadSlo[] {
    const document = this.#document;
    const { name, description = '', objective, minimumEvents = 0 } = form;
    checkName(document, [...path, 'name'], { name, of: 'SLO', remedy: nameRemedy });
    const service = form.service ?? this.#form.service;
    if (service === undefined) {
      refuse(document, path, '"service" is missing: name it here, or once at the top of the file');
    } else if (form.service !== undefined) {
      checkName(document, [...path, 'service'], { name: service, of: 'service', remedy: nameRemedy });
    }
    const read = readSli(document, [...path, 'sli'], form.sli);
    const labels = { ...shared, ...readLabels(document, [...path, 'labels'], form.labels) };
    const period = this.#period(form.period, [...path, 'period']);
    const alerting = this.#alerting(form.alerting, [...path, 'alerting']);
    if (!read || service === undefined) return [];
    const { sli, places, queries } = read;
    const slo: Slo = {
      id: `${service}-${name}`,
      service,
      name,
      title: titleOf(form),
      description,
      subject: form.subject ?? this.#form.subject ?? null,
      objectivePercent: objective,
      period,
      sli,
      labels,
      alerting,
      minimumEvents,
      source: {
        file: document.file,
        format: nativeFormat,
        line: lineOf(document, path),
        sha256: document.sha256,
      },
    };
    const at = (...steps: readonly PathStep[]) => ({ path: [...path, ...steps] });
    return [
      {
        slo,
        document,
        places: {
          ...places,
          slo: at(),
          name: at('name'),
          objective: at('objective'),
          period: at('period'),
          alerting: at('alerting'),
        },
        ...(queries ? { queries } : {}),
      },
    ];
  }

  #period(form: SloForm['period'], path: readonly PathStep[]): SloPeriod {
    if (form === undefined) return defaultPeriod;
    if (typeof form === 'string') {
      if (!shorthandPattern.test(form) || /[MQY]$/.test(form)) {
        const message = `"${form}" is no rolling period: write 30d, or { calendar: month, timeZone: Asia/Shanghai }`;
        refuse(this.#document, path, message);
        return defaultPeriod;
      }
      return { kind: 'rolling', days: daysOfShorthand(form) };
    }
    const { calendar: unit, timeZone } = form;
    if (!isTimeZone(timeZone)) {
      const message = `"${timeZone.slice(0, 40)}" is no IANA time zone: write for example Asia/Shanghai`;
      refuse(this.#document, [...path, 'timeZone'], message);
    }
    return { kind: 'calendar', unit, timeZone };
  }

  #alerting(form: SloForm['alerting'], path: readonly PathStep[]): SloAlerting {
    if (!form) return noAlerts;
    const document = this.#document;
    const settings = (key: 'page' | 'ticket'): AlertSettings | null => {
      const written = form[key] ?? {};
      if (written === false) return null;
      const at = [...path, key];
      return {
        labels: readLabels(document, [...at, 'labels'], written.labels),
        annotations: readLabels(document, [...at, 'annotations'], written.annotations),
      };
    };
    const [page, ticket] = [settings('page'), settings('ticket')];
    const { name = '', runbook } = form;
    if (name === '' && (page || ticket))
      refuse(
        document,
        path,
        'the alerts have no name: write alerting.name, or page: false and ticket: false',
      );
    const labels = readLabels(document, [...path, 'labels'], form.labels);
    const written = readLabels(document, [...path, 'annotations'], form.annotations);
    const other = runbookOf(written);
    if (runbook !== undefined && other !== null && other !== runbook) {
      const message = `the annotations name another runbook, "${other.slice(0, 60)}": name it once`;
      refuse(document, [...path, 'runbook'], message);
    }
    const annotations = runbook === undefined ? written : { ...written, [runbookAnnotations[0]]: runbook };
    return { name, labels, annotations, page, ticket, runbook: runbook ?? other };
  }
}

export function readNative(document: SpecDocument): ReadSlo[] {
  const form = readListShape(nativeForm, document, missingRemedies, ['slos']);
  return form ? new NativeReader(document, form).read() : [];
}
