import type { Observation, Period } from '../../collectors/contract.ts';
import type { EvaluatedSubject, Evaluation } from './evaluation.ts';
import type { Model } from './model.ts';
import type { ConflictResolution } from './resolution.ts';

/** Everything a score depends on. */
export interface ScoreInput {
  readonly model: Model;
  readonly subject: EvaluatedSubject;
  readonly period: Period;
  /** ISO instant of the cut-off. */
  readonly asOf: string;
  /** Zero, one or several candidates per leaf, in any order; leaves without one become `notReported`. */
  readonly candidates: readonly Observation[];
  /** Standing decisions on conflicts; one whose dispute is not there (any more) changes nothing. */
  readonly resolutions?: readonly ConflictResolution[];
  /** Interpretation id -> option; others take the model's default. */
  readonly interpretations?: Readonly<Record<string, string>>;
}

/** A fault of a model file; all faults of a file are reported together. */
export interface ModelFault {
  /** Where in the file, `modules[0].children[2].measure.ratio`. */
  readonly path: string;
  /** Counted from 1; null where the file gives none. */
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

export type ModelCheck =
  | { readonly model: Model; readonly faults: readonly [] }
  | { readonly model: null; readonly faults: readonly ModelFault[] };

/** The engine as others are handed it: pure, no clock, no disk. */
export interface ScoringEngine {
  readonly name: string;
  checkModel(yaml: string): ModelCheck;
  /** Throws RangeError for an unknown interpretation or option and for an observation that is no leaf of the model. */
  score(input: ScoreInput): Evaluation;
  /** Canonical JSON of an evaluation with its sha256 in place; the bytes that are stored and embedded. */
  serialise(evaluation: Evaluation): string;
}
