import type { Text } from './text.ts';

/** As String(number) writes them: 0.02, 1e-7, 2000. */
const amount = String.raw`(\d+(?:\.\d+)?(?:e[+-]?\d+)?)`;

const forms = {
  ratio: new RegExp(`^ratio <= ${amount}$`),
  age: new RegExp(`^age <= ${amount}(ms|s|m|h|d)$`),
  psi: new RegExp(`^psi <= ${amount}$`),
  usual: new RegExp(`^rows within ${amount} of the median of ${amount} runs$`),
  rows: new RegExp(`^(?:rows >= ${amount})?(?:, )?(?:rows <= ${amount})?$`),
} as const;

const units: Readonly<Record<string, Text>> = {
  ms: { zh: '毫秒', en: 'millisecond' },
  s: { zh: '秒', en: 'second' },
  m: { zh: '分钟', en: 'minute' },
  h: { zh: '小时', en: 'hour' },
  d: { zh: '天', en: 'day' },
};

/** Six digits leave out what arithmetic in binary adds (0.07 × 100 = 7.000000000000001). */
const share = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

const percent = (ratio: string) => `${share.format(Number(ratio) * 100)}\u00a0%`;
const alike = (text: string): Text => ({ zh: text, en: text });

/** Largest good ratio, 0..1, of a threshold that is one; null for every other. */
export function ratioBound(threshold: string): number | null {
  const [, bound] = forms.ratio.exec(threshold) ?? [];
  return bound === undefined ? null : Number(bound);
}

/**
 * The threshold of a check result in words: `ratio <= 0.02` is `≤ 2 %`. A form that is not known, such as one of a later
 * version, is given back as it is.
 */
export function thresholdText(threshold: string): Text {
  const ratio = forms.ratio.exec(threshold);
  if (ratio?.[1]) return alike(`≤ ${percent(ratio[1])}`);
  const psi = forms.psi.exec(threshold);
  if (psi?.[1]) return alike(`PSI ≤ ${share.format(Number(psi[1]))}`);
  const age = forms.age.exec(threshold);
  if (age?.[1] && age[2]) return ageText(age[1], age[2]);
  const usual = forms.usual.exec(threshold);
  if (usual?.[1] && usual[2]) return usualText(usual[1], Number(usual[2]));
  const rows = forms.rows.exec(threshold);
  return rowsText(rows?.[1], rows?.[2]) ?? alike(threshold);
}

function ageText(count: string, unit: string): Text {
  const name = units[unit] ?? alike(unit);
  const printed = plain.format(Number(count));
  return {
    zh: `时龄不超过 ${printed} ${name.zh}`,
    en: `age ≤ ${printed} ${name.en}${printed === '1' ? '' : 's'}`,
  };
}

function usualText(tolerance: string, runs: number): Text {
  const within = percent(tolerance);
  if (runs === 1)
    return { zh: `行数与上次相差不超过 ${within}`, en: `rows within ${within} of the last run` };
  return {
    zh: `行数与近 ${runs} 次中位数相差不超过 ${within}`,
    en: `rows within ${within} of the median of the last ${runs} runs`,
  };
}

function rowsText(min: string | undefined, max: string | undefined): Text | null {
  const [least, most] = [min, max].map((bound) => (bound === undefined ? null : plain.format(Number(bound))));
  if (least && most) return { zh: `行数 ${least} 至 ${most}`, en: `${least} to ${most} rows` };
  if (least) return { zh: `行数不少于 ${least}`, en: `at least ${least} rows` };
  return most ? { zh: `行数不多于 ${most}`, en: `at most ${most} rows` } : null;
}
