import type { SloDefinition, SloFigure, SloSpan } from '../../contract.ts';
import { definitionSha256 } from '../definition.ts';
import type { Count } from './count.ts';
import type { ExcludedStretch } from './exclusions.ts';
import * as reasons from './reasons.ts';

/** Windows before the end of a span whose ratio is kept with it: what burn now and the forecast are told from. */
export const recentWindows: Readonly<Record<string, number>> = {
  ...{ '1h': 3600, '6h': 21_600, '1d': 86_400, '3d': 259_200 },
};

/** Everything that was counted of one span of one SLO. */
export interface CountedSpan {
  readonly definition: SloDefinition;
  readonly subject: string;
  readonly span: SloSpan;
  readonly asOf: string;
  readonly whole: Count;
  readonly excluded: readonly (ExcludedStretch & { readonly count: Count })[];
  /** By window. */
  readonly recent: ReadonlyMap<string, Count>;
  readonly queries: readonly string[];
  readonly computedAt: string;
}

export function figureOf(counted: CountedSpan): SloFigure {
  const { definition, subject, span, asOf, queries, computedAt } = counted;
  const { counts, state, reason } = withExclusions(counted);
  return {
    ...{ slo: definition.id, subject, span, asOf, counts, state, reason },
    excluded: counts === null ? [] : counted.excluded.map(excludedCounts),
    recent: Object.fromEntries([...counted.recent].flatMap(ratioOf)),
    queries,
    ...{ specSha256: definitionSha256(definition), revision: 1, computedAt },
  };
}

/** What an exclusion covers and could not be counted leaves the adjusted figure unsure. */
function withExclusions({ whole, excluded }: CountedSpan): Count {
  const unsure = excluded.find(({ count }) => count.state === 'failed');
  if (!unsure || whole.state !== 'measured') return whole;
  return { ...whole, state: 'estimated', reason: reasons.exclusionNotCounted(unsure.exclusion) };
}

function excludedCounts({ exclusion, from, to, count }: CountedSpan['excluded'][number]) {
  return { exclusion, from, to, ...(count.counts ?? { bad: 0, total: 0 }) };
}

function ratioOf([window, { counts }]: readonly [string, Count]): [string, number][] {
  return counts === null || counts.total === 0 ? [] : [[window, counts.bad / counts.total]];
}
