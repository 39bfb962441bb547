import type { RecordKind } from '../../collectors/contract.ts';

/**
 * A condition or a number over one record, parsed from a model file. Comparisons with an absent field are false, a
 * number made from an absent field is absent; so `not` and counts never see "unknown".
 */
export type RecordExpression =
  | { readonly op: 'constant'; readonly value: boolean | number }
  | { readonly op: 'field'; readonly name: string }
  /** A code of a field, written bare in the model: `channel == citizen`. */
  | { readonly op: 'code'; readonly value: string }
  /** `start` and `end` of the period, `cutoff` = as-of. */
  | { readonly op: 'bound'; readonly name: 'start' | 'end' | 'cutoff' }
  /** True when the record carries a fault; usable only in a measure with `population: withFaulty`. */
  | { readonly op: 'faulty' }
  | { readonly op: 'has'; readonly field: string }
  /** Time from one instant field to another in the unit named; absent when either is absent. */
  | {
      readonly op: 'duration';
      readonly unit: 'hour' | 'day' | 'week';
      readonly from: string;
      readonly to: string;
    }
  | { readonly op: 'not'; readonly of: RecordExpression }
  | {
      readonly op: 'and' | 'or' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';
      readonly left: RecordExpression;
      readonly right: RecordExpression;
    };

/** What a records measure computes over its cohort. */
export type Reduction =
  /** Numerator counts the records of the denominator that also meet `numerator`. */
  | { readonly kind: 'ratio'; readonly numerator: RecordExpression; readonly denominator: RecordExpression }
  | { readonly kind: 'count'; readonly of: RecordExpression }
  /** Over the records that meet `among` and for which `of` is present; numerator = sum, denominator = count. */
  | { readonly kind: 'mean'; readonly of: RecordExpression; readonly among: RecordExpression }
  /** `at` in 0..1; linear interpolation between order statistics (SQL `percentile_cont`). */
  | {
      readonly kind: 'percentile';
      readonly of: RecordExpression;
      readonly among: RecordExpression;
      readonly at: number;
    };

/** How an indicator without children gets its value (度量方式). */
export type Measure =
  | {
      readonly kind: 'records';
      readonly records: RecordKind;
      /** The instant field that must lie in [start, end) of the period. */
      readonly cohort: string;
      /** Which records of the cohort count at all (besides being sound): the model's text for duplicates, invalid ones. */
      readonly where: RecordExpression;
      /** `sound` leaves faulty records out; `withFaulty` keeps them, so that their share can be measured. */
      readonly population: 'sound' | 'withFaulty';
      readonly reduction: Reduction;
      /** The measure as written in the model, on one line: what pages and reports print as the query. */
      readonly text: string;
    }
  /** Entered by hand with evidence, or imported as an observation; every other measure accepts these as a second source. */
  | { readonly kind: 'entry' };
