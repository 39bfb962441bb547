import type { CheckKind, DataEngine, Text } from '../../../collectors/contract.ts';
import type { Course } from '../policy.ts';

/** Every number behind the sample's data-quality runs. None of them is taken from a real city. */

export interface SampleCheck {
  readonly kind: CheckKind;
  readonly title: Text;
  readonly columns: readonly string[];
  /** Share of the rows that are looked at. */
  readonly applies: number;
  /** Share of those that fail. */
  readonly failing: Course;
  readonly max: number;
  readonly weight: number;
  /** Condition of a failed row, as SQL; or the whole statement where rows do not fail one by one. */
  readonly fails: string | { readonly statement: string };
}

export interface SampleSource {
  readonly id: string;
  readonly title: Text;
  readonly department: string;
  readonly engine: DataEngine;
  readonly location: string;
  readonly table: string;
  readonly rows: Course;
  readonly checks: readonly SampleCheck[];
  /** The offending rows shown: column -> texts, masked where a person would be known by them. */
  readonly shown: readonly {
    readonly name: string;
    readonly isMasked: boolean;
    readonly values: readonly string[];
  }[];
}

export const check = (
  kind: CheckKind,
  title: Text,
  rest: Omit<SampleCheck, 'kind' | 'title' | 'applies' | 'weight'> & {
    readonly applies?: number;
    readonly weight?: number;
  },
): SampleCheck => ({ kind, title, applies: 1, weight: 1, ...rest });

export const ids = (prefix: string) => ({
  name: 'id',
  isMasked: false,
  values: [17, 240, 906].map((n) => `${prefix}${String(n).padStart(6, '0')}`),
});
