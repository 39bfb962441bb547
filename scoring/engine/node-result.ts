import type { Model, ModelNode, NodeState, Observation, Provenance, Text } from '../contract.ts';
import { roundToDecimals } from '../formula/arithmetic.ts';
import type { LeafEvidence } from './evidence.ts';

export interface ScoringContext {
  readonly model: Model;
  /** Interpretation `term-bounds`: terms are held between 0 and their full points. */
  readonly isBounded: boolean;
  readonly evidence: ReadonlyMap<string, LeafEvidence>;
}

/** A node scored by itself; its parent then gives it its points. */
export interface NodeResult {
  readonly node: ModelNode;
  readonly state: NodeState;
  readonly observation: Observation | null;
  /** 0..100; null where nothing has a value, and for a leaf whose parent's formula takes the raw value. */
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What the parent's formula is given: the raw value, or the score of a scaled leaf or inner node. */
  readonly input: number | null;
  readonly coverage: number;
  /** False leaves both points reached and points applicable. */
  readonly isApplicable: boolean;
  /** True for a conflict here or below that counts. */
  readonly isBlocked: boolean;
  readonly provenance: Provenance | null;
  readonly grade: string | null;
  readonly reason: Text;
  /** Said after the reason and the points. */
  readonly remarks: readonly Text[];
  readonly calculation: string | null;
  readonly children: readonly ScoredNode[];
}

export interface ScoredNode extends NodeResult {
  readonly points: number | null;
  readonly pointsPossible: number;
}

/** A share of a parent's points that is scored as one. */
export interface Part {
  /** Indices of the children that earn it. */
  readonly members: readonly number[];
  readonly possible: number;
  readonly reached: number | null;
  readonly low: number;
  readonly high: number;
  readonly coverage: number;
  readonly isApplicable: boolean;
  /** The part with the numbers put in; null without a value. */
  readonly calculation: string | null;
}

/** As the model's "round to n decimals at every level" says; unrounded by default. */
export function rounded(value: number, context: ScoringContext): number {
  const { roundTo } = context.model;
  return roundTo === null ? value : roundToDecimals(value, roundTo);
}
