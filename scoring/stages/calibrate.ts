import type { Model, StageModuleSpec, StageSpec } from '../contract.ts';
import { correlation, offsetOf, quantile } from './correlation.ts';

/** Low bounds of the module scores of one period; null where a module has none. */
export interface PeriodScores {
  readonly period: string;
  readonly modules: Readonly<Record<string, number | null>>;
}

/** Half a year of months: fewer points say nothing of a correlation. */
export const leastPeriods = 6;

export interface Calibration {
  /** Periods with a score of every module that a stage names, oldest first. */
  readonly periods: readonly string[];
  readonly modules: readonly string[];
  /** ρ between modules in the order of `modules`; null where a module does not vary. */
  readonly correlations: readonly (readonly (number | null)[])[];
  readonly stages: readonly ProposedStage[];
}

export interface ProposedStage extends StageSpec {
  /** The module whose history sets the maximum that the others follow: the heaviest of the stage. */
  readonly anchor: string;
}

/** What the history lacks for a proposal. */
export interface CalibrationRefusal {
  readonly refusal: string;
}

/**
 * Proposes thresholds of the stages from a history of module scores; changes nothing. Of n stages the k-th spans the k-th
 * n-th of the history: its minima are the quantiles at (k-1)/n, the maximum of the heaviest module j that at k/n. The other
 * maxima follow by max(T_i) = ρ(i, j) max(T_j) + ε (03, section 2), with ε from the means of both; where ρ is undefined
 * the own quantile stands. Weights stay as they are; `from` is the middle between all minima and all maxima.
 */
export function calibrateStages(
  model: Model,
  history: readonly PeriodScores[],
): Calibration | CalibrationRefusal {
  const modules = model.nodes
    .map(({ id }) => id)
    .filter((id) => model.stages.some((stage) => Object.hasOwn(stage.modules, id)));
  if (modules.length === 0) return { refusal: `model ${model.id} has no stages to calibrate` };
  const lacking = (each: PeriodScores) => modules.filter((id) => typeof each.modules[id] !== 'number');
  const whole = history.filter((each) => lacking(each).length === 0);
  if (whole.length < leastPeriods) {
    const gaps = history.flatMap((each) => {
      const missing = lacking(each);
      return missing.length === 0 ? [] : [`${each.period} lacks ${missing.join(', ')}`];
    });
    const because = gaps.length === 0 ? '' : `: ${gaps.join('; ')}`;
    return {
      refusal: `${whole.length} periods have a score of every module, ${leastPeriods} are needed${because}`,
    };
  }
  const series = new Map(modules.map((id) => [id, whole.map((each) => each.modules[id] ?? 0)] as const));
  const correlations = modules.map((a) =>
    modules.map((b) => correlation(series.get(a) ?? [], series.get(b) ?? [])),
  );
  return {
    periods: whole.map(({ period }) => period),
    modules,
    correlations,
    stages: proposeStages(model.stages, series),
  };
}

function proposeStages(
  stages: readonly StageSpec[],
  series: ReadonlyMap<string, readonly number[]>,
): ProposedStage[] {
  const proposed: ProposedStage[] = [];
  for (const [index, stage] of stages.entries()) {
    proposed.push(proposeStage(stage, { series, before: proposed.at(-1), place: [index, stages.length] }));
  }
  return proposed;
}

interface Place {
  readonly series: ReadonlyMap<string, readonly number[]>;
  readonly before: ProposedStage | undefined;
  /** Index of the stage and how many there are. */
  readonly place: readonly [index: number, count: number];
}

function tenth(value: number): number {
  return Number(value.toFixed(1));
}

function proposeStage(stage: StageSpec, { series, before, place }: Place): ProposedStage {
  const [index, count] = place;
  const parts = Object.entries(stage.modules);
  const [anchor = ''] = parts.reduce((most, each) => (each[1].weight > most[1].weight ? each : most));
  const at = (id: string) => series.get(id) ?? [];
  const anchorMax = quantile(at(anchor), (index + 1) / count);
  const modules = parts.map(([id, { weight }]): [string, StageModuleSpec] => {
    const rho = id === anchor ? null : correlation(at(anchor), at(id));
    const wanted =
      rho === null
        ? quantile(at(id), (index + 1) / count)
        : rho * anchorMax + offsetOf(at(anchor), at(id), rho);
    const earlier = before?.modules[id];
    const min = Math.max(quantile(at(id), index / count), earlier?.min ?? 0);
    const max = Math.min(100, Math.max(wanted, min, earlier?.max ?? 0));
    return [id, { weight, min: tenth(min), max: tenth(Math.max(max, tenth(min))) }];
  });
  const sum = (of: (part: StageModuleSpec) => number) =>
    modules.reduce((total, [, part]) => total + part.weight * of(part), 0);
  const most = Math.floor(sum(({ max }) => max) * 10) / 10;
  const middle = tenth(sum(({ min, max }) => (min + max) / 2));
  const from = Math.min(most, Math.max(middle, before?.from ?? 0));
  return { ...stage, anchor, from, modules: Object.fromEntries(modules) };
}

/** The stages as a model file writes them. */
export function stagesYaml(stages: readonly ProposedStage[]): string {
  const lines = stages.flatMap(({ id, title, meaning, from, modules }) => [
    `  - id: ${id}`,
    `    title: ${JSON.stringify(title)}`,
    `    meaning: ${JSON.stringify(meaning)}`,
    `    from: ${from}`,
    '    modules:',
    ...Object.entries(modules).map(
      ([module, { weight, min, max }]) => `      ${module}: { weight: ${weight}, min: ${min}, max: ${max} }`,
    ),
  ]);
  return ['stages:', ...lines].join('\n');
}
