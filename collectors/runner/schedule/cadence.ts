import { Cron } from 'croner';

/** When a job runs: at a fixed distance, or by a cron expression in its subject's zone. */
export type Schedule = { readonly everySeconds: number } | { readonly cron: string };

/** What is wrong with a cron expression; null when it can be used. */
export function cronFault(expression: string): string | null {
  try {
    const cron = new Cron(expression, { paused: true, mode: '5-or-6-parts' });
    const next = cron.nextRun(new Date(0));
    cron.stop();
    return next === null ? 'no day is ever so' : null;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, '');
  }
}

/** Milliseconds of the first instant after `after` that the expression names in the zone; null when there is none left. */
export function nextCronTick(expression: string, timeZone: string, after: number): number | null {
  const cron = new Cron(expression, { paused: true, mode: '5-or-6-parts', timezone: timeZone });
  const next = cron.nextRun(new Date(after));
  cron.stop();
  return next === null ? null : next.getTime();
}

/** Seconds between the two next ticks: how often the expression runs at present. */
export function cronEverySeconds(expression: string, timeZone: string, after: number): number | null {
  const first = nextCronTick(expression, timeZone, after);
  const second = first === null ? null : nextCronTick(expression, timeZone, first);
  return first === null || second === null ? null : (second - first) / 1000;
}
