import { type Severity, severities, severityOfCvss } from '../../contract.ts';

/**
 * What a scanner says no severity of counts as medium: among the low ones nobody would look at it, and as high it would
 * raise an alarm that nobody has given a reason for.
 */
export const severityOfUnknown: Severity = 'medium';

/** Words of scanners, in lower case; those of no entry are unknown. */
const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  important: 'high',
  high: 'high',
  error: 'high',
  moderate: 'medium',
  medium: 'medium',
  warning: 'medium',
  low: 'low',
  note: 'low',
  negligible: 'info',
  info: 'info',
  informational: 'info',
  none: 'info',
};

/** Severity of a scanner's word, in any case; null for absence and for a word that says nothing (`UNKNOWN`). */
export function severityOfWord(word: string | null): Severity | null {
  const known = word?.trim().toLowerCase() ?? '';
  return Object.hasOwn(words, known) ? (words[known] ?? null) : null;
}

/** A CVSS base score as reports write it, number or text; null when it is none. */
export function cvssScore(value: unknown): number | null {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 10 ? score : null;
}

/** The scanner's word before the score's: vendors know their packages; the score before nothing at all. */
export function severityOf(word: string | null, cvss: number | null): Severity {
  return severityOfWord(word) ?? (cvss === null ? severityOfUnknown : severityOfCvss(cvss));
}

export function worseSeverity(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b;
}
