import { type ImportKind, recordKindSpecs } from '../../contract.ts';
import { fieldsOf } from './import-fields.ts';

/** Fields without which no record of the kind can be used: the required ones and the instant that places it in a period. */
export function requiredFields(kind: ImportKind): readonly string[] {
  const required = Object.entries(fieldsOf(kind)).filter(([, spec]) => spec.isRequired);
  const cohort = kind === 'observations' ? null : recordKindSpecs[kind].cohort;
  const names = required.map(([name]) => name);
  return cohort ? [...names, cohort] : names;
}
