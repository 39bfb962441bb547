import {
  InputError,
  type Observation,
  type Period,
  parseCutoff,
  parsePeriod,
  type Subject,
} from '../../collectors/contract.ts';
import {
  type ConflictResolution,
  type EvaluatedSubject,
  type Evaluation,
  leavesOf,
  type Model,
} from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { noTracing, type Tracing } from '../observability/tracing.ts';
import { shippedIndicator } from './models.ts';

export interface EvaluationOrder {
  readonly model: Model;
  readonly subject: string;
  readonly period: string;
  readonly asOf?: string | undefined;
  readonly interpretations?: Readonly<Record<string, string>> | undefined;
  readonly tracing?: Tracing | undefined;
}

function inputFault(error: unknown): unknown {
  return error instanceof RangeError ? new InputError(error.message, { cause: error }) : error;
}

/** Turns the RangeError of a part that was handed the user's words into a fault of the user's. */
export function asInput<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inputFault(error);
  }
}

export async function asInputAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inputFault(error);
  }
}

/** The period and its cut-off: `--as-of`, or the end of the period. */
export function periodAndCutoff(
  id: string,
  timeZone: string,
  asOf?: string,
): { period: Period; cutoff: string } {
  return asInput(() => {
    const period = parsePeriod(id, timeZone);
    const cutoff = asOf === undefined ? period.end : parseCutoff(asOf, timeZone);
    if (Date.parse(cutoff) <= Date.parse(period.start)) {
      throw new RangeError(`as-of time ${cutoff} lies before ${id} begins (${period.start})`);
    }
    return { period, cutoff };
  });
}

export async function findSubject(store: EvidenceStore, id: string): Promise<Subject> {
  const subject = await store.subjects.get(id);
  if (subject) return subject;
  const known = (await store.subjects.list()).map((each) => each.id);
  const some = known.length === 0 ? 'there is none yet' : `known are ${known.slice(0, 8).join(', ')}`;
  throw new InputError(
    `subject "${id}" does not exist (${some}): add it with "citygauge subject add ID --name NAME --time-zone ZONE"`,
  );
}

export function evaluatedSubject({ id, name, kind, parent, timeZone, isSample }: Subject): EvaluatedSubject {
  return { id, name, kind, parent, timeZone, isSample };
}

/** Observes what the store holds and scores it; saves nothing. */
export function evaluateFromStore(store: EvidenceStore, order: EvaluationOrder): Promise<Evaluation> {
  const { model, subject, period, tracing = noTracing } = order;
  const attributes = {
    'citygauge.model': model.id,
    'citygauge.subject': subject,
    'citygauge.period': period,
  };
  return tracing.withSpan('evaluate', attributes, async (span) => {
    const evaluation = await observeAndScore(store, order, tracing);
    span.note({
      'citygauge.nodes': evaluation.nodes.length,
      'citygauge.grade': evaluation.overall.grade ?? 'ungraded',
      'citygauge.evaluation': evaluation.sha256,
    });
    return evaluation;
  });
}

async function observeAndScore(
  store: EvidenceStore,
  order: EvaluationOrder,
  tracing: Tracing,
): Promise<Evaluation> {
  const subject = await findSubject(store, order.subject);
  const { period, cutoff } = periodAndCutoff(order.period, subject.timeZone, order.asOf);
  const leaves = leavesOf(order.model);
  const attributes = { 'citygauge.indicators': leaves.length, 'citygauge.metrics': store.metrics.kind };
  const candidates = await tracing.withSpan('observe', attributes, async (span) => {
    const observed = await store.evidence.observe({
      subject: subject.id,
      period,
      cutoff,
      leaves,
      resolveIndicator: shippedIndicator,
    });
    span.note({
      'citygauge.observations': observed.length,
      'citygauge.failed': observed.filter(({ state }) => state === 'failed').length,
    });
    return observed;
  });
  const resolutions = await store.resolutions.list(subject.id, period.id);
  return scoreCandidates(order, evaluatedSubject(subject), { period, cutoff, candidates, resolutions });
}

interface ScoredEvidence {
  readonly period: Period;
  readonly cutoff: string;
  readonly candidates: readonly Observation[];
  readonly resolutions?: readonly ConflictResolution[];
}

export function scoreCandidates(
  order: EvaluationOrder,
  subject: EvaluatedSubject,
  { period, cutoff, candidates, resolutions }: ScoredEvidence,
): Evaluation {
  return asInput(() =>
    scoringEngine.score({
      model: order.model,
      subject,
      period,
      asOf: cutoff,
      candidates,
      ...(resolutions ? { resolutions } : {}),
      ...(order.interpretations ? { interpretations: order.interpretations } : {}),
    }),
  );
}

/** Observes, scores and saves. */
export async function evaluateAndSave(
  store: EvidenceStore,
  order: EvaluationOrder,
  createdAt: string,
): Promise<Evaluation> {
  const evaluation = await evaluateFromStore(store, order);
  await store.evaluations.save(evaluation, order.model, createdAt);
  return evaluation;
}
