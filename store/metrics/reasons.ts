import type { Text } from '../../scoring/contract.ts';

export function notFinite(measure: string): Text {
  return {
    zh: `度量“${measure}”的结果不是有限数值：其采样含 NaN 或无穷大。请检查采集源，或在选择器中排除相关序列。`,
    en: `The result of "${measure}" is not a finite number, because samples are NaN or infinite: check their source, or leave those series out of the selector.`,
  };
}

export function notFlag(measure: string): Text {
  return {
    zh: `度量“${measure}”要求采样取值为 0 或 1，实际存在超出 0 至 1 的采样：请改用其他归约方式，或选用 0/1 指标。`,
    en: `"${measure}" needs samples of 0 or 1, and some lie outside 0..1: name a metric that is a flag, or another reducer.`,
  };
}

export function badPattern(measure: string, told: string): Text {
  return {
    zh: `度量“${measure}”中的正则表达式无法解析（${told}）：请更正模型中的选择器。`,
    en: `A regular expression of "${measure}" does not parse (${told}): correct the selector in the model.`,
  };
}

export function badSelector(selector: string, told: string): Text {
  return {
    zh: `选择条件“${selector}”中的正则表达式无法解析（${told}）：请更正。`,
    en: `A regular expression of the selector "${selector}" does not parse (${told}): correct it.`,
  };
}
