import {
  type CheckResult,
  type DepartmentScore,
  type Language,
  type QualityRun,
  type QualityScore,
  qualityDimensionTitles,
  qualityProblems,
  qualityProblemTitles,
  scoreDepartments,
  scoreOfRun,
  type Text,
  thresholdText,
} from '../collectors/contract.ts';
import type { LocalTimes } from './local-times.ts';
import { figureText, verdicts, words } from './quality-words.ts';
import { percentText, plainText, scoreText, tableText } from './table.ts';

const absent = '—';

function verdictOf({ state, isMissed }: CheckResult): Text {
  if (state !== 'measured') return verdicts[state];
  return isMissed ? verdicts.missed : verdicts.good;
}

const count = (value: number | null) => (value === null ? absent : value.toLocaleString('en-US'));

function resultRow(run: QualityRun, result: CheckResult, language: Language): readonly string[] {
  return [
    run.source.id,
    result.check,
    result.problem === null ? '' : qualityProblemTitles[result.problem][language],
    qualityDimensionTitles[result.dimension][language],
    count(result.checked),
    count(result.failed),
    percentText(result.ratio),
    figureText(result, language),
    thresholdText(result.threshold)[language],
    verdictOf(result)[language],
  ];
}

/** Every result, a row each. */
export function resultsTable(runs: readonly QualityRun[], language: Language): string {
  const head = (
    [
      ...(['source', 'check', 'problem', 'dimension', 'checked'] as const),
      ...(['failed', 'ratio', 'figure', 'threshold', 'verdict'] as const),
    ] as const
  ).map((word) => words[word][language]);
  return tableText(
    head,
    runs.flatMap((run) => run.results.map((result) => resultRow(run, result, language))),
  );
}

/** Where a source cannot be read every check has the same reason: it is said once. */
function remarkable({ results }: QualityRun): readonly CheckResult[] {
  const unread = results.find(({ kind, isMissed }) => kind === 'access' && isMissed);
  return unread ? [unread] : results.filter(({ reason }) => reason !== null);
}

/** What could not be computed, read or does not apply, each with its reason and what to do. */
export function faultLines(runs: readonly QualityRun[], language: Language): readonly string[] {
  return runs.flatMap((run) =>
    remarkable(run).flatMap((result) => {
      const { check, reason, remedy } = result;
      if (reason === null) return [];
      const todo = remedy === null ? '' : `${language === 'zh' ? '；' : '; '}${remedy[language]}`;
      const verdict = verdictOf(result)[language];
      return [
        plainText(
          `${run.source.id} / ${check} ${verdict}${language === 'zh' ? '：' : ': '}${reason[language]}${todo}`,
        ),
      ];
    }),
  );
}

const problemHeads = (language: Language) =>
  qualityProblems.map((problem) => qualityProblemTitles[problem][language]);
const problemCells = ({ problems }: Pick<QualityScore, 'problems'>) =>
  qualityProblems.map((problem) => percentText(problems[problem]));

/** `98.9`, or with checks that could not be computed `98.9 (84.8–99.1)`. */
function scoreRangeText(
  { score, scoreLow, scoreHigh }: Pick<DepartmentScore, 'score' | 'scoreLow' | 'scoreHigh'>,
  language: Language,
): string {
  if (score === null || scoreLow === null || scoreHigh === null) return words.unscored[language];
  const [low, high] = [scoreText(scoreLow), scoreText(scoreHigh)];
  return low === high ? scoreText(score) : `${scoreText(score)} (${low}–${high})`;
}

/** The score of each source with its six problems. */
function scoresTable(runs: readonly QualityRun[], language: Language, times: LocalTimes): string {
  const head = (['source', 'department', 'rows', 'score', 'coverage'] as const).map(
    (word) => words[word][language],
  );
  const tail = (['missed', 'broken', 'asOf'] as const).map((word) => words[word][language]);
  return tableText(
    [...head, ...problemHeads(language), ...tail],
    runs.map((run) => {
      const score = scoreOfRun(run);
      return [
        run.source.id,
        run.source.department ?? words.nobody[language],
        count(run.rows),
        scoreRangeText(score, language),
        percentText(score.coverage),
        ...problemCells(score),
        String(score.missed),
        String(score.failed),
        times(run.startedAt, run.subject),
      ];
    }),
  );
}

export function leagueTable(runs: readonly QualityRun[], language: Language): string {
  const head = (['rank', 'department', 'sources', 'score', 'coverage'] as const).map(
    (word) => words[word][language],
  );
  return tableText(
    [...head, ...problemHeads(language)],
    scoreDepartments(runs).map((row) => [
      count(row.place),
      row.department ?? words.nobody[language],
      String(row.sources),
      scoreRangeText(row, language),
      percentText(row.coverage),
      ...problemCells(row),
    ]),
  );
}

/** The score of each source and the league table of departments. */
export function scoresText(runs: readonly QualityRun[], language: Language, times: LocalTimes): string {
  return [
    words.scores[language],
    scoresTable(runs, language, times),
    words.league[language],
    leagueTable(runs, language),
  ].join('\n');
}

/** Everything that a run of checks says: results, faults, scores and the league table. */
export function checksText(runs: readonly QualityRun[], language: Language, times: LocalTimes): string {
  const faults = faultLines(runs, language);
  return [
    resultsTable(runs, language),
    ...(faults.length > 0 ? [words.faults[language], ...faults] : []),
    scoresText(runs, language, times),
  ].join('\n');
}
