import type { Slo, SloAlerting } from '../../../contract.ts';
import { checkName } from '../names.ts';
import { lineOf, type ReadSlo, refuse } from '../spec-document.ts';
import { AlertingReader } from './alerting.ts';
import { sliOf } from './budgeting.ts';
import type { SliSpec, SloSpec } from './forms.ts';
import { IndicatorReader, type ReadIndicator } from './indicator.ts';
import { prometheusLabels } from './labels.ts';
import { type ObjectTable, type OpenSloObject, type Place, within } from './object-table.ts';
import { readPeriod } from './period.ts';

const nameRemedy = 'any text may stand in displayName';

/** Alerts of several objectives have names of their own, as their SLOs have. */
const numbered = (alerting: SloAlerting, index: number): SloAlerting =>
  alerting.name === '' ? alerting : { ...alerting, name: `${alerting.name}-${index}` };

/** Reads the SLOs of a table of objects; every objective becomes an SLO of its own. */
class SloReader {
  readonly #objects: ObjectTable;
  constructor(objects: ObjectTable) {
    this.#objects = objects;
  }

  read({ form, place }: OpenSloObject<'SLO'>): ReadSlo[] {
    const { metadata, spec } = form;
    const at = within(place, 'spec');
    const { document } = place;
    checkName(document, [...place.path, 'metadata', 'name'], {
      name: metadata.name,
      of: 'SLO',
      remedy: nameRemedy,
    });
    checkName(document, [...at.path, 'service'], { name: spec.service, of: 'service', remedy: nameRemedy });
    const indicator = this.#indicator(spec, at);
    const shared = {
      indicator,
      period: readPeriod(spec, at),
      labels: prometheusLabels(metadata.labels),
      ...new AlertingReader(this.#objects).read(spec, metadata, at),
    };
    return spec.objectives.flatMap((_, index) => this.#objective({ form, place }, index, shared));
  }

  #objective(
    { form: { metadata, spec }, place }: OpenSloObject<'SLO'>,
    index: number,
    shared: Pick<Slo, 'period' | 'labels' | 'alerting'> & {
      readonly indicator: ReadIndicator | null;
      readonly notes: ReadSlo['notes'] & {};
    },
  ): ReadSlo[] {
    const at = within(place, 'spec', 'objectives', index);
    const objective = spec.objectives[index];
    const { document } = place;
    if (!objective) return [];
    for (const key of ['indicator', 'indicatorRef', 'compositeWeight'] as const) {
      if (objective[key] === undefined) continue;
      refuse(
        document,
        [...at.path, key],
        'composite SLOs are not read: write an SLO of its own for each',
        'key',
      );
    }
    const percent = this.#percent(objective, at);
    const sli = shared.indicator && sliOf(shared.indicator.indicator, spec, objective, at);
    if (!sli || percent === null || !shared.indicator) return [];
    const isOne = spec.objectives.length === 1;
    const name = isOne ? metadata.name : `${metadata.name}-${index}`;
    const titles = [metadata.displayName ?? '', isOne ? '' : (objective.displayName ?? '')];
    const title = titles.filter((each) => each !== '').join(' - ') || name;
    const slo: Slo = {
      id: `${spec.service}-${name}`,
      service: spec.service,
      name,
      title: { zh: title, en: title },
      description: spec.description ?? '',
      subject: null,
      objectivePercent: percent,
      period: shared.period,
      sli,
      labels: shared.labels,
      alerting: isOne ? shared.alerting : numbered(shared.alerting, index),
      minimumEvents: 0,
      source: {
        file: document.file,
        format: 'openslo/v1',
        line: lineOf(document, isOne ? place.path : at.path),
        sha256: document.sha256,
      },
    };
    const isRewritten = sli.kind === 'timeSlices' && shared.indicator.indicator.kind === 'threshold';
    const { ratio } = shared.indicator.places;
    const target = objective.target === undefined ? 'targetPercent' : 'target';
    return [
      {
        slo,
        document,
        places: {
          ...shared.indicator.places,
          ...(isRewritten && ratio ? { ratio: { ...ratio, isVerbatim: false } } : {}),
          slo: at,
          name: within(place, 'metadata', 'name'),
          objective: within(at, target),
          period: within(place, 'spec', 'timeWindow', 0, 'duration'),
          alerting: within(place, 'spec', 'alertPolicies'),
        },
        queries: index === 0 ? shared.indicator.written : [],
        notes: index === 0 ? shared.notes : [],
      },
    ];
  }

  #percent({ target, targetPercent }: SloSpec['objectives'][number], at: Place): number | null {
    if ((target === undefined) === (targetPercent === undefined)) {
      refuse(at.document, at.path, 'an objective has either target, 0.999, or targetPercent, 99.9');
      return null;
    }
    // 0.07 x 100 is 7.000000000000001 in binary; twelve digits are more than anybody writes.
    return targetPercent ?? Number(((target ?? 0) * 100).toPrecision(12));
  }

  #indicator(spec: SloSpec, at: Place): ReadIndicator | null {
    const { indicator, indicatorRef } = spec;
    if ((indicator === undefined) === (indicatorRef === undefined)) {
      refuse(at.document, at.path, 'an SLO has either indicator or indicatorRef, the name of an SLI');
      return null;
    }
    const reader = new IndicatorReader(this.#objects);
    if (indicator) return reader.read(indicator.spec satisfies SliSpec, within(at, 'indicator', 'spec'));
    const found = this.#objects.find('SLI', indicatorRef ?? '', within(at, 'indicatorRef'));
    return found && reader.read(found.form.spec, within(found.place, 'spec'));
  }
}

/** SLOs of all OpenSLO v1 objects together: they refer to each other by name, over documents and files. */
export function readOpenSlo(objects: ObjectTable): ReadSlo[] {
  const reader = new SloReader(objects);
  return objects.all('SLO').flatMap((object) => reader.read(object));
}
