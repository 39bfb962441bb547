import type { Slo, Text } from '../../../contract.ts';
import type { LintRule } from '../lint-rule.ts';

function messageOf({ objectivePercent, source }: Slo): Text | null {
  const isOpenSlo = source.format.startsWith('openslo/');
  const written = isOpenSlo ? Number((objectivePercent / 100).toPrecision(12)) : objectivePercent;
  if (objectivePercent === 100)
    return {
      zh: '目标 100% 没有错误预算，任何一次失败都会违约：请写小于 100 的目标，例如 99.9',
      en: 'an objective of 100 % leaves no error budget, so that one failure breaks it: write less, for example 99.9',
    };
  if (isOpenSlo && (objectivePercent <= 0 || objectivePercent > 100))
    return {
      zh: `target ${written} 不在 0 与 1 之间：请写比值（例如 0.999），或改用 targetPercent`,
      en: `target ${written} is not between 0 and 1: write a ratio, for example 0.999, or use targetPercent`,
    };
  if (objectivePercent <= 0 || objectivePercent > 100)
    return {
      zh: `目标 ${written} 不在 0 与 100 之间：请以百分数书写，例如 99.9`,
      en: `an objective of ${written} is not between 0 and 100: write it in per cent, for example 99.9`,
    };
  if (objectivePercent > 1) return null;
  const percent = Number((objectivePercent * 100).toPrecision(12));
  return {
    zh: `目标 ${objectivePercent}% 看起来是比值：目标以百分数书写，应为 ${percent}`,
    en: `an objective of ${objectivePercent} % looks like a ratio: objectives are in per cent, write ${percent}`,
  };
}

export const objectiveOutOfRange: LintRule = {
  name: 'objective-out-of-range',
  purpose: {
    zh: '目标为 0、100 或超出范围，或把百分数写成了比值',
    en: 'An objective of 0 or 100 or beyond, or a ratio where per cent is due.',
  },
  check({ slo }) {
    const message = messageOf(slo);
    return message ? [{ level: 'fault', part: 'objective', message }] : [];
  },
};
