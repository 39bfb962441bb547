import type { Text } from '../../collectors/contract.ts';

/** One stage (运营阶段) of a model, lowest first; 03-models-from-the-white-papers, section 2. */
export interface StageSpec {
  readonly id: string;
  readonly title: Text;
  /** What operating at this stage is like. */
  readonly meaning: Text;
  /** The stage score, 0..100, from which the stage is reached once every module has entered. */
  readonly from: number;
  /** Module id -> its part; modules that are not named have none. Weights add up to 1. */
  readonly modules: Readonly<Record<string, StageModuleSpec>>;
}

export interface StageModuleSpec {
  readonly weight: number;
  /** Module score, 0..100: below it the module has not entered the stage. */
  readonly min: number;
  /** What a module has above it does not count. */
  readonly max: number;
}

/** The stage of an evaluation with the reckoning of every stage; figures are of the low bound of the module scores. */
export interface StageResult {
  /** Id of the highest stage reached without skipping one; null when none is, or when it cannot be told. */
  readonly stage: string | null;
  readonly title: Text | null;
  /** False when a module lacks so much evidence that it has no grade: `stage` is then null. */
  readonly isDetermined: boolean;
  readonly stages: readonly StageReckoning[];
  /** What holds back from the next stage, the largest gap first; empty at the highest stage. */
  readonly heldBackBy: readonly StageGap[];
  readonly reason: Text;
}

export interface StageReckoning {
  readonly id: string;
  readonly title: Text;
  readonly isReached: boolean;
  /** Sum of w_i * min(x_i, max_i) on the low and high bounds, 0..100. */
  readonly scoreLow: number;
  readonly scoreHigh: number;
  readonly from: number;
  readonly modules: readonly StageModule[];
}

export interface StageModule extends StageModuleSpec {
  readonly module: string;
  /** The module's score bounds; null when nothing below it applies. */
  readonly low: number | null;
  readonly high: number | null;
  /** weight * min(low, max). */
  readonly points: number;
  readonly hasEntered: boolean;
}

export interface StageGap {
  /** Null = the stage score itself. */
  readonly module: string | null;
  /** Points of score that are missing. */
  readonly gap: number;
  readonly reason: Text;
}
