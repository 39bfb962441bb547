import type { ByteLine } from './byte-lines.ts';
import { reportLimits } from './limits.ts';
import { EntryFault } from './report-fault.ts';

const mostKilobytes = reportLimits.textBytes / 1024;

/** `line 12`: how messages name it. */
export function placeOf({ number }: ByteLine): string {
  return `line ${number}`;
}

/** EntryFault for a line beyond the bound. */
export function lineText(line: ByteLine): string {
  if (line.text !== null) return line.text;
  throw new EntryFault(placeOf(line), {
    zh: `该行超过 ${mostKilobytes} KB`,
    en: `is longer than ${mostKilobytes} KB`,
  });
}

/** EntryFault for an instant further ahead of our clock than is allowed. */
export function refuseFuture(place: string, at: number, latest: number): void {
  if (at <= latest) return;
  const shown = new Date(at).toISOString();
  throw new EntryFault(place, {
    zh: `时间 ${shown} 晚于当前时间：请校准来源主机的时钟与时区`,
    en: `${shown} lies in the future: set the clock and the zone of the host that wrote it`,
  });
}
