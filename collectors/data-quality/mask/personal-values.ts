import { isLuhn } from './luhn.ts';

interface PersonalForm {
  readonly pattern: RegExp;
  /** Further than the pattern, on the bare characters without blanks and hyphens. */
  readonly isOne?: (bare: string) => boolean;
}

/** Between the digits of a number written for people. */
const gap = '[ \\-\\u00a0·.]?';
const digits = (count: number) => `\\d${`${gap}\\d`.repeat(count - 1)}`;
/** No digit or letter goes on at either end, so that a long serial number is no telephone number. */
const start = '(?<![0-9A-Za-z])';
const end = '(?![0-9A-Za-z])';

const form = (source: string, isOne?: PersonalForm['isOne']): PersonalForm => ({
  pattern: new RegExp(`${start}(?:${source})${end}`, 'g'),
  ...(isOne && { isOne }),
});

/** Month and day in the place where a resident id has them. */
const hasBirthday = (bare: string) => {
  const at = bare.length === 15 ? 8 : 10;
  const [month, day] = [Number(bare.slice(at, at + 2)), Number(bare.slice(at + 2, at + 4))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

/**
 * Values that name or reach a person wherever they stand: resident ids of 18 and 15 digits (GB 11643; a wrong check digit is
 * still somebody's), mobile numbers (with or without the code of the country), bank cards (ISO/IEC 7812, by Luhn), landlines,
 * international numbers, social security numbers of the United States, e-mail, Chinese passports and permits, number plates.
 */
const forms: readonly PersonalForm[] = [
  form(`${digits(17)}${gap}[\\dXx]`, hasBirthday),
  form(digits(15), hasBirthday),
  form(`(?:(?:\\+|00)?86${gap})?1${gap}[3-9]${gap}${digits(9)}`),
  form(`[3-6]${gap}${digits(14)}(?:${gap}\\d){0,4}`, isLuhn),
  form('\\(?0\\d{2,3}\\)?[ \\-]?\\d{7,8}(?:-\\d{1,5})?'),
  { pattern: /(?<![0-9A-Za-z+])\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}(?![0-9A-Za-z])/g },
  form('\\(?\\d{3}\\)?[ \\-.]\\d{3}[ \\-.]\\d{4}'),
  form('\\d{3}-\\d{2}-\\d{4}'),
  { pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu },
  form('[DEGPSdegps](?:\\d{8}|[A-HJ-NP-Za-hj-np-z]\\d{7})|[CHMWchmw]\\d{8}(?:\\d{2})?'),
  {
    pattern:
      /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])/g,
  },
];

/** Full-width digits, letters and at-signs as plain ones, character by character, so that places stay the same. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** Longer than any value that is kept: what lies behind is cut off before it is looked at. */
const maxCharacters = 20_000;

/** The text with everything in it that looks personal replaced by `cover`, which is handed each such part. */
export function coverPersonal(text: string, cover: (part: string) => string): string {
  const own = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}...` : text;
  const plain = narrow(own);
  const marks = new Uint8Array(own.length);
  for (const { pattern, isOne } of forms) {
    for (const match of plain.matchAll(pattern)) {
      if (isOne && !isOne(match[0].replace(/[^0-9A-Za-z]/g, ''))) continue;
      marks.fill(1, match.index, match.index + match[0].length);
    }
  }
  if (!marks.includes(1)) return own;
  let covered = '';
  for (let at = 0; at < own.length; ) {
    const isPersonal = marks[at];
    const from = at;
    while (at < own.length && marks[at] === isPersonal) at += 1;
    const part = own.slice(from, at);
    covered += isPersonal ? cover(part) : part;
  }
  return covered;
}

export const looksPersonal = (text: string) => coverPersonal(text, () => '\0') !== text;

/** A running text (a message of a database) without personal values. */
export const maskText = (text: string) => coverPersonal(text, () => '***');
