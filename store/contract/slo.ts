import type { SloExclusion, SloFigure, SloStanding, Text, ThresholdState } from '../../rules/contract.ts';

/** Counted figures of SLOs with every revision, and the exclusions; both are only ever added to. */
export interface SloRegister {
  /**
   * A figure of a running span replaces the one before it; of an ended span (`asOf` >= `span.to`) a changed count becomes the
   * next revision and an unchanged one is not written, nor is one that knows less (`failed` after `measured`). The figure's
   * `revision` is ignored; what it got is returned, in order. All are kept or none. Of rolling windows the last of each day
   * (UTC) stays. RangeError for a span that comes twice.
   */
  save(
    standings: readonly SloStanding[],
  ): Promise<readonly { readonly revision: number; readonly isNew: boolean }[]>;
  /**
   * The newest of each SLO's spans of its own period (not the days), by SLO id: of calendar periods that had begun before
   * `before`, of rolling windows that had ended by then (null = no bound).
   */
  latest(subjects: readonly string[], before: string | null): Promise<readonly SloStanding[]>;
  /** Spans of one SLO, newest first, in their last revision. */
  figures(query: {
    readonly slo: string;
    readonly subject: string;
    readonly kind: SloFigure['span']['kind'];
    /** Spans that begin in [from, to). */
    readonly from: string;
    readonly to: string;
  }): Promise<readonly SloFigure[]>;
  /** Every revision of one span, oldest first. */
  revisions(key: {
    readonly slo: string;
    readonly subject: string;
    readonly span: string;
  }): Promise<readonly SloFigure[]>;
  /** InputError when it overlaps a standing one of the same SLO, ends before it begins, lies in the future or is longer than the period. */
  exclude(order: ExclusionOrder): Promise<SloExclusion>;
  /** InputError when there is no such standing exclusion. */
  withdraw(id: number, by: string, at: string): Promise<SloExclusion>;
  /** Of the subjects, newest first, withdrawn ones too. */
  exclusions(subjects: readonly string[], slo: string | null): Promise<readonly SloExclusion[]>;
}

export type ExclusionOrder = Omit<SloExclusion, 'id' | 'recordedAt' | 'withdrawnAt' | 'withdrawnBy'> & {
  /** ISO instant, handed in. */
  readonly at: string;
  /** Seconds of the SLO's period: a longer exclusion is refused. */
  readonly periodSeconds: number;
};

/** Standings with thresholds: the current ones, and every change of lamp. */
export interface ThresholdTable {
  /** Keeps the states as the current ones of these thresholds; a change of lamp is added to the history. */
  save(thresholds: readonly string[], states: readonly ThresholdState[]): Promise<void>;
  /** Of the subjects and of series without one, worst first. */
  current(subjects: readonly string[] | null): Promise<readonly ThresholdState[]>;
  /** Changes of lamp, newest first. */
  history(query: {
    readonly threshold: string;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly ThresholdState[]>;
}

/** One value per expression, many expressions to a request. */
export interface PromqlSource {
  /** Without credentials. */
  readonly location: string;
  /** Requests sent so far. */
  readonly requests: number;
  /**
   * The text of a range (`3600s`) that holds exactly so many milliseconds on this server, when it is evaluated one
   * millisecond before their end. InputError when the server does not answer.
   */
  window(milliseconds: number): Promise<string>;
  /** Instant queries at one instant (ISO), in order; a fault of one leaves the others theirs. */
  instant(expressions: readonly string[], at: string): Promise<readonly PromqlAnswer[]>;
  /** Points of an expression in [from, to], every `stepSeconds`. */
  range(
    expression: string,
    span: { readonly from: string; readonly to: string; readonly stepSeconds: number },
  ): Promise<readonly PromqlSeries[]>;
  /** Bounds (`le`) of a histogram's buckets that have series now, ascending; empty when there is no such metric. */
  bucketBounds(metric: string): Promise<readonly number[]>;
  /** Seconds that the server keeps samples; null when it does not say. */
  retentionSeconds(): Promise<number | null>;
}

export type PromqlAnswer =
  | {
      readonly series: readonly {
        readonly labels: Readonly<Record<string, string>>;
        readonly value: number;
      }[];
    }
  | {
      readonly fault: Text;
      /** The query was too much for the server; its parts may not be. */
      readonly isTooLarge: boolean;
    };

export interface PromqlSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** ISO instant and value. */
  readonly points: readonly (readonly [string, number])[];
}
