import type { Text } from './text.ts';

/** States of knowledge about one figure; their arithmetic is in scoring/engine. */
export const observationStates = [
  'measured',
  'estimated',
  'submitted',
  'selfReported',
  'notReported',
  'notApplicable',
  'failed',
  'stale',
  'zeroBase',
  'conflict',
  'excluded',
] as const;
export type ObservationState = (typeof observationStates)[number];

/** States in which `value` is a number; in every other state it is null. */
export const valuedStates: readonly ObservationState[] = [
  'measured',
  'estimated',
  'submitted',
  'selfReported',
];

/** Evidence classes (证据等级), strongest first. */
export const provenances = ['measured', 'reconciled', 'submitted', 'selfReported'] as const;
export type Provenance = (typeof provenances)[number];

export interface SourceFile {
  readonly name: string;
  /** Lower-case hex SHA-256 of the file's bytes as read. */
  readonly sha256: string;
  /** Rows of this file that went into the figure. */
  readonly rows: number;
}

/** Where a figure comes from, precise enough for a stranger to look it up. */
export interface Source {
  /** `records`: computed from stored records; `entry`: entered by hand; `file`: an observations file; `metric`: telemetry. */
  readonly kind: 'records' | 'entry' | 'file' | 'metric';
  /** The query or definition that ran, as text; null for an entry. */
  readonly query: string | null;
  readonly files: readonly SourceFile[];
  /** Rows looked at (the cohort); null where rows have no meaning. */
  readonly rows: number | null;
  /** ISO instant of the cut-off. */
  readonly asOf: string;
  /** Telemetry only: how complete the samples are that the figure is made of. */
  readonly samples?: SampleCount;
  /** Who entered or verified it, evidence file; for entries only. */
  readonly submittedBy?: string;
  readonly verifiedBy?: string;
  readonly evidence?: string;
}

/**
 * How complete the samples of a period are, counted in intervals of the declared length: sampling more often than
 * declared neither hides a gap nor makes one.
 */
export interface SampleCount {
  /** Intervals that hold at least one sample, over all series; at most `expected`. */
  readonly present: number;
  /** Series times intervals in the period. */
  readonly expected: number;
  readonly series: number;
}

/** One indicator's value for one subject over one period (观测值). */
export interface Observation {
  /** Full indicator id, for example `S1.T1`. */
  readonly indicator: string;
  readonly subject: string;
  readonly period: string;
  readonly state: ObservationState;
  /** In `unit`; a finite number exactly in the valued states, else null. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly unit: string;
  /** Null exactly where value is null. */
  readonly provenance: Provenance | null;
  /** 0..1: the share of the period that the samples cover, where less than the whole; absent = whole. */
  readonly coverage?: number;
  /** Required in every state without a value, in words; null otherwise unless there is something to say. */
  readonly reason: Text | null;
  readonly source: Source | null;
}

/** Units an indicator may have. `ratio` is 0..1; times are in the unit named; `score` is 0..100; `factor` is a plain quotient (PUE); `yuan` is money. */
export const units = [
  'ratio',
  'count',
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'score',
  'perDay',
  'factor',
  'yuan',
] as const;
export type Unit = (typeof units)[number];
