import {
  type Budget,
  budgetOfFigure,
  type Slo,
  type SloDefinition,
  type SloFigure,
  type Subject,
} from '../../../../rules/contract.ts';
import type { PageContext } from '../../page.ts';

/**
 * How a promise stands: overdrawn, nobody knows, will be overdrawn if it goes on so, within its budget as far as the data go,
 * kept, nothing to keep.
 */
export const verdicts = ['missed', 'unknown', 'atRisk', 'unsure', 'kept', 'idle'] as const;
export type Verdict = (typeof verdicts)[number];

/** One SLO of one subject with its newest figure. */
export interface PromiseStanding {
  readonly definition: SloDefinition;
  /** Null when the installation no longer defines it. */
  readonly slo: Slo | null;
  readonly subject: string;
  /** Null when it was never counted. */
  readonly figure: SloFigure | null;
  readonly budget: Budget | null;
  readonly verdict: Verdict;
}

/** As long as the longest window that an SLO's ticket alert watches: whoever gets the ticket has less than this. */
const soonSeconds = 3 * 86_400;

export function verdictOf(figure: SloFigure | null, budget: Budget | null): Verdict {
  if (figure?.state === 'zeroBase') return 'idle';
  if (!figure || !budget || figure.counts === null) return 'unknown';
  const { adjusted, outlook } = budget;
  if (adjusted.leftRatio === null) return 'idle';
  if (adjusted.leftRatio < 0) return 'missed';
  const runsOut = outlook.exhaustedInSeconds !== null && outlook.exhaustedInSeconds <= soonSeconds;
  const endsBelow = outlook.leftAtEndRatio !== null && outlook.leftAtEndRatio < 0;
  if (adjusted.isMet === false || runsOut || endsBelow) return 'atRisk';
  return adjusted.isMet === null ? 'unsure' : 'kept';
}

export function standingOf(
  definition: SloDefinition,
  slo: Slo | null,
  { subject, figure }: { readonly subject: string; readonly figure: SloFigure | null },
): PromiseStanding {
  const budget = figure ? budgetOfFigure(definition, figure) : null;
  return { definition, slo, subject, figure, budget, verdict: verdictOf(figure, budget) };
}

function byNeed(a: PromiseStanding, b: PromiseStanding): number {
  const left = ({ budget }: PromiseStanding) => budget?.adjusted.leftRatio ?? 1;
  const isGone = ({ slo }: PromiseStanding) => Number(slo === null);
  return (
    isGone(a) - isGone(b) ||
    verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
    left(a) - left(b) ||
    a.definition.id.localeCompare(b.definition.id) ||
    a.subject.localeCompare(b.subject)
  );
}

/** Whose promise an SLO without a subject is: never the sample's where there is a root of one's own. */
function rootOf(subjects: readonly Subject[]): string | null {
  const roots = subjects.filter((each) => each.parent === null);
  return (roots.find(({ isSample }) => !isSample) ?? roots[0] ?? subjects[0])?.id ?? null;
}

/** Every promise of these subjects, worst first and those that are defined no more last: what was counted, and what is defined and was not. */
export async function promiseStandings(
  { reader, workbench }: Pick<PageContext, 'reader' | 'workbench'>,
  family: readonly string[],
): Promise<PromiseStanding[]> {
  const slos = new Map(workbench.slos().map((slo) => [slo.id, slo]));
  const counted = (await workbench.slo.latest(family, null)).map(({ definition, figure }) =>
    standingOf(definition, slos.get(definition.id) ?? null, { subject: figure.subject, figure }),
  );
  const known = new Set(counted.map(({ definition }) => definition.id));
  const root = rootOf(await reader.subjects());
  const uncounted = [...slos.values()].flatMap((slo) => {
    const subject = slo.subject ?? root;
    if (known.has(slo.id) || subject === null || !family.includes(subject)) return [];
    return [standingOf(slo, slo, { subject, figure: null })];
  });
  return [...counted, ...uncounted].toSorted(byNeed);
}
