import type { Observation, ObservationState, Provenance, Text, Unit } from '../../collectors/contract.ts';
import type { ConflictResolution } from './resolution.ts';
import type { StageResult } from './stage.ts';

export const evaluationSchemaId = 'citygauge/evaluation@1';

/**
 * The one result object (评估结果): every page, gauge, CSV and PDF is a function of it. The same inputs give the same
 * canonical bytes (RFC 8785), and nothing in it was read from a clock.
 */
export interface Evaluation {
  readonly schema: typeof evaluationSchemaId;
  readonly model: {
    readonly id: string;
    readonly version: string;
    readonly sha256: string;
    readonly title: Text;
  };
  readonly subject: EvaluatedSubject;
  readonly period: {
    readonly id: string;
    readonly start: string;
    readonly end: string;
    readonly timeZone: string;
  };
  /** ISO instant of the cut-off. */
  readonly asOf: string;
  /** Name and version of the scoring engine, `citygauge 0.1.0`. */
  readonly engine: string;
  /** One per interpretation of the model, with the option that was used. */
  readonly interpretations: readonly ChosenInterpretation[];
  readonly overall: Overall;
  /** Every node in tree order, modules first at level 1. */
  readonly nodes: readonly EvaluatedNode[];
  /** One per leaf in tree order, whatever its state. */
  readonly observations: readonly Observation[];
  /** Figures with two sources beyond tolerance; each blocks its node. */
  readonly conflicts: readonly SourceComparison[];
  /** Figures with two sources within tolerance; the measured value counts, as `reconciled`. */
  readonly reconciliations: readonly SourceComparison[];
  /** Conflicts that a person decided; the chosen candidate counts, with its own provenance. Absent when there are none. */
  readonly resolutions?: readonly ResolvedConflict[];
  /** Decisions on figures that have changed since, or agree by now: they change nothing. Absent when there are none. */
  readonly lapsedResolutions?: readonly ConflictResolution[];
  /** Absent for a model without stages. */
  readonly stage?: StageResult;
  /** What departs from the model's defaults (an interpretation chosen otherwise, a cut-off before the period's end). */
  readonly deviations: readonly Text[];
  /** Lower-case hex SHA-256 of the canonical JSON of everything but this field. */
  readonly sha256: string;
}

export interface ResolvedConflict {
  readonly comparison: SourceComparison;
  readonly resolution: ConflictResolution;
}

export interface EvaluatedSubject {
  readonly id: string;
  readonly name: Text;
  readonly kind: string;
  readonly parent: string | null;
  readonly timeZone: string;
  /** True when the figures are synthetic (示例数据). */
  readonly isSample: boolean;
}

export interface ChosenInterpretation {
  readonly id: string;
  readonly question: Text;
  readonly option: string;
  readonly title: Text;
  readonly isDefault: boolean;
}

export interface Overall {
  /** Null = ungraded. */
  readonly grade: string | null;
  /** Id of the rule that decided; null when ungraded. */
  readonly rule: string | null;
  /** 0..100 under a score rule; null under a rule over grades, or when nothing has a value. */
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  /** 0..1 over all modules. */
  readonly coverage: number;
  readonly reason: Text;
}

/** State of a node: a leaf has its observation's; an inner node is one of the three last. */
export type NodeState = ObservationState | 'scored' | 'partial' | 'unscored';

export interface EvaluatedNode {
  readonly id: string;
  /** Null for a module. */
  readonly parent: string | null;
  readonly level: number;
  readonly title: Text;
  /** `scored` = full coverage, `partial` = some evidence is missing, `unscored` = none below has a value. */
  readonly state: NodeState;
  /** The figure in `unit` (a leaf) or null. */
  readonly value: number | null;
  readonly unit: Unit;
  /** 0..100 on what has a value; null when nothing has. */
  readonly score: number | null;
  /** What the score would be if all missing evidence turned out worst (low) or best (high); equals score at full coverage. */
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  /** Points reached of `pointsPossible` on the parent's 0..100 scale; null where nothing has a value. A module's are of 100. */
  readonly points: number | null;
  /** 0 for context and for what does not apply. */
  readonly pointsPossible: number;
  /** Applicable weight that has a value / applicable weight, 0..1; 0 when nothing is applicable. */
  readonly coverage: number;
  /** Weakest evidence class among what counts; null when nothing counts. */
  readonly provenance: Provenance | null;
  /** Modules only; null = ungraded or not a module. */
  readonly grade: string | null;
  /** In words: why ungraded, why no value, how the grade came about, how the points were computed. */
  readonly reason: Text;
  /** The formula with the numbers put in (inner node with formula: whole; leaf: its term or its scale); null without a value. */
  readonly calculation: string | null;
}

/** Several sources for one figure, laid side by side. */
export interface SourceComparison {
  readonly indicator: string;
  readonly subject: string;
  readonly period: string;
  /** Relative difference up to which the sources count as one figure. */
  readonly tolerance: number;
  /** |a - b| / max(|a|, |b|) of the two candidates furthest apart; 0 when all are 0. */
  readonly relativeDifference: number;
  /** The observations as they came, strongest provenance first. */
  readonly candidates: readonly Observation[];
  readonly reason: Text;
}
