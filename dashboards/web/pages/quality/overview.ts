import {
  type QualityRun,
  qualityProblems,
  qualityProblemTitles,
  scoreDepartments,
} from '../../../../collectors/contract.ts';
import { drawMeter } from '../../charts/sparkline.ts';
import { printAgo } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import { linkToSource, scoreInWords, viewOfResult } from './parts.ts';
import { viewOfCell, viewOfDimensions, viewOfTiles } from './problem-tiles.ts';
import { shownLines, viewOfScoreTrend } from './score-trend.ts';
import {
  isLate,
  missedIn,
  ofProblem,
  type SourceStanding,
  standingsOf,
  troublesOf,
  wholeOf,
} from './standing.ts';

/** Runs of each source that the trend shows. */
const shownRuns = 30;
/** Runs that tell the rhythm of a source that the trend leaves out. */
const rhythmRuns = 5;
const shownTroubles = 20;

function viewOfDepartments(context: PageContext, runs: readonly QualityRun[]) {
  const { format, t } = context;
  return scoreDepartments(runs).map((row) => {
    const own = runs.filter(({ source }) => source.department === row.department);
    return {
      place: format.count(row.place),
      name: row.department ?? t('quality.noDepartment'),
      ...scoreInWords(context, row, 'sources'),
      meter: drawMeter(row.score === null ? null : row.score / 100),
      sources: format.count(row.sources),
      unscored: row.unscored > 0 ? t('quality.unscoredSources', { n: format.count(row.unscored) }) : null,
      cells: qualityProblems.map((problem) => ({
        name: context.say(qualityProblemTitles[problem]),
        ...viewOfCell(context, row.problems[problem], missedIn(own, ofProblem(problem))),
      })),
    };
  });
}

/** Name of the part of the subject that a source belongs to; null for the subject itself. */
function partOf(choice: SubjectChoice, { subject }: QualityRun): string | null {
  return subject === choice.subject.id ? null : choice.nameOf(subject);
}

function viewOfSource(
  context: PageContext,
  choice: SubjectChoice,
  { run, score }: SourceStanding,
  history: readonly QualityRun[],
) {
  const { format, language, say, t, workbench } = context;
  const now = workbench.now();
  const isOld = isLate(history, now);
  return {
    id: run.source.id,
    title: say(run.source.title),
    url: linkToSource(run),
    department: run.source.department ?? t('quality.noDepartment'),
    subject: partOf(choice, run),
    ...scoreInWords(context, score),
    meter: drawMeter(score.score === null ? null : score.score / 100),
    rows: format.count(run.rows),
    missed: format.count(score.missed),
    hasMissed: score.missed > 0,
    uncomputed: score.failed > 0 ? t('quality.uncomputed', { n: format.count(score.failed) }) : null,
    at: format.time(run.startedAt, choice.zone),
    ago: printAgo(run.startedAt, now, language),
    isOld,
    cells: qualityProblems.map((problem) => ({
      name: say(qualityProblemTitles[problem]),
      ...viewOfCell(context, score.problems[problem], missedIn([run], ofProblem(problem))),
    })),
  };
}

async function viewOfQuality(context: PageContext, choice: SubjectChoice) {
  const { format, say, t, workbench } = context;
  const runs = await workbench.quality.latest(choice.family, null);
  if (runs.length === 0) return null;
  const standings = standingsOf(runs);
  const histories = await Promise.all(
    runs.map((run, at) =>
      workbench.quality.runs(
        { subject: run.subject, source: run.source.id },
        at < shownLines ? shownRuns : rhythmRuns,
      ),
    ),
  );
  const troubles = troublesOf(runs);
  const whole = wholeOf(runs);
  const sources = standings.map((each, at) => viewOfSource(context, choice, each, histories[at] ?? []));
  return {
    whole: {
      ...scoreInWords(
        context,
        whole ?? { score: null, scoreLow: null, scoreHigh: null, coverage: 0 },
        'sources',
      ),
      sources: format.count(runs.length),
      departments: format.count(new Set(runs.map(({ source }) => source.department)).size),
      checks: format.count(runs.reduce((sum, { results }) => sum + results.length, 0)),
      missed: format.count(troubles.filter(({ result }) => result.isMissed).length),
      failed: format.count(troubles.filter(({ result }) => result.state === 'failed').length),
    },
    tiles: viewOfTiles(context, runs),
    dimensions: viewOfDimensions(context, standings),
    problems: qualityProblems.map((problem) => ({
      mark: say(qualityProblemTitles[problem]),
      hint: t(`quality.problem.${problem}`),
    })),
    departments: viewOfDepartments(context, runs),
    sources,
    late: sources.filter(({ isOld }) => isOld),
    trend: viewOfScoreTrend(context, histories, choice),
    troubles: troubles.slice(0, shownTroubles).map(({ run, result }) => ({
      ...viewOfResult(context, run, result),
      source: say(run.source.title),
      sourceUrl: linkToSource(run),
      department: run.source.department ?? t('quality.noDepartment'),
      subject: partOf(choice, run),
    })),
    moreTroubles: Math.max(0, troubles.length - shownTroubles),
  };
}

export const qualityPage: Page = {
  path: '/quality',
  show: async (context) => {
    const choice = await chooseSubject(context, '/quality');
    return {
      template: 'quality',
      title: context.t('nav.quality'),
      section: '/quality',
      isSample: choice?.subject.isSample ?? false,
      view: {
        chooser: choice?.chooser ?? null,
        zone: choice?.zone ?? '',
        quality: choice && (await viewOfQuality(context, choice)),
      },
    };
  },
};
