import type { Text } from './text.ts';

/** What is evaluated (评估对象): a node of the subject tree. Ids are lower case, parts of a path joined by `/`. */
export interface Subject {
  readonly id: string;
  readonly name: Text;
  readonly kind: SubjectKind;
  /** Null for a root. */
  readonly parent: string | null;
  /** IANA zone; it decides the borders of periods. */
  readonly timeZone: string;
  /** True for the synthetic sample city and everything below it. */
  readonly isSample: boolean;
}

export const subjectKinds = ['city', 'district', 'street', 'department', 'operator', 'application'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const subjectIdPattern = /^[a-z0-9]+(?:[-/][a-z0-9]+)*$/;
