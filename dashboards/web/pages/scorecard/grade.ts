import type { Evaluation, Model } from '../../../../scoring/contract.ts';

/** CSS class of a grade letter; every grade is also written, colour is never alone. */
export function gradeClass(grade: string | null): string {
  return grade !== null && /^[A-D]$/.test(grade) ? `cg-grade-${grade.toLowerCase()}` : 'cg-grade-none';
}

/** Position of a grade, best = 0; null where the model does not know it. */
export function rankOf(grade: string | null, model: Model | null): number | null {
  if (grade === null) return null;
  const letters = model ? model.grades.map((band) => band.grade) : ['A', 'B', 'C', 'D'];
  const rank = letters.indexOf(grade);
  return rank < 0 ? null : rank;
}

/** `up`, `down`, `same`, or null when either side is ungraded. */
export function directionOf(
  before: string | null,
  now: string | null,
  model: Model | null,
): 'up' | 'down' | 'same' | null {
  const [a, b] = [rankOf(before, model), rankOf(now, model)];
  if (a === null || b === null) return null;
  return a === b ? 'same' : b < a ? 'up' : 'down';
}

export function modulesOf(evaluation: Evaluation) {
  return evaluation.nodes.filter((node) => node.parent === null);
}

/** CSS class of a change: better, worse or neither. */
export function changeClass(change: number | null): string {
  if (change === null || Math.abs(change) < 0.05) return 'text-secondary';
  return change > 0 ? 'cg-better' : 'cg-worse';
}

/** Scores at which a better grade begins. */
export function bordersOf(model: Model | null): number[] {
  return (model?.grades ?? []).map((band) => band.from);
}
