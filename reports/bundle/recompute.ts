import {
  type Evaluation,
  leavesOf,
  type Model,
  type Observation,
  parsePeriod,
  type ScoringEngine,
} from '../../scoring/contract.ts';
import { type Comparison, compareDeep, show } from './deep-differences.ts';

export interface Recomputation {
  readonly engine: ScoringEngine;
  readonly models: readonly Model[];
}

/**
 * Scores the evaluation's observations again with its model and compares every field. Returns the recomputed evaluation,
 * or null when it cannot be recomputed, which is itself a difference.
 */
export function recompute(
  printed: Evaluation,
  where: string,
  { engine, models }: Recomputation,
  into: Comparison,
): Evaluation | null {
  const model = models.find((each) => each.sha256 === printed.model.sha256);
  if (!model) {
    into.differences.push({
      where: `${where}.model.sha256`,
      printed: printed.model.sha256,
      recomputed: 'no embedded model has this hash',
    });
    return null;
  }
  checkFractions(printed, model, where, into);
  try {
    const again = engine.score({
      model,
      subject: printed.subject,
      period: parsePeriod(printed.period.id, printed.period.timeZone),
      asOf: printed.asOf,
      candidates: candidatesOf(printed),
      resolutions: [
        ...(printed.resolutions ?? []).map(({ resolution }) => resolution),
        ...(printed.lapsedResolutions ?? []),
      ],
      interpretations: Object.fromEntries(printed.interpretations.map((each) => [each.id, each.option])),
    });
    compareDeep(printed, again, where, into);
    return again;
  } catch (error) {
    into.differences.push({
      where,
      printed: `evaluation ${printed.sha256}`,
      recomputed: `cannot be recomputed: ${(error as Error).message}`,
    });
    return null;
  }
}

/** What the engine was given: all candidates of a compared figure, the observation itself of any other. */
export function candidatesOf(evaluation: Evaluation): Observation[] {
  const decided = (evaluation.resolutions ?? []).map(({ comparison }) => comparison);
  const compared = [...evaluation.conflicts, ...evaluation.reconciliations, ...decided];
  const several = new Set(compared.map((each) => each.indicator));
  return [
    ...evaluation.observations.filter((each) => !several.has(each.indicator)),
    ...compared.flatMap((each) => each.candidates),
  ];
}

/** A ratio or mean must be its numerator over its denominator, to the precision of a double. */
function checkFractions(evaluation: Evaluation, model: Model, where: string, into: Comparison): void {
  const divided = new Set(
    leavesOf(model)
      .filter(({ leaf, unit }) =>
        leaf?.measure.kind === 'records'
          ? leaf.measure.reduction.kind === 'ratio' || leaf.measure.reduction.kind === 'mean'
          : unit === 'ratio',
      )
      .map((node) => node.id),
  );
  for (const each of candidatesOf(evaluation)) {
    const { value, numerator, denominator } = each;
    if (!divided.has(each.indicator) || value === null || numerator === null || !denominator) continue;
    into.values += 1;
    const quotient = numerator / denominator;
    if (Math.abs(quotient - value) <= 1e-9 * Math.max(1, Math.abs(value))) continue;
    into.differences.push({
      where: `${where}.observations[${each.indicator}].value`,
      printed: show(value),
      recomputed: `${quotient} (${numerator} / ${denominator})`,
    });
  }
}
