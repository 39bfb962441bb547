import type { Subject } from '../../collectors/contract.ts';

/** The subject and everything below it, as the label `subject` may name them. */
export function familyOf(id: string, subjects: readonly Subject[]): readonly string[] {
  const children = subjects.filter(({ parent }) => parent === id);
  return [id, ...children.flatMap((child) => familyOf(child.id, subjects))];
}
