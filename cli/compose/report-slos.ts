import type { ReportSlos } from '../../reports/contract.ts';
import { countedUntil, cutoffOf } from '../../reports/cutoff.ts';
import type { SloStanding } from '../../rules/contract.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';

/**
 * The standing of every SLO of the subjects at the evaluation's cut-off, its period's end at the latest, by SLO id: the
 * newest span that counted nothing after it. One that nobody has counted since before the period is no promise of it any
 * more. Undefined when there is none.
 */
export async function slosOf(
  store: Pick<EvidenceStore, 'slo'>,
  subjects: readonly string[],
  evaluation: Evaluation,
): Promise<ReportSlos | undefined> {
  const newest = await standingsAt(store, subjects, cutoffOf(evaluation));
  const standings = newest.filter((each) => !isCountedBefore(each, evaluation.period.start));
  if (standings.length === 0) return undefined;
  const named = new Set(standings.flatMap(({ figure }) => figure.excluded.map(({ exclusion }) => exclusion)));
  const all = named.size === 0 ? [] : await store.slo.exclusions(subjects, null);
  const exclusions = all.filter(({ id }) => named.has(id)).toSorted((a, b) => a.id - b.id);
  return { standings, exclusions };
}

const keyOf = ({ figure }: SloStanding) => `${figure.slo} ${figure.subject}`;

/** The store's newest, and where that went on counting past the cut-off (a calendar period still running), the span before it. */
async function standingsAt(
  { slo }: Pick<EvidenceStore, 'slo'>,
  subjects: readonly string[],
  cutoff: string,
): Promise<readonly SloStanding[]> {
  const found = new Map<string, SloStanding>();
  let asked: readonly string[] = [cutoff];
  while (asked.length > 0) {
    const earlier = new Set<string>();
    for (const before of asked) {
      for (const standing of await slo.latest(subjects, before)) {
        const key = keyOf(standing);
        if (found.has(key)) continue;
        if (isCountedBy(standing, cutoff)) found.set(key, standing);
        else earlier.add(standing.figure.span.from);
      }
    }
    asked = [...earlier]
      .filter((before) => !asked.includes(before))
      .toSorted()
      .toReversed();
  }
  return [...found.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const isCountedBefore = ({ figure }: SloStanding, start: string) =>
  Date.parse(countedUntil(figure)) < Date.parse(start);

function isCountedBy({ figure }: SloStanding, cutoff: string): boolean {
  return Date.parse(countedUntil(figure)) <= Date.parse(cutoff);
}
