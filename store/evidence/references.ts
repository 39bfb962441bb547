import type { Measure, ModelNode, Observation, Unit } from '../../scoring/contract.ts';
import type { ObserveRequest } from '../contract.ts';
import * as reasons from './metric-reasons.ts';

type IndicatorMeasure = Extract<Measure, { kind: 'indicator' }>;

/** A leaf whose figure is another model's indicator. */
export interface Reference {
  readonly asking: ModelNode;
  readonly measure: IndicatorMeasure;
  /** The leaf referred to; null when there is none. */
  readonly target: ModelNode | null;
}

/** Who refers to what, by the asking leaf's id. */
export function resolveReferences(request: ObserveRequest): ReadonlyMap<string, Reference> {
  const references = new Map<string, Reference>();
  for (const asking of request.leaves) {
    const measure = asking.leaf?.measure;
    if (measure?.kind !== 'indicator') continue;
    const found = request.resolveIndicator?.(measure.model, measure.indicator) ?? null;
    const target = found?.leaf && found.leaf.measure.kind !== 'indicator' ? found : null;
    references.set(asking.id, { asking, measure, target });
  }
  return references;
}

/** The figures of the leaf referred to under the asking leaf's name and unit, beside what was entered for itself. */
export function referredCandidates(
  { asking, measure, target }: Reference,
  {
    own,
    found,
    request,
  }: { own: readonly Observation[]; found: readonly Observation[]; request: ObserveRequest },
): Observation[] {
  const entered = own.filter(({ state }) => state !== 'notReported');
  if (!target) {
    const reason = reasons.unknownIndicator(measure.model, measure.indicator);
    return [...entered, absent(asking, request, reason)].slice(0, Math.max(1, entered.length));
  }
  const referred = found.map((each) => underName(each, asking, measure));
  const told = [...referred.filter(({ state }) => state !== 'notReported'), ...entered];
  return told.length > 0 ? told : referred.slice(0, 1);
}

function underName(observation: Observation, asking: ModelNode, measure: IndicatorMeasure): Observation {
  const { source } = observation;
  const name = `${measure.model}:${measure.indicator}`;
  const query = source === null ? null : source.query === null ? name : `${name} = ${source.query}`;
  const renamed: Observation = {
    ...observation,
    indicator: asking.id,
    unit: asking.unit,
    source: source && { ...source, query },
  };
  if (observation.value === null || observation.unit === asking.unit) return renamed;
  const factor = conversion(observation.unit as Unit, asking.unit);
  if (factor !== null) {
    const numerator = observation.numerator === null ? null : observation.numerator * factor;
    return { ...renamed, value: observation.value * factor, numerator };
  }
  const reason = reasons.otherUnit(name, observation.unit, asking.unit);
  return {
    ...renamed,
    state: 'failed',
    value: null,
    numerator: null,
    denominator: null,
    provenance: null,
    reason,
  };
}

const seconds: Readonly<Partial<Record<Unit, number>>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

/** What a value in `from` is multiplied by to be in `to`; null where one does not become the other. */
function conversion(from: Unit, to: Unit): number | null {
  const [a, b] = [seconds[from], seconds[to]];
  return a === undefined || b === undefined ? null : a / b;
}

function absent(
  node: ModelNode,
  { subject, period }: ObserveRequest,
  reason: Observation['reason'],
): Observation {
  return {
    indicator: node.id,
    subject,
    period: period.id,
    unit: node.unit,
    state: 'notReported',
    value: null,
    numerator: null,
    denominator: null,
    provenance: null,
    reason,
    source: null,
  };
}
