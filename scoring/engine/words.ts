import type { Text, Unit } from '../contract.ts';

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** At most `decimals` decimals, without trailing zeros and without exponent for the magnitudes that occur. */
export function figure(value: number, decimals = 2): string {
  const rounded = Number(value.toFixed(decimals));
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/** One decimal, always: points and scores in sentences. */
export function points(value: number): string {
  const fixed = value.toFixed(1);
  return fixed === '-0.0' ? '0.0' : fixed;
}

export function percent(ratio: number): string {
  return `${points(ratio * 100)} %`;
}

const unitWords: Readonly<Record<Unit, Text>> = {
  ratio: text('', ''),
  count: text('', ''),
  second: text(' 秒', ' s'),
  minute: text(' 分钟', ' min'),
  hour: text(' 小时', ' h'),
  day: text(' 天', ' days'),
  week: text(' 周', ' weeks'),
  score: text(' 分', ' points'),
  perDay: text('/天', ' per day'),
  factor: text('', ''),
  yuan: text(' 元', ' yuan'),
};

/** A value with its unit, as it stands in a sentence. */
export function quantity(value: number, unit: Unit): Text {
  if (unit === 'ratio') return text(percent(value), percent(value));
  if (unit === 'count') return text(`共计 ${figure(value)}`, `${figure(value)} in all`);
  const words = unitWords[unit];
  return text(`${figure(value)}${words.zh}`, `${figure(value)}${words.en}`);
}

/** A score with as many decimals as it takes to show on which side of the border it lies: 89.96 is not 90.0. */
export function scoreBeside(score: number, borders: readonly number[]): string {
  for (let decimals = 1; decimals < 9; decimals += 1) {
    const shown = score.toFixed(decimals);
    if (borders.every((border) => score >= border === Number(shown) >= border)) return shown;
  }
  return String(score);
}

/** A node within a sentence: with an id that people speak of (`S1.T1`), without one that is a machine's. */
export function spokenName({ id, title }: { readonly id: string; readonly title: Text }): Text {
  const isSpoken = /^[A-Z]+\d*(?:\.[A-Z]+\d+)*$/.test(id);
  return isSpoken ? text(`${id} ${title.zh}`, `${id} ${title.en}`) : title;
}

/** A text that may be a whole sentence, ready to be followed by more. */
export function clause(sentence: Text): Text {
  return text(sentence.zh.replace(/[。.]$/, ''), sentence.en.replace(/\.$/, ''));
}

export function joinTexts(texts: readonly Text[]): Text {
  const clauses = texts.map((each, index) => (index < texts.length - 1 ? clause(each) : each));
  return text(clauses.map((each) => each.zh).join('；'), clauses.map((each) => each.en).join('; '));
}
