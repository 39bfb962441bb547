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
} from '../collectors/contract.ts';
import { percentText, plainText, scoreText, tableText } from './table.ts';

const words = {
  source: { zh: '数据源', en: 'Source' },
  check: { zh: '检核项', en: 'Check' },
  problem: { zh: '问题', en: 'Problem' },
  dimension: { zh: '维度', en: 'Dimension' },
  checked: { zh: '检核行数', en: 'Rows' },
  failed: { zh: '不合格', en: 'Failed' },
  ratio: { zh: '占比', en: 'Ratio' },
  figure: { zh: '指标值', en: 'Figure' },
  threshold: { zh: '阈值', en: 'Threshold' },
  verdict: { zh: '结论', en: 'Verdict' },
  department: { zh: '责任部门', en: 'Department' },
  rows: { zh: '行数', en: 'Rows' },
  score: { zh: '得分', en: 'Score' },
  coverage: { zh: '覆盖率', en: 'Coverage' },
  missed: { zh: '未达标', en: 'Missed' },
  broken: { zh: '未能检核', en: 'Not computed' },
  asOf: { zh: '检核时间', en: 'Checked at' },
  rank: { zh: '名次', en: 'Rank' },
  sources: { zh: '数据源数', en: 'Sources' },
  nobody: { zh: '（未指定）', en: '(none)' },
  unscored: { zh: '未评分', en: 'no score' },
  league: { zh: '部门排名', en: 'League table of departments' },
  scores: { zh: '数据源得分', en: 'Scores of the sources' },
  faults: { zh: '说明', en: 'Remarks' },
} as const satisfies Record<string, Text>;

const verdicts = {
  good: { zh: '达标', en: 'good' },
  missed: { zh: '未达标', en: 'MISSED' },
  failed: { zh: '未能检核', en: 'NOT COMPUTED' },
  notApplicable: { zh: '不适用', en: 'not applicable' },
} as const satisfies Record<string, Text>;

const absent = '—';

function verdictOf({ state, isMissed }: CheckResult): Text {
  if (state !== 'measured') return verdicts[state];
  return isMissed ? verdicts.missed : verdicts.good;
}

const count = (value: number | null) => (value === null ? absent : value.toLocaleString('en-US'));

const unitWords: Readonly<Record<string, Text>> = {
  days: { zh: '天', en: 'd' },
  hours: { zh: '小时', en: 'h' },
  seconds: { zh: '秒', en: 's' },
  rows: { zh: '行', en: 'rows' },
};

/** Seconds in the largest unit of which they fill two. */
function figureOf({ figure }: CheckResult, language: Language): string {
  if (figure === null) return '';
  const steps = [
    ['days', 86_400],
    ['hours', 3600],
    ['seconds', 1],
  ] as const;
  const isTime = figure.unit === 'seconds';
  const [unit, size] = steps.find(([, seconds]) => isTime && Math.abs(figure.value) >= 2 * seconds) ?? [
    figure.unit,
    1,
  ];
  const value = figure.value / size;
  const shown = Number.isInteger(value) ? count(value) : value.toFixed(2);
  return `${figure.name} ${shown} ${unitWords[unit]?.[language] ?? unit}`.trim();
}

function resultRow(run: QualityRun, result: CheckResult, language: Language): readonly string[] {
  return [
    run.source.id,
    result.check,
    result.problem === null ? '' : qualityProblemTitles[result.problem][language],
    qualityDimensionTitles[result.dimension][language],
    count(result.checked),
    count(result.failed),
    percentText(result.ratio),
    figureOf(result, language),
    result.threshold,
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

/** The score of each source with its six problems. */
export function scoresTable(runs: readonly QualityRun[], language: Language): string {
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
        score.score === null ? words.unscored[language] : scoreText(score.score),
        percentText(score.coverage),
        ...problemCells(score),
        String(score.missed),
        String(score.failed),
        run.startedAt,
      ];
    }),
  );
}

/** Departments with the best score share the best rank; those without a score have none. */
function rankOf(all: readonly DepartmentScore[], { score }: DepartmentScore): string {
  if (score === null) return absent;
  return String(1 + all.filter((other) => other.score !== null && other.score > score).length);
}

export function leagueTable(runs: readonly QualityRun[], language: Language): string {
  const all = scoreDepartments(runs);
  const head = (['rank', 'department', 'sources', 'score', 'coverage'] as const).map(
    (word) => words[word][language],
  );
  return tableText(
    [...head, ...problemHeads(language)],
    all.map((row) => [
      rankOf(all, row),
      row.department ?? words.nobody[language],
      String(row.sources),
      row.score === null ? words.unscored[language] : scoreText(row.score),
      percentText(row.coverage),
      ...problemCells(row),
    ]),
  );
}

/** The score of each source and the league table of departments. */
export function scoresText(runs: readonly QualityRun[], language: Language): string {
  return [
    words.scores[language],
    scoresTable(runs, language),
    words.league[language],
    leagueTable(runs, language),
  ].join('\n');
}

/** Everything that a run of checks says: results, faults, scores and the league table. */
export function checksText(runs: readonly QualityRun[], language: Language): string {
  const faults = faultLines(runs, language);
  return [
    resultsTable(runs, language),
    ...(faults.length > 0 ? [words.faults[language], ...faults] : []),
    scoresText(runs, language),
  ].join('\n');
}
