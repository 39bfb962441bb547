import {
  coverageOf,
  type Evaluation,
  type Language,
  type Observation,
  overallCoverageOf,
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
    evidence: source?.evidence ?? null,
    submittedBy: source?.submittedBy ?? null,
    verifiedBy: source?.verifiedBy ?? null,
  };
}

/** Every source of every figure that has several, conflicts first. */
export function comparisonRows(evaluation: Evaluation, language: Language): TableRow[] {
  const kinds = [
    ['conflict', evaluation.conflicts],
    ['reconciled', evaluation.reconciliations],
  ] as const;
  return kinds.flatMap(([outcome, list]) =>
    list.flatMap((each) =>
      each.candidates.map((candidate) => ({
        outcome,
        relativeDifference: each.relativeDifference,
        tolerance: each.tolerance,
        ...observationRow(candidate, language),
      })),
    ),
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
    coverage: overallCoverageOf(each),
    ...Object.fromEntries(
      modules.map((module) => [module.id, each.nodes.find((node) => node.id === module.id)?.score ?? null]),
    ),
    sha256: each.sha256,
  }));
}
