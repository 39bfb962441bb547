import {
  type CheckResult,
  type QualityDimension,
  type QualityProblem,
  type QualityRun,
  qualityDimensions,
  qualityProblems,
} from './quality.ts';

/** Below this share of measured weight a source has no score, as a node of a model has no grade. */
export const qualityCoverageFloor = 0.8;

export interface QualityScore {
  /** 0..100: what the weighted mean of the failing ratios leaves of 100; null below the coverage floor, and where no more was measured than that it can be read. */
  readonly score: number | null;
  /** What the score would be if everything that could not be computed had failed entirely, or passed; null without a score. */
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  /** Measured weight / applicable weight, 0..1; 0 when nothing applies, or no more was measured than that it can be read. */
  readonly coverage: number;
  /** Weighted mean of the failing ratios, 0..1; null where no check of the problem was measured. */
  readonly problems: Readonly<Record<QualityProblem, number | null>>;
  readonly dimensions: Readonly<Record<QualityDimension, number | null>>;
  /** Checks whose threshold was missed, and those that could not be computed. */
  readonly missed: number;
  readonly failed: number;
}

type Weighted = readonly { readonly weight: number; readonly value: number }[];

function weightedMean(parts: Weighted): number | null {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0) return null;
  return parts.reduce((sum, part) => sum + part.weight * part.value, 0) / weight;
}

function ratioOf(results: readonly CheckResult[]): number | null {
  return weightedMean(
    results.flatMap(({ weight, ratio }) => (ratio === null ? [] : [{ weight, value: ratio }])),
  );
}

/** What the part without a figure, between its worst and its best, can make of a score. */
function boundsOf(score: number | null, coverage: number) {
  if (score === null) return { scoreLow: null, scoreHigh: null };
  return { scoreLow: score * coverage, scoreHigh: score * coverage + 100 * (1 - coverage) };
}

/** The score of one run. A check that does not apply counts nowhere; one that failed lowers the coverage. */
export function scoreOfRun({ results }: Pick<QualityRun, 'results'>): QualityScore {
  const applicable = results.filter(({ state }) => state !== 'notApplicable');
  const measured = applicable.filter(({ state }) => state === 'measured');
  const weightOf = (some: readonly CheckResult[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  const all = weightOf(applicable);
  // That a table can be read says nothing of what stands in it.
  const isOfData = measured.some(({ kind }) => kind !== 'access');
  const coverage = isOfData && all > 0 ? weightOf(measured) / all : 0;
  const ratio = ratioOf(measured);
  const by = <Key extends string>(keys: readonly Key[], keyOf: (result: CheckResult) => Key | null) =>
    Object.fromEntries(
      keys.map((key) => [key, ratioOf(measured.filter((result) => keyOf(result) === key))]),
    ) as Record<Key, number | null>;
  const isScored = ratio !== null && coverage >= qualityCoverageFloor;
  const score = isScored ? 100 * (1 - ratio) : null;
  return {
    score,
    ...boundsOf(score, coverage),
    coverage,
    problems: by(qualityProblems, ({ problem }) => problem),
    dimensions: by(qualityDimensions, ({ dimension }) => dimension),
    missed: measured.filter(({ isMissed }) => isMissed).length,
    failed: applicable.length - measured.length,
  };
}

export interface DepartmentScore {
  /** From 1, by the low bound; equals share the better one. Null without a score, and for sources of no department. */
  readonly place: number | null;
  /** Null = sources that name no department. */
  readonly department: string | null;
  readonly sources: number;
  /** Sources without a score. */
  readonly unscored: number;
  /** Weighted mean of the scores of its sources; null below the coverage floor. */
  readonly score: number | null;
  /** With sources without a score, and checks without a result, at their worst and at their best; null without a score. */
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  readonly coverage: number;
  readonly problems: Readonly<Record<QualityProblem, number | null>>;
}

/**
 * The league table (排名): best first by the low bound, so that nobody rises by a check that could not be computed; those
 * without a score after them, by name within. Sources of no department are nobody's: last of all, without a place.
 */
export function scoreDepartments(runs: readonly QualityRun[]): readonly DepartmentScore[] {
  const byDepartment = Map.groupBy(runs, ({ source }) => source.department);
  const rows = [...byDepartment].map(([department, own]) => departmentScore(department, own));
  const ordered = rows.toSorted(
    (a, b) =>
      Number(a.department === null) - Number(b.department === null) ||
      (b.scoreLow ?? -1) - (a.scoreLow ?? -1) ||
      (a.department ?? '').localeCompare(b.department ?? ''),
  );
  return ordered.map((row) => ({ place: placeOf(row, ordered), ...row }));
}

type UnplacedScore = Omit<DepartmentScore, 'place'>;

function placeOf({ department, scoreLow }: UnplacedScore, all: readonly UnplacedScore[]): number | null {
  if (department === null || scoreLow === null) return null;
  return 1 + all.filter((other) => other.department !== null && (other.scoreLow ?? -1) > scoreLow).length;
}

function departmentScore(department: string | null, runs: readonly QualityRun[]): UnplacedScore {
  const scored = runs.map((run) => ({ weight: run.source.weight, own: scoreOfRun(run) }));
  const parts = scored.flatMap(({ weight, own }) =>
    own.score === null ? [] : [{ weight, value: own.score }],
  );
  const all = scored.reduce((sum, { weight }) => sum + weight, 0);
  const coverage = all === 0 ? 0 : parts.reduce((sum, { weight }) => sum + weight, 0) / all;
  const score = coverage < qualityCoverageFloor ? null : weightedMean(parts);
  const meanOf = (bound: (own: QualityScore) => number) =>
    score === null ? null : weightedMean(scored.map(({ weight, own }) => ({ weight, value: bound(own) })));
  return {
    department,
    sources: runs.length,
    unscored: runs.length - parts.length,
    score,
    scoreLow: meanOf(({ scoreLow }) => scoreLow ?? 0),
    scoreHigh: meanOf(({ scoreHigh }) => scoreHigh ?? 100),
    coverage,
    problems: Object.fromEntries(
      qualityProblems.map((problem) => [
        problem,
        weightedMean(
          scored.flatMap(({ weight, own }) => {
            const value = own.problems[problem];
            return value === null ? [] : [{ weight, value }];
          }),
        ),
      ]),
    ) as Record<QualityProblem, number | null>,
  };
}
