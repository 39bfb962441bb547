import {
  coverageOf,
  type Evaluation,
  type Language,
  type Observation,
  overallCoverageOf,
  type SourceComparison,
} from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';

export type CellValue = string | number | null;
export type TableRow = Readonly<Record<string, CellValue>>;

/** Every node as one row, in tree order; the columns of its observation are empty for inner nodes. */
export function nodeRows({
  evaluation,
  language,
}: Pick<ReportBundle, 'evaluation' | 'language'>): TableRow[] {
  return evaluation.nodes.map((node) => ({
    id: node.id,
    parent: node.parent,
    level: node.level,
    title: node.title[language],
    state: node.state,
    value: node.value,
    unit: node.unit,
    score: node.score,
    scoreLow: node.scoreLow,
    scoreHigh: node.scoreHigh,
    points: node.points,
    pointsPossible: node.pointsPossible,
    coverage: coverageOf(node),
    provenance: node.provenance,
    grade: node.grade,
    reason: node.reason[language],
    calculation: node.calculation,
  }));
}

export function observationRow(each: Observation, language: Language): TableRow {
  const { source } = each;
  return {
    indicator: each.indicator,
    state: each.state,
    value: each.value,
    numerator: each.numerator,
    denominator: each.denominator,
    unit: each.unit,
    provenance: each.provenance,
    reason: each.reason?.[language] ?? null,
    sourceKind: source?.kind ?? null,
    query: source?.query ?? null,
    files: source ? source.files.map((file) => `${file.name} ${file.sha256}`).join('; ') : null,
    rows: source?.rows ?? null,
    asOf: source?.asOf ?? null,
    samplesPresent: source?.samples?.present ?? null,
    samplesExpected: source?.samples?.expected ?? null,
    sampleCoverage: each.coverage ?? null,
    evidence: source?.evidence ?? null,
    submittedBy: source?.submittedBy ?? null,
    verifiedBy: source?.verifiedBy ?? null,
  };
}

/** Every source of every figure that has several, conflicts first, then those that a person decided. */
export function comparisonRows(evaluation: Evaluation, language: Language): TableRow[] {
  const undecided = (outcome: string) => (comparison: SourceComparison) => ({
    outcome,
    comparison,
    resolution: null,
  });
  const all = [
    ...evaluation.conflicts.map(undecided('conflict')),
    ...(evaluation.resolutions ?? []).map((each) => ({ outcome: 'decided', ...each })),
    ...evaluation.reconciliations.map(undecided('reconciled')),
  ];
  return all.flatMap(({ outcome, comparison, resolution }) =>
    comparison.candidates.map((candidate) => ({
      outcome,
      relativeDifference: comparison.relativeDifference,
      tolerance: comparison.tolerance,
      ...observationRow(candidate, language),
      decidedValue: resolution?.value ?? null,
      decidedBy: resolution?.decidedBy ?? null,
      decidedAt: resolution?.decidedAt ?? null,
      decisionReason: resolution?.reason ?? null,
    })),
  );
}

/** One row per stage and module of its reckoning; empty for a model without stages. */
export function stageRows({
  evaluation,
  language,
}: Pick<ReportBundle, 'evaluation' | 'language'>): TableRow[] {
  return (evaluation.stage?.stages ?? []).flatMap((stage) =>
    stage.modules.map((each) => ({
      stage: stage.id,
      title: stage.title[language],
      isReached: String(stage.isReached),
      scoreLow: stage.scoreLow,
      scoreHigh: stage.scoreHigh,
      from: stage.from,
      module: each.module,
      weight: each.weight,
      min: each.min,
      max: each.max,
      low: each.low,
      high: each.high,
      points: each.points,
      hasEntered: String(each.hasEntered),
    })),
  );
}

/** One row per period with the overall result and each module's score. */
export function trendRows({ evaluation, history }: Pick<ReportBundle, 'evaluation' | 'history'>): TableRow[] {
  const modules = evaluation.nodes.filter((node) => node.parent === null);
  return [...history, evaluation].map((each) => ({
    period: each.period.id,
    start: each.period.start,
    end: each.period.end,
    grade: each.overall.grade,
    score: each.overall.score,
    ...(evaluation.stage ? { stage: each.stage?.stage ?? null } : {}),
    coverage: overallCoverageOf(each),
    ...Object.fromEntries(
      modules.map((module) => [module.id, each.nodes.find((node) => node.id === module.id)?.score ?? null]),
    ),
    sha256: each.sha256,
  }));
}
