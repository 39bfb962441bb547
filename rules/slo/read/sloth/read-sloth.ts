import type { AlertSettings, PathStep, Sli, Slo, SloAlerting } from '../../../contract.ts';
import { readLabels } from '../labels.ts';
import { checkName } from '../names.ts';
import { runbookOf } from '../runbook.ts';
import {
  type FormOfList,
  lineOf,
  type ReadSlo,
  readListShape,
  refuse,
  type SloPlace,
  type SpecDocument,
} from '../spec-document.ts';
import {
  plainForm,
  plainSpelling,
  resourceSpelling,
  type SlothForm,
  type SlothSlo,
  type SlothSpelling,
  slothForm,
  slothResourceForm,
} from './form.ts';
import { checkPlugins, isMetricsQl } from './plugins.ts';

/** Sloth's period where its command line names none. */
const slothDays = 30;

const missingRemedies = {
  service: ': name the service that the SLOs are of',
  objective: ': write the share of good events in per cent, 99.9',
  sli: ': say what is bad, events: { error_query, total_query } or raw: { error_ratio_query }',
};

const nameRemedy = 'what people read belongs into the description';

class SlothReader {
  readonly #document: SpecDocument;
  readonly #spelling: SlothSpelling;
  readonly #form: SlothForm;
  readonly #indexes: readonly number[];

  constructor(document: SpecDocument, spelling: SlothSpelling, { form, indexes }: FormOfList<SlothForm>) {
    this.#document = document;
    this.#spelling = spelling;
    this.#form = form;
    this.#indexes = indexes;
  }

  read(): ReadSlo[] {
    const { root, keys } = this.#spelling;
    const name = this.#form.service;
    checkName(this.#document, [...root, 'service'], { name, of: 'service', remedy: nameRemedy });
    checkPlugins(this.#document, [...root, keys.slo_plugins], this.#form.slo_plugins);
    const labels = readLabels(this.#document, [...root, 'labels'], this.#form.labels);
    return this.#form.slos.map((form, index) =>
      this.#readSlo(form, [...root, 'slos', this.#indexes[index] ?? index], labels),
    );
  }

  #readSlo(form: SlothSlo, path: readonly PathStep[], shared: Slo['labels']): ReadSlo {
    const { service } = this.#form;
    const document = this.#document;
    const { name, description = '', objective } = form;
    checkName(document, [...path, 'name'], { name, of: 'SLO', remedy: nameRemedy });
    checkPlugins(document, [...path, 'plugins'], form.plugins);
    const slo: Slo = {
      id: `${service}-${name}`,
      service,
      name,
      title: { zh: name, en: name },
      description,
      subject: null,
      objectivePercent: objective,
      period: { kind: 'rolling', days: slothDays },
      sli: this.#sli(form, [...path, 'sli']),
      labels: { ...shared, ...readLabels(document, [...path, 'labels'], form.labels) },
      alerting: this.#alerting(form, [...path, 'alerting']),
      minimumEvents: 0,
      source: {
        file: document.file,
        format: this.#spelling.format,
        line: lineOf(document, path),
        sha256: document.sha256,
      },
    };
    return {
      slo,
      document,
      places: this.#places(path),
      isMetricsQl: isMetricsQl(this.#form.slo_plugins, form.plugins),
    };
  }

  #places(path: readonly PathStep[]): ReadSlo['places'] {
    const { keys } = this.#spelling;
    const at = (...steps: readonly PathStep[]): SloPlace => ({ path: [...path, ...steps] });
    return {
      slo: at(),
      name: at('name'),
      objective: at('objective'),
      errors: at('sli', 'events', keys.error_query),
      total: at('sli', 'events', keys.total_query),
      ratio: at('sli', 'raw', keys.error_ratio_query),
      alerting: at('alerting'),
    };
  }

  #sli({ sli }: SlothSlo, path: readonly PathStep[]): Sli {
    const [first, second] = (['events', 'raw', 'plugin'] as const).filter((each) => sli[each] !== undefined);
    if (sli.plugin) {
      const message = `the SLI plugin "${sli.plugin.id}" is not supported: it is Go code; write the queries that it makes as events or raw`;
      refuse(this.#document, [...path, 'plugin', 'id'], message);
    } else if (first === undefined) {
      refuse(this.#document, path, 'the SLI is empty: give events or raw');
    } else if (second !== undefined) {
      refuse(this.#document, [...path, second], `"${first}" and "${second}" are two SLIs: choose one`, 'key');
    }
    if (sli.raw) return { kind: 'ratio', errorRatioQuery: sli.raw.error_ratio_query, measure: null };
    const { error_query: errorQuery = '', total_query: totalQuery = '' } = sli.events ?? {};
    return { kind: 'events', errorQuery, totalQuery, measure: null };
  }

  #alerting({ alerting = {} }: SlothSlo, path: readonly PathStep[]): SloAlerting {
    const { keys } = this.#spelling;
    const settings = (key: 'page_alert' | 'ticket_alert'): AlertSettings | null => {
      const { disable = false, labels, annotations } = alerting[key] ?? {};
      const at = [...path, keys[key]];
      const read = {
        labels: readLabels(this.#document, [...at, 'labels'], labels),
        annotations: readLabels(this.#document, [...at, 'annotations'], annotations),
      };
      return disable ? null : read;
    };
    const [page, ticket] = [settings('page_alert'), settings('ticket_alert')];
    const { name = '' } = alerting;
    if (name === '' && (page || ticket)) {
      const off = `${keys.page_alert} and ${keys.ticket_alert}`;
      refuse(this.#document, path, `the alerts have no name: write alerting.name, or disable ${off}`);
    }
    const annotations = readLabels(this.#document, [...path, 'annotations'], alerting.annotations);
    const labels = readLabels(this.#document, [...path, 'labels'], alerting.labels);
    return { name, labels, annotations, page, ticket, runbook: runbookOf(annotations) };
  }
}

export function readSloth(document: SpecDocument): ReadSlo[] {
  const read = readListShape(slothForm, document, missingRemedies, ['slos']);
  return read ? new SlothReader(document, plainSpelling, read).read() : [];
}

export function readSlothResource(document: SpecDocument): ReadSlo[] {
  const read = readListShape(slothResourceForm, document, missingRemedies, ['spec', 'slos']);
  if (!read) return [];
  return new SlothReader(document, resourceSpelling, { ...read, form: plainForm(read.form) }).read();
}
