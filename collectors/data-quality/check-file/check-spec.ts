import type { CheckKind, QualityDimension, QualityProblem, SecretRef, Text } from '../../contract.ts';

/** A check file (检核文件), read and found sound. */
export interface CheckFile {
  /** As it was named; paths of its sources are seen from its folder. */
  readonly name: string;
  /** Of the file's text. */
  readonly sha256: string;
  readonly sources: readonly SourceSpec[];
}

/** One data source and what is checked of it. */
export interface SourceSpec {
  readonly id: string;
  readonly title: Text;
  readonly department: string | null;
  readonly weight: number;
  readonly place: SourcePlace;
  /** Columns that name a row; empty = none do. */
  readonly key: readonly string[];
  /** Trimmed texts that count as missing; NULL always does. */
  readonly missing: readonly string[];
  readonly sensitive: readonly string[];
  readonly mask: MaskStyle;
  readonly times: TimeReading;
  /** For the whole source. */
  readonly timeoutSeconds: number;
  /** Offending rows kept of each check, at most. */
  readonly sampleRows: number;
  readonly checks: readonly CheckSpec[];
}

export type MaskStyle = 'asterisks' | 'hash';

export interface TimeReading {
  readonly formats: readonly string[];
  /** IANA zone of times that carry none. */
  readonly zone: string;
}

export type SourcePlace =
  | {
      readonly driver: 'duckdb';
      readonly format: 'csv' | 'parquet' | 'json';
      readonly path: string;
      readonly encoding?: string;
      readonly delimiter?: string;
    }
  | { readonly driver: 'sqlite'; readonly path: string; readonly from: TableOrQuery }
  | {
      readonly driver: 'postgresql' | 'mysql';
      /** The address itself (which may not hold a password) or where it is kept. */
      readonly url: string | SecretRef;
      readonly from: TableOrQuery;
    };

export type TableOrQuery = { readonly table: string } | { readonly query: string };

/** What every check has. */
interface CommonSpec {
  /** Unique within its source. */
  readonly id: string;
  readonly title: Text;
  /** Columns of the own table that it looks at; they have to exist. */
  readonly columns: readonly string[];
  readonly problem: QualityProblem | null;
  readonly dimension: QualityDimension;
  readonly weight: number;
  /** A condition in SQL of the source's engine; null = every row. */
  readonly where: string | null;
  /** Largest failing ratio that is good, 0..1; of a drift check the largest population stability index. */
  readonly max: number;
}

export const valueTypes = ['integer', 'number', 'instant', 'date', 'boolean'] as const;
export type ValueType = (typeof valueTypes)[number];

export const comparisons = ['<', '<=', '=', '!=', '>=', '>'] as const;
export type Comparison = (typeof comparisons)[number];

export const builtInFormats = [
  'resident-id',
  'credit-code',
  'mobile',
  'division-code',
  'coordinates',
] as const;
export type BuiltInFormat = (typeof builtInFormats)[number];

/** What each kind asks for beside what all have; the kind's own words are those of the check file. */
export interface OwnSpecs {
  readonly completeness: { readonly kind: 'completeness' };
  readonly uniqueness: { readonly kind: 'uniqueness' };
  readonly validity: {
    readonly kind: 'validity';
    readonly column: string;
    readonly type: ValueType | null;
    /** Numbers, or texts of times for the types instant and date; null = no bound. */
    readonly range: { readonly min: number | string | null; readonly max: number | string | null } | null;
    /** In characters. */
    readonly length: { readonly min: number | null; readonly max: number | null } | null;
    readonly pattern: string | null;
    readonly codes: readonly string[] | null;
  };
  readonly format: {
    readonly kind: 'format';
    readonly as: BuiltInFormat;
    /** Of coordinates: degrees within which they lie; null = anywhere on the globe. */
    readonly bounds: CoordinateBounds | null;
  };
  readonly columns: {
    readonly kind: 'columns';
    readonly left: string;
    readonly comparison: Comparison;
    readonly right: string;
    /** Null = by row: as numbers where both are, as times where both are, else as texts. */
    readonly as: 'number' | 'instant' | 'text' | null;
  };
  readonly reference: {
    readonly kind: 'reference';
    /** Id of a source of the same file, and its columns, one for each of `columns`. */
    readonly source: string;
    readonly to: readonly string[];
  };
  readonly agreement: {
    readonly kind: 'agreement';
    readonly key: readonly string[];
    /** Compared with `to.columns`, one by one. */
    readonly compared: readonly string[];
    readonly source: string;
    readonly to: { readonly key: readonly string[]; readonly columns: readonly string[] };
    /** Difference between two numbers that is none. */
    readonly tolerance: number;
  };
  readonly freshness: {
    readonly kind: 'freshness';
    readonly column: string;
    /** Exactly one is set: the age of the newest row, or of every row, that is still good. */
    readonly newestSeconds: number | null;
    readonly eachSeconds: number | null;
  };
  readonly lag: {
    readonly kind: 'lag';
    readonly from: string;
    readonly to: string;
    readonly withinSeconds: number;
  };
  readonly volume: {
    readonly kind: 'volume';
    /** Numbers of rows; null = no bound. */
    readonly rows: { readonly min: number | null; readonly max: number | null };
    /** Runs to compare with, and the share by which the rows may differ from their median. */
    readonly history: { readonly runs: number; readonly tolerance: number } | null;
  };
  readonly drift: {
    readonly kind: 'drift';
    readonly column: string;
    /** The base line is the earliest of so many last runs. */
    readonly runs: number;
    /** Given instead: value -> share or count. */
    readonly baseline: Readonly<Record<string, number>> | null;
  };
  readonly schema: {
    readonly kind: 'schema';
    /** Column -> type (text, number, integer, instant, date, boolean); null = as in the last run. */
    readonly expected: Readonly<Record<string, string>> | null;
    /** Whether further columns are good. */
    readonly extra: boolean;
  };
  readonly similarity: {
    readonly kind: 'similarity';
    readonly column: string;
    /** Only rows that are equal in these are compared; empty = all. */
    readonly within: readonly string[];
    /** Jaro-Winkler similarity from which two names are suspected, 0..1. */
    readonly atLeast: number;
  };
}

export interface CoordinateBounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type DeclaredKind = Exclude<CheckKind, 'access'>;

export type CheckOf<Kind extends DeclaredKind> = CommonSpec & OwnSpecs[Kind];

/** One check as the file declares it, with its defaults filled in. */
export type CheckSpec = { readonly [Kind in DeclaredKind]: CheckOf<Kind> }[DeclaredKind];
