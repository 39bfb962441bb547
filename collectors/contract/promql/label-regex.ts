import { linearRegex, RegexFault } from '../linear-regex.ts';

/** Longest regular expression over a label. */
const longestRegex = 500;

/** Why a regular expression cannot select label values; null for one that can. */
export function regexFault(source: string): string | null {
  if (source.length > longestRegex) return `the regular expression is longer than ${longestRegex} characters`;
  try {
    linearRegex(source);
    return null;
  } catch (error) {
    if (!(error instanceof RegexFault)) throw error;
    return `regular expression "${source}": ${error.message}`;
  }
}
