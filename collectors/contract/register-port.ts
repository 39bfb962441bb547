import type { CheckResult } from './quality.ts';
import type { SecurityFigures } from './security.ts';
import type { Text } from './text.ts';

/** How one SLO stands; ratios 0..1, null where nothing was counted, with the reason. */
export interface SloReading {
  readonly slo: string;
  readonly service: string;
  readonly subject: string;
  readonly objectiveRatio: number;
  readonly attainmentRatio: number | null;
  readonly adjustedAttainmentRatio: number | null;
  /** Adjusted; below 0 when overdrawn. */
  readonly budgetLeftRatio: number | null;
  readonly burnNow: number | null;
  /** There was nothing to count: no fault of anybody's. */
  readonly isWithoutEvents: boolean;
  readonly reason: Text | null;
}

/** Reads of the evidence store that collectors may ask for. */
export interface RegisterPort {
  /** Earlier results of a check, newest first, with the instant of their run. */
  qualityResults(
    key: { readonly subject: string; readonly source: string; readonly check: string },
    limit: number,
  ): Promise<readonly (CheckResult & { readonly at: string })[]>;
  /** Of the subject and its descendants. */
  security(subject: string, at: string): Promise<SecurityFigures>;
  /** Counts the SLOs of the subject and its descendants as of an instant, keeps what was counted, and says how they stand. */
  slos(subject: string, at: string, signal: AbortSignal): Promise<readonly SloReading[]>;
}
