import { parsePeriod, type Reading, shiftPeriod } from '../../../collectors/contract.ts';
import type { Evaluation } from '../../../scoring/contract.ts';
import { scoringEngine } from '../../../scoring/engine.ts';
import type { EvaluationSummary, EvidenceStore } from '../../../store/contract.ts';
import { shippedModels } from '../models.ts';

/** What an evaluation is compared with. */
export interface Comparison {
  /** The one saved last for the period before; null when it was not evaluated. */
  readonly previous: Pick<EvaluationSummary, 'grade' | 'coverage'> | null;
  /** Grades of the model, best first. */
  readonly grades: readonly string[];
}

const seconds = (instant: string) => Date.parse(instant) / 1000;
/** Differences of ratios without the binary dust of the ninth decimal and beyond. */
const difference = (a: number, b: number) => Math.round((a - b) * 1e9) / 1e9;

function rankOf(grade: string | null, grades: readonly string[]): number | null {
  const index = grade === null ? -1 : grades.indexOf(grade);
  return index < 0 ? null : index + 1;
}

/** End of the period that follows, as Unix time; null for sample data, of which nobody owes anything. */
export function nextPeriodEnd(
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  isSample: boolean,
): number | null {
  return isSample ? null : seconds(parsePeriod(shiftPeriod(id, 1), timeZone).end);
}

/** How a saved evaluation stands: against the period before, and against the calendar. */
export function standingReadings(
  evaluation: Evaluation,
  createdAt: string,
  { previous, grades }: Comparison,
): Omit<Reading, 'labels'>[] {
  const { overall, period, subject } = evaluation;
  const of = (name: string, value: number | null) =>
    value === null ? [] : [{ metric: `citygauge_evaluation_${name}`, at: createdAt, value }];
  const rank = rankOf(overall.grade, grades);
  const before = previous && rankOf(previous.grade, grades);
  return [
    ...of('saved_timestamp_seconds', seconds(createdAt)),
    ...of('period_end_timestamp_seconds', seconds(period.end)),
    ...of('next_period_end_timestamp_seconds', nextPeriodEnd(period, subject.isSample)),
    ...of('is_graded', overall.grade === null ? 0 : 1),
    ...of('grade_rank', rank),
    ...of('grade_change', rank === null || before === null ? null : before - rank),
    ...of('coverage_change_ratio', previous && difference(overall.coverage, previous.coverage)),
  ];
}

async function gradesOf(store: EvidenceStore, { model }: Evaluation): Promise<readonly string[]> {
  const known = shippedModels().find(({ sha256 }) => sha256 === model.sha256);
  const yaml = known ? null : await store.evaluations.modelYaml(model.sha256);
  const found = known ?? (yaml === null ? null : scoringEngine.checkModel(yaml).model);
  return (found?.grades ?? []).map(({ grade }) => grade);
}

/** Finds what a saved evaluation is compared with. */
export async function comparisonOf(store: EvidenceStore, evaluation: Evaluation): Promise<Comparison> {
  const { model, subject, period } = evaluation;
  const before = { model: model.id, subject: subject.id, period: shiftPeriod(period.id, -1) };
  const [previous = null] = await store.evaluations.list(before);
  return {
    previous,
    grades: await gradesOf(store, evaluation),
  };
}
