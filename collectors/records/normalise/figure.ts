import type { Unit } from '../../contract.ts';
import { quoted } from '../reading/row.ts';
import { ratioProblem } from './number-values.ts';
import { type Problem, rejected } from './problem.ts';
import type { IndicatorLookup } from './row-context.ts';

/** A figure as an entry or an observation gives it. */
export interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** A value rounded to two decimals may differ this much from numerator / denominator. */
const roundingTolerance = 0.005;

export function indicatorProblem(indicator: string, indicators: IndicatorLookup | null): Problem | null {
  if (!indicators || indicators.unitOf(indicator) !== null) return null;
  const near = indicators.similarTo(indicator);
  return rejected(
    `没有指标 ${quoted(indicator)}${near.length > 0 ? `，是否应为 ${near.join('、')}` : '：请核对模型中的指标编号'}`,
    `there is no indicator ${quoted(indicator)}${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ': look up its id in the model'}`,
  );
}

function partsProblem({ numerator, denominator }: Figure, unit: Unit | null): Problem | null {
  if ((numerator === null) !== (denominator === null)) {
    return rejected('分子与分母必须同时填写', 'numerator and denominator belong together: give both');
  }
  if (numerator === null || denominator === null) return null;
  if (denominator < 0) {
    return rejected(`分母 ${denominator} 为负数`, `the denominator ${denominator} is negative`);
  }
  if (unit !== 'ratio' && unit !== null) return null;
  if (numerator < 0) return rejected(`分子 ${numerator} 为负数`, `the numerator ${numerator} is negative`);
  if (unit === 'ratio' && denominator === 0 && numerator > 0) {
    return rejected(
      `分母为 0，分子却是 ${numerator}：没有应计对象时分子也应为 0，请更正其中一项`,
      `the numerator is ${numerator} though the denominator is 0: where there is nothing to count both are 0, correct one of them`,
    );
  }
  if (unit === 'ratio' && numerator > denominator) {
    return rejected(
      `分子 ${numerator} 大于分母 ${denominator}：请核对是否填反`,
      `the numerator ${numerator} is above the denominator ${denominator}: check whether they are swapped`,
    );
  }
  return null;
}

function rangeProblem(value: number, unit: Unit): Problem | null {
  if (unit === 'ratio') return value >= 0 && value <= 1 ? null : ratioProblem(value, 'value');
  if (unit === 'score') {
    if (value >= 0 && value <= 100) return null;
    return rejected(`得分 ${value} 不在 0 到 100 之间`, `the score ${value} is outside 0 to 100`);
  }
  if (value >= 0) return null;
  return rejected(
    `数值 ${value} 为负数：单位为 ${unit} 的指标不能小于 0`,
    `the value ${value} is negative: an indicator in ${unit} cannot be below 0`,
  );
}

/** Value of a figure: as given, else numerator / denominator; null for none and for a denominator of 0. */
export function figureValue({ value, numerator, denominator }: Figure): number | null {
  if (value !== null || numerator === null || denominator === null || denominator === 0) return value;
  return numerator / denominator;
}

/** Why a figure cannot be taken for an indicator of this unit (null = unit not known); null for a good one. */
export function figureProblem(figure: Figure, unit: Unit | null): Problem | null {
  const parts = partsProblem(figure, unit);
  if (parts) return parts;
  const value = figureValue(figure);
  const range = value !== null && unit !== null ? rangeProblem(value, unit) : null;
  if (range) return range;
  if (figure.value === null || figure.denominator === null) return null;
  if (figure.denominator === 0) {
    return rejected(
      `分母为 0 时不能有数值 ${figure.value}`,
      `the value ${figure.value} contradicts a denominator of 0: leave it empty`,
    );
  }
  const computed = (figure.numerator ?? 0) / figure.denominator;
  if (Math.abs(computed - figure.value) <= roundingTolerance * Math.max(1, Math.abs(computed))) return null;
  return rejected(
    `数值 ${figure.value} 与分子 ${figure.numerator} / 分母 ${figure.denominator} 不符`,
    `the value ${figure.value} is not numerator ${figure.numerator} / denominator ${figure.denominator}`,
  );
}
