import {
  adjustedCounts,
  canonicalJson,
  type Evaluation,
  parsePeriod,
  type SloDefinition,
  type SloExclusion,
  type SloFigure,
  type SloStanding,
  sha256Of,
} from '../../rules/contract.ts';
import type { ReportSlos } from '../contract.ts';
import { countedUntil, cutoffOf } from '../cutoff.ts';
import { type Comparison, show } from './deep-differences.ts';

/** A local day that is an hour longer or shorter twice a year moves the beginning of a rolling window by that much. */
const clockChangeMilliseconds = 3_600_000;
const dayMilliseconds = 86_400_000;

/** Counts are sums of doubles: so far apart they are the same. */
const countTolerance = 1e-6;

/**
 * Holds every standing against its definition: the hash of what was promised, the border of its span, its counts, and what
 * each exclusion took out of them. Attainment and budget are reckoned anew wherever they are printed.
 */
export function recomputeSlos(
  { standings, exclusions }: ReportSlos,
  evaluation: Pick<Evaluation, 'asOf' | 'period'>,
  into: Comparison,
): void {
  const seen = new Set<string>();
  for (const standing of standings) {
    const { slo, subject } = standing.figure;
    const key = `${slo} ${subject}`;
    const place = `registers.slo.standings[${slo}]`;
    expect(into, `${place} (times)`, [seen.has(key) ? 2 : 1, 1]);
    seen.add(key);
    recomputeDefinition(place, standing, into);
    recomputeSpan(place, standing, { into, cutoff: cutoffOf(evaluation) });
    recomputeCounts(place, standing.figure, into);
    recomputeExcluded(place, standing.figure, { into, exclusions });
  }
  const named = new Set(standings.flatMap(({ figure }) => figure.excluded.map(({ exclusion }) => exclusion)));
  for (const { id } of exclusions)
    expect(into, `registers.slo.exclusions[${id}]`, [
      named.has(id) ? 'named' : 'named by no figure',
      'named',
    ]);
}

function expect(into: Comparison, where: string, [printed, wanted]: readonly [unknown, unknown]): void {
  into.values += 1;
  if (printed !== wanted) into.differences.push({ where, printed: show(printed), recomputed: show(wanted) });
}

/** Adds a difference unless `holds`; `rule` says in words what should. */
function require(
  into: Comparison,
  where: string,
  { holds, printed, rule }: { readonly holds: boolean; readonly printed: unknown; readonly rule: string },
): void {
  into.values += 1;
  if (!holds) into.differences.push({ where, printed: show(printed), recomputed: rule });
}

function recomputeDefinition(place: string, { definition, figure }: SloStanding, into: Comparison): void {
  expect(into, `${place}.figure.specSha256`, [figure.specSha256, sha256Of(canonicalJson(definition))]);
  expect(into, `${place}.definition.id`, [definition.id, figure.slo]);
}

function recomputeSpan(
  place: string,
  { definition, figure }: SloStanding,
  { into, cutoff }: { readonly into: Comparison; readonly cutoff: string },
): void {
  const { span } = figure;
  const until = countedUntil(figure);
  require(into, `${place}.figure.asOf`, {
    holds: Date.parse(until) <= Date.parse(cutoff) && Date.parse(span.from) < Date.parse(until),
    printed: until,
    rule: `within its span and not after the cut-off ${cutoff}`,
  });
  const borders = bordersOf(definition, figure);
  require(into, `${place}.figure.span`, {
    holds: borders?.fits ?? false,
    printed: `${span.id}: ${span.from} to ${span.to}`,
    rule: borders?.rule ?? 'a span of the period that the objective is promised for',
  });
}

/** The borders that the promised period gives the span; null when the span is of another kind. */
function bordersOf({ period }: SloDefinition, { span }: SloFigure): { fits: boolean; rule: string } | null {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  if (period.kind === 'rolling') {
    if (span.kind !== 'rolling') return null;
    const excess = Math.abs(to - from - period.days * dayMilliseconds);
    return { fits: excess <= clockChangeMilliseconds, rule: `${period.days} days` };
  }
  if (span.kind !== period.unit) return null;
  try {
    const { start, end } = parsePeriod(span.id, period.timeZone);
    return {
      fits: Date.parse(start) === from && Date.parse(end) === to,
      rule: `${span.id}: ${start} to ${end}`,
    };
  } catch {
    return null;
  }
}

function recomputeCounts(place: string, figure: SloFigure, into: Comparison): void {
  const { counts, state, reason } = figure;
  const isCounted = state === 'measured' || state === 'estimated';
  expect(into, `${place}.figure.state`, [isCounted, counts !== null && counts.total > 0]);
  require(into, `${place}.figure.reason`, {
    holds: isCounted || reason !== null,
    printed: reason,
    rule: 'a reason why nothing was counted',
  });
  if (counts === null) return;
  require(into, `${place}.figure.counts`, {
    holds: counts.bad <= counts.total + countTolerance,
    printed: counts,
    rule: 'not more bad ones than there are',
  });
}

function recomputeExcluded(
  place: string,
  figure: SloFigure,
  { into, exclusions }: { readonly into: Comparison; readonly exclusions: readonly SloExclusion[] },
): void {
  const { excluded, counts, slo, subject, span } = figure;
  if (excluded.length === 0) return;
  const stretches = excluded.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
  for (const [index, each] of stretches.entries()) {
    const where = `${place}.figure.excluded[${each.exclusion}]`;
    const exclusion = exclusions.find(
      ({ id, ...own }) => id === each.exclusion && own.slo === slo && own.subject === subject,
    );
    if (!exclusion) {
      into.differences.push({
        where,
        printed: show(each),
        recomputed: 'no exclusion of this SLO has the number',
      });
      continue;
    }
    const [from, to] = [Date.parse(each.from), Date.parse(each.to)];
    require(into, where, {
      holds:
        from < to &&
        from >= Math.max(Date.parse(exclusion.from), Date.parse(span.from)) &&
        to <= Math.min(Date.parse(exclusion.to), Date.parse(countedUntil(figure))) &&
        from >= Date.parse(stretches[index - 1]?.to ?? span.from),
      printed: `${each.from} to ${each.to}`,
      rule: `a stretch of its own within ${exclusion.from} to ${exclusion.to} and the span`,
    });
  }
  const taken = sumOf(excluded);
  require(into, `${place}.figure.excluded`, {
    holds:
      counts !== null &&
      taken.bad <= counts.bad + countTolerance &&
      taken.total <= counts.total + countTolerance,
    printed: taken,
    rule: `at most what was counted, ${show(counts)}`,
  });
  const left = adjustedCounts(figure);
  require(into, `${place}.figure.adjusted`, {
    holds: left === null || left.bad <= left.total + countTolerance,
    printed: left,
    rule: 'not more bad ones left than there are',
  });
}

function sumOf(excluded: SloFigure['excluded']) {
  return excluded.reduce((sum, { bad, total }) => ({ bad: sum.bad + bad, total: sum.total + total }), {
    bad: 0,
    total: 0,
  });
}
