import { reportLimits } from './limits.ts';
import { cutText, plainText } from './plain-text.ts';
import { EntryFault } from './report-fault.ts';

/** A name as it is kept; EntryFault when it is empty or too long. */
export function identity(given: string, place: string): string {
  const text = plainText(given);
  if (text === '') throw new EntryFault(place, { zh: '标识为空', en: 'has an empty name' });
  if (text.length <= reportLimits.identityCharacters) return text;
  throw new EntryFault(place, {
    zh: `标识超过 ${reportLimits.identityCharacters} 个字符`,
    en: `has a name of more than ${reportLimits.identityCharacters} characters`,
  });
}

/** Pages link to it: nothing but the web. */
export function webAddress(url: string | null): string | null {
  if (url === null || url.length > reportLimits.urlCharacters || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : null;
}

/** A title as it is kept; the name of the thing where it has none. */
export function titleText(given: string, name: string): string {
  return cutText(plainText(given), reportLimits.titleCharacters) || name;
}

/** The first in their order; of the others the number. */
export function boundedPlaces(places: ReadonlySet<string>): string[] {
  const all = [...places].toSorted();
  if (all.length <= reportLimits.places) return all;
  return [...all.slice(0, reportLimits.places), `(+${all.length - reportLimits.places})`];
}
