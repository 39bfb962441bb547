import type { Threshold, ThresholdGrade } from '../../../contract.ts';
import { entering, holds, keeping } from '../../condition.ts';

/** Bounds, what lies between them, and what lies outside them all: every condition and its absence is met by one of these. */
function candidates({ grades }: Threshold): readonly number[] {
  const bounds = grades.flatMap(({ when, hysteresis }) =>
    [...entering(when), ...keeping(when, hysteresis)].flat().map(({ bound }) => bound),
  );
  const sorted = [...new Set(bounds)].toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [sorted.at(0), sorted.at(-1)];
  const between = sorted.slice(1).map((bound, index) => (bound + (sorted[index] ?? bound)) / 2);
  return [...between, ...sorted, least - 1, most + 1];
}

/** A value of no grade; null when the grades leave none. */
export function calmValue(threshold: Threshold): number | null {
  const isCalm = (value: number) => threshold.grades.every(({ when }) => !holds(entering(when), value));
  return candidates(threshold).find(isCalm) ?? null;
}

/** A value of the grade, of no worse one where there is such. */
export function gradeValue(threshold: Threshold, grade: ThresholdGrade): number | null {
  const worse = threshold.grades.slice(0, threshold.grades.indexOf(grade));
  const own = candidates(threshold).filter((value) => holds(entering(grade.when), value));
  const isOwn = (value: number) => worse.every(({ when }) => !holds(entering(when), value));
  return own.find(isOwn) ?? own[0] ?? null;
}

/** A value that keeps the grade and would not give it; null where there is no hysteresis. */
export function keptValue(threshold: Threshold, { when, hysteresis }: ThresholdGrade): number | null {
  if (hysteresis === 0) return null;
  const isKept = (value: number) => holds(keeping(when, hysteresis), value) && !holds(entering(when), value);
  return candidates(threshold).find(isKept) ?? null;
}

/** A value that ends the grade, whether it was given or not. */
export function endingValue(threshold: Threshold, { when, hysteresis }: ThresholdGrade): number | null {
  const hasEnded = (value: number) =>
    !holds(keeping(when, hysteresis), value) && !holds(entering(when), value);
  return calmValueAmong(threshold, hasEnded);
}

const calmValueAmong = (threshold: Threshold, isRight: (value: number) => boolean) =>
  candidates(threshold).find(isRight) ?? null;
