import type { Observation, Provenance } from '../../collectors/contract.ts';
import { canonicalJson, sha256Of } from './canonical-json.ts';

/** A person's decision on a figure whose sources disagree: which of them counts, who decided and why. */
export interface ConflictResolution {
  readonly indicator: string;
  readonly subject: string;
  readonly period: string;
  /** `disputeKey` of the candidates that were looked at; other candidates are a new conflict. */
  readonly dispute: string;
  /** The value and evidence class of the candidate that counts. */
  readonly value: number;
  readonly provenance: Provenance;
  readonly decidedBy: string;
  readonly reason: string;
  /** ISO instant. */
  readonly decidedAt: string;
}

/** Names a set of disagreeing candidates by what they state, whatever their order. */
export function disputeKey(candidates: readonly Observation[]): string {
  const stated = candidates.map(({ value, numerator, denominator, provenance }) =>
    canonicalJson({ value, numerator, denominator, provenance }),
  );
  return sha256Of(canonicalJson(stated.toSorted()));
}
