import type { ModelNode, Observation, Text } from '../contract.ts';
import { figure, text } from './words.ts';

/** How far a stated value may lie from numerator / denominator: a figure rounded to whole percents still agrees. */
const statedRounding = 0.005;

/** Why a value may not be used, naming it; null for one that may. */
export function candidateFault(candidate: Observation, node: ModelNode): Text | null {
  const { value, unit, coverage } = candidate;
  if (value === null || !Number.isFinite(value)) {
    return text(`数值 ${value} 不是有限数`, `the value ${value} is no finite number`);
  }
  if (unit !== node.unit) {
    return text(
      `单位“${unit}”与指标单位“${node.unit}”不符（数值 ${value}）`,
      `the unit "${unit}" is not the indicator's "${node.unit}" (value ${value})`,
    );
  }
  if (coverage !== undefined && !(coverage > 0 && coverage <= 1)) {
    return text(
      `采样覆盖率 ${coverage} 不在 0 与 1 之间（数值 ${value}）`,
      `the sample coverage ${coverage} is not above 0 and at most 1 (value ${value})`,
    );
  }
  return rangeFault(value, node) ?? fractionFault(candidate, value, node);
}

function rangeFault(value: number, node: ModelNode): Text | null {
  const { min, max } = node.leaf?.range ?? { min: null, max: null };
  if ((min === null || value >= min) && (max === null || value <= max)) return null;
  const hint =
    node.unit === 'ratio' && value > 1 && value <= 100
      ? text('；若为百分数请除以 100', '; divide a percentage by 100')
      : text('', '');
  const range = `${min ?? '-∞'} … ${max ?? '∞'}`;
  return text(
    `数值 ${value} 超出允许范围 ${range}${hint.zh}`,
    `the value ${value} lies outside ${range}${hint.en}`,
  );
}

function isPercentile(node: ModelNode): boolean {
  const measure = node.leaf?.measure;
  return measure?.kind === 'records' && measure.reduction.kind === 'percentile';
}

/** What a metric measure multiplies its result with: seconds to hours, yuan to ten thousand yuan. */
function factorOf(node: ModelNode): number {
  const measure = node.leaf?.measure;
  return measure?.kind === 'metric' ? measure.factor : 1;
}

/** A percentile has no numerator of its own, and a count is its numerator; all else is numerator / denominator. */
function fractionFault(candidate: Observation, value: number, node: ModelNode): Text | null {
  const { numerator, denominator } = candidate;
  const given = `${numerator} / ${denominator}`;
  if ([numerator, denominator].some((each) => each !== null && !Number.isFinite(each))) {
    return text(
      `分子或分母不是有限数（${given}）`,
      `numerator or denominator is no finite number (${given})`,
    );
  }
  if (numerator === null || isPercentile(node)) return null;
  if (node.unit === 'count') {
    if (value === numerator) return null;
    return text(`数值 ${value} 与计数 ${numerator} 不符`, `the value ${value} is not the count ${numerator}`);
  }
  if (denominator === null) return null;
  if (denominator <= 0) {
    return text(
      `分母 ${denominator} 不是正数（数值 ${value}）`,
      `the denominator ${denominator} is not positive (value ${value})`,
    );
  }
  if (node.unit === 'ratio' && numerator > denominator) {
    return text(
      `分子 ${numerator} 大于分母 ${denominator}`,
      `numerator ${numerator} is above denominator ${denominator}`,
    );
  }
  const quotient = (numerator / denominator) * factorOf(node);
  if (Math.abs(quotient - value) <= statedRounding * Math.max(1, Math.abs(value)) + 1e-12) return null;
  return text(
    `数值 ${value} 与 ${given} = ${figure(quotient, 4)} 不符`,
    `the value ${value} is not ${given} = ${figure(quotient, 4)}`,
  );
}
