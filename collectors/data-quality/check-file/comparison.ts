import type { Comparison } from './check-spec.ts';

const form = /^\s*(.+?)\s*(<=|>=|!=|<>|==|<|>|=)\s*(.+?)\s*$/;
const spellings: Readonly<Record<string, Comparison>> = { '<>': '!=', '==': '=' };

/** `closed >= opened` in its parts; null for any other text. */
export function parseComparison(
  text: string,
): { readonly left: string; readonly comparison: Comparison; readonly right: string } | null {
  const [, left, sign, right] = form.exec(text) ?? [];
  if (left === undefined || sign === undefined || right === undefined || /[<>=]/.test(right)) return null;
  return { left, comparison: spellings[sign] ?? (sign as Comparison), right };
}
