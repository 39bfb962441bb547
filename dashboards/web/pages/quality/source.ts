import { type CheckResult, type QualityRun, scoreOfRun } from '../../../../collectors/contract.ts';
import { drawRunStrip } from '../../charts/run-strip.ts';
import { printAgo, printDuration } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import { lightOfResult, scoreInWords, viewOfResult } from './parts.ts';
import { viewOfDimensions, viewOfTiles } from './problem-tiles.ts';
import { viewOfScoreTrend } from './score-trend.ts';
import { isLate, standingsOf } from './standing.ts';

const shownRuns = 60;

/** Runs of the source that the address names, newest first; of a part of the subject where the subject has none itself. */
export async function openSource(
  context: PageContext,
): Promise<{ readonly choice: SubjectChoice; readonly runs: readonly [QualityRun, ...QualityRun[]] }> {
  const { params, workbench } = context;
  const choice = await chooseSubject(context, '/quality');
  if (!choice) throw new Refusal(404, 'error.notFound');
  const source = params.source ?? '';
  const isThere = (run: QualityRun) => run.source.id === source;
  const newest = (await workbench.quality.latest(choice.family, null)).filter(isThere);
  const subject = (newest.find((run) => run.subject === choice.subject.id) ?? newest[0])?.subject;
  if (subject === undefined) throw new Refusal(404, 'error.notFound');
  const [first, ...rest] = await workbench.quality.runs({ subject, source }, shownRuns);
  if (!first) throw new Refusal(404, 'error.notFound');
  return { choice, runs: [first, ...rest] };
}

/** How a run ended: its worst check. */
function lightOfRun({ results }: Pick<QualityRun, 'results'>) {
  const lights = results.map(lightOfResult);
  return (['partial', 'failed', 'good'] as const).find((each) => lights.includes(each)) ?? 'waiting';
}

function viewOfRuns(context: PageContext, runs: readonly QualityRun[], zone: string) {
  const { format, language, t } = context;
  const rows = runs.map((run) => {
    const score = scoreOfRun(run);
    const light = lightOfRun(run);
    return {
      light,
      word: t(`quality.runState.${light}`),
      at: format.time(run.startedAt, zone),
      ...scoreInWords(context, score),
      rows: format.count(run.rows),
      missed: format.count(score.missed),
      uncomputed: format.count(score.failed),
      duration: printDuration(run.durationSeconds, language),
      seconds: run.durationSeconds,
      scans: format.count(run.scans),
    };
  });
  const label = t('quality.stripLabel', {
    n: format.count(rows.length),
    good: format.count(rows.filter(({ light }) => light === 'good').length),
  });
  return {
    rows,
    label,
    strip: drawRunStrip(
      rows.toReversed().map((row) => ({
        light: row.light,
        durationSeconds: row.seconds,
        title: `${row.at} · ${row.word} · ${row.duration}`,
      })),
      label,
    ),
  };
}

/** What could not be computed first, then missed thresholds, then the order of the check file. */
function byNeed(results: readonly CheckResult[]): CheckResult[] {
  const order = ['partial', 'failed', 'good', 'waiting'];
  return results.toSorted((a, b) => order.indexOf(lightOfResult(a)) - order.indexOf(lightOfResult(b)));
}

export const qualitySourcePage: Page = {
  path: '/quality/:source',
  show: async (context) => {
    const { format, language, say, t, workbench } = context;
    const { choice, runs } = await openSource(context);
    const [run] = runs;
    const { zone } = choice;
    const score = scoreOfRun(run);
    const now = workbench.now();
    return {
      template: 'quality-source',
      title: `${say(run.source.title)} · ${t('nav.quality')}`,
      section: '/quality',
      isSample: choice.subject.isSample,
      view: {
        quality: choice.linkTo('/quality'),
        source: {
          id: run.source.id,
          title: say(run.source.title),
          department: run.source.department ?? t('quality.noDepartment'),
          subject: choice.nameOf(run.subject),
          engine: t(`quality.engine.${run.source.engine}`),
          location: run.source.location,
          ...scoreInWords(context, score),
          rows: format.count(run.rows),
          missed: format.count(score.missed),
          uncomputed: format.count(score.failed),
          at: format.time(run.startedAt, zone),
          ago: printAgo(run.startedAt, now, language),
          isOld: isLate(runs, now),
          duration: printDuration(run.durationSeconds, language),
          scans: format.count(run.scans),
          checksSha256: run.checksSha256,
          zone,
        },
        tiles: viewOfTiles(context, [run]),
        dimensions: viewOfDimensions(context, standingsOf([run])),
        checks: byNeed(run.results).map((result) => viewOfResult(context, run, result)),
        runs: viewOfRuns(context, runs, zone),
        trend: viewOfScoreTrend(context, [runs], choice),
        api: `/api/v1/quality/sources/${encodeURIComponent(run.source.id)}/runs?subject=${encodeURIComponent(run.subject)}`,
      },
    };
  },
};
