import { type QualityRun, qualityProblems, type Reading, scoreOfRun } from '../../contract.ts';

type Figure = readonly [metric: string, value: number | null, labels?: Readonly<Record<string, string>>];

/** Age of the newest row by the source's checks of freshness; the least where several columns tell it. */
function lagOf({ results }: QualityRun): number | null {
  const ages = results.flatMap(({ kind, figure }) =>
    kind === 'freshness' && figure?.name === 'age' ? [figure.value] : [],
  );
  return ages.length === 0 ? null : Math.min(...ages);
}

/** What a run says as metrics (`qualityMetrics`); what was not measured has no reading. */
export function readingsOfRun(run: QualityRun): Reading[] {
  const { source, results, rows, startedAt } = run;
  const score = scoreOfRun(run);
  const own = { source: source.id };
  const owned = { ...own, ...(source.department === null ? {} : { department: source.department }) };
  const figures: readonly Figure[] = [
    ...qualityProblems.map((problem): Figure => {
      return ['citygauge_quality_problem_ratio', score.problems[problem], { problem, ...owned }];
    }),
    ['citygauge_dataset_lag_seconds', lagOf(run), owned],
    ['citygauge_quality_score', score.score, owned],
    ['citygauge_quality_rows', rows],
    ...results.map(({ check, kind, ratio }): Figure => {
      return ['citygauge_quality_check_failed_ratio', ratio, { ...own, check, kind }];
    }),
  ];
  return figures.flatMap(([metric, value, labels = own]) =>
    value === null ? [] : [{ metric, labels, at: startedAt, value }],
  );
}
