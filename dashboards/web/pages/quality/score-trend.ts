import { type QualityRun, scoreOfRun } from '../../../../collectors/contract.ts';
import { drawSeries, lineStyleOf } from '../../charts/series.ts';
import type { PageContext } from '../../page.ts';
import type { SubjectChoice } from '../subject-choice.ts';
import { linkToSource } from './parts.ts';

/** Lines beyond this many cannot be told apart. */
export const shownLines = 16;

/** Scores of sources over time, each history newest first; null where no source ran twice. */
export function viewOfScoreTrend(
  { format, say, t }: PageContext,
  histories: readonly (readonly QualityRun[])[],
  { subject, zone, nameOf }: Pick<SubjectChoice, 'subject' | 'zone' | 'nameOf'>,
) {
  const long = histories.filter((runs) => runs.length > 1);
  const shown = long.slice(0, shownLines);
  const times = shown.flatMap((runs) => runs.map(({ startedAt }) => Date.parse(startedAt)));
  if (times.length === 0) return null;
  const lines = shown.map((runs) => ({
    points: runs
      .map((run) => [Date.parse(run.startedAt), scoreOfRun(run).score] as const)
      .toSorted((a, b) => a[0] - b[0]),
  }));
  const input = {
    label: t('quality.trendLabel'),
    from: Math.min(...times),
    to: Math.max(...times),
    zone,
    lines,
    print: (value: number) => format.number(value),
    band: null,
    worst: null,
    moments: [],
    gaps: [],
  };
  return {
    chart:
      drawSeries({ ...input, width: 1240, height: 300, className: 'cg-wide' }) +
      drawSeries({ ...input, width: 400, height: 260, className: 'cg-narrow' }),
    omitted: long.length - shown.length,
    lines: shown.flatMap((runs, at) => {
      const [newest] = runs;
      const oldest = runs.at(-1);
      if (!newest || !oldest) return [];
      const [now, before] = [scoreOfRun(newest).score, scoreOfRun(oldest).score];
      const style = lineStyleOf(at);
      return [
        {
          ...style,
          name: say(newest.source.title),
          subject: newest.subject === subject.id ? null : nameOf(newest.subject),
          url: linkToSource(newest),
          runs: format.count(runs.length),
          since: format.date(oldest.startedAt, zone),
          before: format.number(before),
          now: now === null ? t('quality.unscored') : format.number(now),
          change: format.change(now === null || before === null ? null : now - before),
        },
      ];
    }),
  };
}
