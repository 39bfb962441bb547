import type { Text } from '../../../contract.ts';

/** One check that is proposed, and the figure it comes from. */
export interface Proposal {
  /** YAML of the check, key by key. */
  readonly lines: readonly string[];
  readonly why: Text;
}

const plainName = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Words that YAML reads as something other than a text. */
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as YAML: JSON's quotes are YAML's too. */
export const quoted = (text: string) =>
  plainName.test(text) && !reserved.test(text) ? text : JSON.stringify(text);

export const listed = (texts: readonly string[]) => `[${texts.map(quoted).join(', ')}]`;

/** A share as percent, with as many digits as tell it from none and from all. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100}%`;
  const digits = share < 0.001 || share > 0.999 ? 3 : share < 0.1 || share > 0.9 ? 2 : 1;
  return `${(share * 100).toFixed(digits)}%`;
}

/** Beyond what was seen: a threshold at the very figure would be missed by the next row. */
const slack = 1.2;

/** A failing share with some air, rounded up to two digits; null for none, which needs no `max`. */
export function lenient(share: number): number | null {
  if (share <= 0) return null;
  const wanted = share * slack;
  const unit = 10 ** (Math.floor(Math.log10(wanted)) - 1);
  return Math.min(1, Number((Math.ceil(wanted / unit) * unit).toPrecision(2)));
}

export const maxLine = (share: number): readonly string[] => {
  const max = lenient(share);
  return max === null ? [] : [`max: ${max}`];
};
