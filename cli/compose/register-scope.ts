import { InputError, parseCutoff } from '../../collectors/contract.ts';
import type { AsOf, EvidenceStore } from '../../store/contract.ts';
import { asInput, findSubject } from './evaluate.ts';
import { familyOf } from './family.ts';

/** The subject and those below it (all subjects when none is named), at an instant of its zone. */
export async function registerScope(
  store: EvidenceStore,
  { subject, at }: { readonly subject: string | undefined; readonly at: string | undefined },
  now: string,
): Promise<AsOf> {
  const all = await store.subjects.list();
  const named = subject === undefined ? null : await findSubject(store, subject);
  const timeZone = named?.timeZone ?? all[0]?.timeZone ?? 'Asia/Shanghai';
  return {
    subjects: named ? familyOf(named.id, all) : all.map(({ id }) => id),
    at: at === undefined ? now : asInput(() => parseCutoff(at, timeZone)),
  };
}

/** A whole number of an option; InputError that names it. */
export function wholeNumber(option: string, text: string, most = 2_147_483_647): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new InputError(`${option} "${text}" is no whole number from 0 to ${most}`);
}
