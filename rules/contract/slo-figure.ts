import type { Text } from '../../scoring/contract.ts';
import type { Slo } from './slo.ts';

/** A stretch of time whose good and bad are counted: a local day, a calendar period, or a rolling window that ends at `to`. */
export interface SloSpan {
  readonly kind: 'day' | 'month' | 'quarter' | 'year' | 'rolling';
  /** `2026-11-20`, `2026-11`, `2026-Q4`, `2026`, or `28d@2026-11-21T00:00:00Z`. */
  readonly id: string;
  /** ISO instants, [from, to). */
  readonly from: string;
  readonly to: string;
}

/** Bad and all of a span, in the unit of the SLI: events, events per second times seconds, samples, slices, or seconds. */
export interface SloCounts {
  readonly bad: number;
  readonly total: number;
}

/** What one span of one SLO counted, as of an instant. Frozen with its queries, so that all else can be reckoned again. */
export interface SloFigure {
  readonly slo: string;
  /** The subject whose promise it is. */
  readonly subject: string;
  readonly span: SloSpan;
  /** ISO instant: nothing after it counted; before `span.to` the span was running. */
  readonly asOf: string;
  /** Null when `absent` or `failed`; 0 of 0 when `zeroBase`. */
  readonly counts: SloCounts | null;
  /** `zeroBase`: there was no event. `absent`: no samples. */
  readonly state: 'measured' | 'estimated' | 'zeroBase' | 'absent' | 'failed';
  readonly reason: Text | null;
  /** What the exclusions that touch the span counted within it; each stretch of time once, however many cover it. */
  readonly excluded: readonly ExcludedCounts[];
  /** Bad ratio of the last hour, six hours, day and three days before `asOf`, by window; absent where not known. */
  readonly recent: Readonly<Record<string, number>>;
  /** As they were asked. */
  readonly queries: readonly string[];
  /** sha256 of the SLO's definition as it counted. */
  readonly specSha256: string;
  /** 1 for the first count of an ended span; one more whenever late data changed it. */
  readonly revision: number;
  readonly computedAt: string;
}

export interface ExcludedCounts extends SloCounts {
  readonly exclusion: number;
  /** The part of the exclusion within the span. */
  readonly from: string;
  readonly to: string;
}

export const exclusionKinds = ['maintenance', 'force-majeure'] as const;
export type ExclusionKind = (typeof exclusionKinds)[number];

/** A stretch of time that the adjusted figure leaves out: signed, reasoned, never hiding the raw figure (计划检修、不可抗力). */
export interface SloExclusion {
  readonly id: number;
  readonly slo: string;
  readonly subject: string;
  readonly kind: ExclusionKind;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Who signs for it. */
  readonly by: string;
  /** File, ticket or address that shows it. */
  readonly evidence: string;
  readonly recordedAt: string;
  /** Null while it stands. */
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
}

/** A figure with the definition it counted by: all that pages, readings and reports are made of. */
export interface SloStanding {
  readonly definition: SloDefinition;
  readonly figure: SloFigure;
}

/** What of an SLO its figures depend on; `specSha256` is that of its canonical JSON. */
export type SloDefinition = Pick<
  Slo,
  | 'id'
  | 'service'
  | 'name'
  | 'title'
  | 'description'
  | 'objectivePercent'
  | 'period'
  | 'sli'
  | 'minimumEvents'
>;
