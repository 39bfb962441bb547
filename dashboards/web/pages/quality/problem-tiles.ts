import {
  type QualityRun,
  qualityDimensions,
  qualityDimensionTitles,
  qualityProblems,
  qualityProblemTitles,
} from '../../../../collectors/contract.ts';
import type { PageContext } from '../../page.ts';
import { dimensionsOf, missedIn, ofDimension, ofProblem, type SourceStanding, wholeOf } from './standing.ts';

/** A failing ratio with the number of checks behind it that missed their threshold. */
export function viewOfCell(
  { format, t }: PageContext,
  ratio: number | null,
  { missed, of }: { readonly missed: number; readonly of: number },
) {
  return {
    ratio: format.share(ratio),
    isMissed: missed > 0,
    isMeasured: ratio !== null,
    missed: t('quality.missedOf', { missed: format.count(missed), of: format.count(of) }),
  };
}

/** The six problems over these runs. */
export function viewOfTiles(context: PageContext, runs: readonly QualityRun[]) {
  const { say, t } = context;
  const whole = wholeOf(runs);
  return qualityProblems.map((problem) => ({
    mark: say(qualityProblemTitles[problem]),
    hint: t(`quality.problem.${problem}`),
    ...viewOfCell(context, whole?.problems[problem] ?? null, missedIn(runs, ofProblem(problem))),
  }));
}

/** The dimensions of GB/T 36344 over these sources. */
export function viewOfDimensions(context: PageContext, standings: readonly SourceStanding[]) {
  const { say, t } = context;
  const runs = standings.map(({ run }) => run);
  const means = dimensionsOf(standings);
  return qualityDimensions.map((dimension) => ({
    name: say(qualityDimensionTitles[dimension]),
    hint: t(`quality.dimension.${dimension}`),
    ...viewOfCell(context, means[dimension], missedIn(runs, ofDimension(dimension))),
  }));
}
