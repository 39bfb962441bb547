import type { EvidenceStore } from '../store/contract.ts';

/** An instant to the minute in the zone of a subject, with the offset that it has there: `2031-05-01 16:00 +08:00`. */
export type LocalTimes = (instant: string, subject: string) => string;

/** Where nobody is named whose times they are. */
const usualZone = 'Asia/Shanghai';

export function localTimeText(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${offset}`;
}

/** The zones of all subjects; `otherwise` is that of a subject that is not in the store. */
export async function localTimesIn(store: EvidenceStore, otherwise = usualZone): Promise<LocalTimes> {
  const zones = new Map((await store.subjects.list()).map(({ id, timeZone }) => [id, timeZone]));
  return (instant, subject) => localTimeText(instant, zones.get(subject) ?? otherwise);
}
