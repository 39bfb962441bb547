import {
  leavesOf,
  type Model,
  type Observation,
  parsePeriod,
  type ScoreInput,
  valuedStates,
} from '../contract.ts';
import { checkModel } from '../model/check-model.ts';
import { readShippedModels } from '../models/model-folder.ts';

/** A shipped model or one given as YAML, checked; for tests. */
export function modelOf(idOrYaml: string): Model {
  const yaml = readShippedModels().find(({ id }) => id === idOrYaml)?.yaml ?? idOrYaml;
  const { model, faults } = checkModel(yaml);
  if (!model) throw new Error(faults.map(({ message }) => message).join('\n'));
  return model;
}

/** A candidate for a leaf of the model: a number is a measured value, an object says what differs from that. */
export function candidate(
  model: Model,
  indicator: string,
  given: number | Partial<Observation>,
): Observation {
  const unit = leavesOf(model).find((leaf) => leaf.id === indicator)?.unit ?? 'ratio';
  const stated = typeof given === 'number' ? { value: given } : given;
  const state = stated.state ?? 'measured';
  return {
    indicator,
    subject: 'suzhou',
    period: '2026-Q1',
    value: null,
    numerator: null,
    denominator: null,
    unit,
    provenance: valuedStates.includes(state) ? 'measured' : null,
    reason: null,
    source: null,
    ...stated,
    state,
  };
}

type Given = Readonly<Record<string, number | Partial<Observation>>>;

export function inputFor(model: Model, given: Given, more: Partial<ScoreInput> = {}): ScoreInput {
  return {
    model,
    subject: {
      id: 'suzhou',
      name: { zh: '苏州', en: 'Suzhou' },
      kind: 'city',
      parent: null,
      timeZone: 'Asia/Shanghai',
      isSample: false,
    },
    period: parsePeriod('2026-Q1', 'Asia/Shanghai'),
    asOf: '2026-04-01T00:00:00Z',
    candidates: Object.entries(given).map(([indicator, each]) => candidate(model, indicator, each)),
    ...more,
  };
}
