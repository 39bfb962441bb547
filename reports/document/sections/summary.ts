import { coverageOf, missingLeaves, movesBetween, overallCoverageOf } from '../../../scoring/contract.ts';
import type { Block, Table } from '../blocks.ts';
import { modulesOf, type ReportContext } from '../context.ts';
import {
  formatChange,
  formatDeclared,
  formatPeriod,
  formatPoints,
  formatRatio,
  periodDays,
} from '../figures.ts';
import { enumerate, gradeOrUngraded, isCertain, nameOf, sentence } from '../phrases.ts';
import { printedLosses } from './losses.ts';
import { stageName } from './stage.ts';

/** The report on one page, in sentences. */
export function writeSummary(context: ReportContext): Block[] {
  const { words } = context;
  return [
    { kind: 'heading', level: 1, id: 'summary', text: words('summary.title'), startsPage: true },
    { kind: 'paragraph', style: 'lead', text: overallSentence(context) },
    { kind: 'keyFigures', items: keyFigures(context) },
    {
      kind: 'list',
      items: [
        ...stageSentence(context),
        ...moduleSentences(context),
        changeSentence(context),
        ...lossSentences(context),
        gapSentence(context),
      ],
    },
    moduleOverview(context),
    { kind: 'paragraph', style: 'note', text: words('summary.verifyNote') },
  ];
}

function overallSentence(context: ReportContext): string {
  const { evaluation, language, words, say } = context;
  const { overall } = evaluation;
  const [first, last] = periodDays(evaluation.period);
  const data = {
    subject: say(evaluation.subject.name),
    period: formatPeriod(evaluation.period.id, language),
    first,
    last,
    model: say(evaluation.model.title),
    version: evaluation.model.version,
    coverage: formatRatio(overallCoverageOf(evaluation)),
    grade: overall.grade,
    score: overall.score === null ? null : formatPoints(overall.score),
    // Without gaps the reason of a score rule only repeats the score.
    reason: overall.score === null || !isCertain(overall) ? sentence(context, say(overall.reason)) : '',
  };
  return words(overall.grade === null ? 'summary.ungraded' : 'summary.graded', data);
}

function keyFigures(context: ReportContext) {
  const { evaluation, words } = context;
  const modules = modulesOf(evaluation);
  const graded = modules.filter((node) => node.grade !== null);
  const { overall } = evaluation;
  return [
    {
      label: words('figure.grade'),
      value: gradeOrUngraded(context, overall.grade),
      note: overall.score === null ? '' : words('figure.score', { score: formatPoints(overall.score) }),
    },
    {
      label: words('figure.coverage'),
      value: formatRatio(overallCoverageOf(evaluation)),
      note: words('figure.floor', {
        floor: formatDeclared(context.model.coverageFloor, 'ratio', context.language),
      }),
    },
    {
      label: words('figure.modules'),
      value: `${graded.length} / ${modules.length}`,
      note: words('figure.modulesNote'),
    },
    {
      label: words('figure.missing'),
      value: `${missingLeaves(evaluation).length} / ${evaluation.observations.length}`,
      note: words('figure.missingNote'),
    },
  ];
}

function moduleSentences(context: ReportContext): string[] {
  const { words, say } = context;
  const scored = modulesOf(context.evaluation)
    .filter((node) => node.score !== null && node.grade !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const [best, worst] = [scored[0], scored.at(-1)];
  if (!best || !worst || best === worst) return [];
  const part = (node: typeof best) =>
    words('summary.modulePart', {
      module: say(node.title),
      score: formatPoints(node.score),
      grade: node.grade,
    });
  return [words('summary.bestAndWorst', { best: part(best), worst: part(worst) })];
}

function stageSentence(context: ReportContext): string[] {
  const { stage } = context.evaluation;
  if (!stage) return [];
  return [
    context.words('summary.stage', {
      stage: stageName(context, stage),
      reason: sentence(context, context.say(stage.reason)),
    }),
  ];
}

function changeSentence(context: ReportContext): string {
  const { evaluation, previous, language, words, say } = context;
  if (!previous) return words('summary.noPrevious');
  const before = formatPeriod(previous.period.id, language);
  const ungraded = words('ungraded').toLowerCase();
  const grades = {
    before,
    old: previous.overall.grade ?? ungraded,
    now: evaluation.overall.grade ?? ungraded,
  };
  const modules = movesBetween(previous, evaluation).filter(
    (move) => move.node.parent === null && move.change !== null && Math.abs(move.change) >= 0.05,
  );
  const ups = modules.filter((move) => (move.change ?? 0) > 0);
  const downs = modules.filter((move) => (move.change ?? 0) < 0);
  const name = (list: typeof modules) =>
    enumerate(
      context,
      list.slice(0, 3).map((move) =>
        words('summary.movePart', {
          module: say(move.node.title),
          change: formatPoints(Math.abs(move.change ?? 0)),
        }),
      ),
    );
  return words('summary.change', {
    ...grades,
    isSame: grades.old === grades.now,
    ups: ups.length ? name(ups) : null,
    downs: downs.length ? name(downs) : null,
  });
}

function lossSentences(context: ReportContext): string[] {
  const { words, say } = context;
  const losses = printedLosses(context.evaluation).slice(0, 3);
  if (!losses.length) return [];
  const names = losses.map((loss) =>
    words('summary.lossPart', {
      element: say(loss.node.title),
      module: say(loss.module.title),
      points: formatPoints(loss.pointsLost),
    }),
  );
  return [words('summary.losses', { names: enumerate(context, names) })];
}

function gapSentence(context: ReportContext): string {
  const { evaluation, words } = context;
  const missing = missingLeaves(evaluation).length;
  if (!missing) return words('summary.noGaps');
  return words('summary.gaps', {
    missing,
    all: evaluation.observations.length,
    conflicts: evaluation.conflicts.length || null,
  });
}

function moduleOverview(context: ReportContext): Table {
  const { evaluation, previous, words } = context;
  const before = new Map(previous?.nodes.map((node) => [node.id, node.score]));
  return {
    kind: 'table',
    caption: words('summary.modules'),
    columns: [
      { title: words('column.module'), share: 40, align: 'left' },
      { title: words('column.score'), share: 20, align: 'right' },
      { title: words('column.grade'), share: 20, align: 'center' },
      { title: words('column.coverage'), share: 20, align: 'right' },
      { title: words('column.changeSince'), share: 22, align: 'right' },
    ],
    rows: modulesOf(evaluation).map((node) => {
      const old = before.get(node.id) ?? null;
      const change = old === null || node.score === null ? null : node.score - old;
      const cells = [
        formatPoints(node.score),
        gradeOrUngraded(context, node.grade),
        formatRatio(coverageOf(node)),
        formatChange(change),
      ];
      return { cells: [nameOf(context, node), ...cells] };
    }),
  };
}
