import type { Evaluation, ResolvedConflict, SourceComparison } from '../../../../scoring/contract.ts';
import type { EvaluationSummary } from '../../../../store/contract.ts';
import type { EvaluationReader } from '../../evaluation-reader.ts';
import { Memo } from '../../memo.ts';

/** A figure whose sources disagree, with the decision where there is one. */
export interface Dispute {
  readonly evaluation: string;
  readonly comparison: SourceComparison;
  readonly decided: ResolvedConflict['resolution'] | null;
}

export interface Disputes {
  readonly open: readonly Dispute[];
  readonly decided: readonly Dispute[];
  /** Evaluations that were not looked at because there are too many. */
  readonly unread: number;
}

const readAtMost = 1000;
const readAtOnce = 16;
/** Evaluations never change, so what was found in one stays true. */
const known = new Memo<readonly Dispute[]>(5000);

export function disputesIn(evaluation: Evaluation): Dispute[] {
  const { sha256 } = evaluation;
  return [
    ...evaluation.conflicts.map((comparison) => ({ evaluation: sha256, comparison, decided: null })),
    ...(evaluation.resolutions ?? []).map(({ comparison, resolution }) => ({
      evaluation: sha256,
      comparison,
      decided: resolution,
    })),
  ];
}

/** The one saved last of each model, subject and period. */
function latestOf(summaries: readonly EvaluationSummary[]): EvaluationSummary[] {
  const latest = new Map<string, EvaluationSummary>();
  for (const each of summaries) {
    const key = `${each.model} ${each.subject} ${each.period}`;
    if (!latest.has(key)) latest.set(key, each);
  }
  return [...latest.values()];
}

/** What is in dispute in the latest evaluations that the filter names, newest period first. */
export async function findDisputes(
  reader: EvaluationReader,
  filter: Parameters<EvaluationReader['evaluations']>[0],
): Promise<Disputes> {
  const all = latestOf(await reader.evaluations(filter)).toSorted((a, b) => b.period.localeCompare(a.period));
  const wanted = all.slice(0, readAtMost);
  const found: Dispute[] = [];
  for (let at = 0; at < wanted.length; at += readAtOnce) {
    const parts = await Promise.all(
      wanted.slice(at, at + readAtOnce).map(async ({ sha256 }) => {
        const kept = known.get(sha256);
        if (kept) return kept;
        const evaluation = await reader.get(sha256);
        return evaluation ? known.set(sha256, disputesIn(evaluation)) : [];
      }),
    );
    found.push(...parts.flat());
  }
  return {
    open: found.filter((each) => each.decided === null),
    decided: found.filter((each) => each.decided !== null),
    unread: all.length - wanted.length,
  };
}

/** Address of the page on which it is decided. */
export function linkToDispute(evaluation: string, indicator: string): string {
  return `/conflicts/${evaluation}/${encodeURIComponent(indicator)}`;
}
