import type { LintFinding, PathStep, Slo, Text } from '../../contract.ts';
import type { SloPart } from '../read/spec-document.ts';

/** What the PromQL server knows, where one is configured. */
export interface KnownFacts {
  /** Bounds of the buckets of a histogram, by its name or that of its `_bucket` series. */
  readonly bucketBounds?: ReadonlyMap<string, readonly number[]>;
  /** How long samples are kept; null when the server does not say. */
  readonly retentionSeconds?: number | null;
}

export interface LintQuery {
  readonly part: SloPart;
  readonly text: string;
}

/** What a rule is handed: the SLO, its queries, what is known, and what its reader noted. */
export interface LintCase {
  readonly slo: Slo;
  /** Empty where they are MetricsQL, of which nothing is known here. */
  readonly queries: readonly LintQuery[];
  readonly known: KnownFacts;
  readonly notes: readonly { readonly path: readonly PathStep[]; readonly message: Text }[];
}

export interface LintProblem {
  readonly level: LintFinding['level'];
  readonly part: SloPart;
  /** Within the text of the part's query, counted from 1. */
  readonly column?: number;
  /** Instead of the part, where the problem stands in another place. */
  readonly note?: number;
  readonly message: Text;
}

export interface LintRule {
  /** Name of its file. */
  readonly name: string;
  /** What it is against, for the documentation. */
  readonly purpose: Text;
  check(subject: LintCase): readonly LintProblem[];
}

export const queryOf = ({ queries }: LintCase, part: SloPart) =>
  queries.find((query) => query.part === part)?.text ?? null;
