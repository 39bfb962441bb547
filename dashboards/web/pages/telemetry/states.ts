import type { CollectorOutcome } from '../../../../collectors/contract.ts';
import type { JobState, Telemetry } from '../../../contract.ts';
import { printDuration } from '../../durations.ts';
import type { PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';

/** What needs a person first. */
export const jobLights = ['failed', 'partial', 'waiting', 'good'] as const;
export type JobLight = (typeof jobLights)[number];

export function lightOfRun(state: CollectorOutcome['state']): JobLight {
  return state === 'succeeded' ? 'good' : state;
}

/** `waiting` = it has never run; a run that was not taken has failed whatever it brought. */
export function lightOf(job: JobState): JobLight {
  if (job.refusals.length > 0) return 'failed';
  return job.last === null ? 'waiting' : lightOfRun(job.last.state);
}

/** Failing first, by id within. */
export function byNeed(jobs: readonly JobState[]): JobState[] {
  return jobs.toSorted(
    (a, b) => jobLights.indexOf(lightOf(a)) - jobLights.indexOf(lightOf(b)) || a.id.localeCompare(b.id),
  );
}

/** Outputs that did not take the newest run, in the reader's language. */
export function viewOfRefusals({ say }: PageContext, { refusals }: JobState) {
  return refusals.map(({ reason, remedy }) => ({
    reason: sentence(say(reason)),
    remedy: remedy ? say(remedy) : null,
  }));
}

/** True when its time has come, within the second. */
export function isDue(job: JobState, now: string): boolean {
  return job.nextAt !== null && Date.parse(job.nextAt) - Date.parse(now) < 1000;
}

const secondsIn: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** An interval in the reader's language; a cron expression as it is. */
export function printSchedule({ language, t }: PageContext, schedule: string): string {
  const [, amount, unit] = /^every (\d+(?:\.\d+)?) ?(ms|s|m|min|h|d)$/.exec(schedule) ?? [];
  const seconds = unit === undefined ? undefined : secondsIn[unit];
  return seconds === undefined
    ? schedule
    : t('telemetry.every', { interval: printDuration(Number(amount) * seconds, language) });
}

/** True when a job's subject is synthetic. */
export function isAnySample(
  jobs: Telemetry['jobs'],
  subjects: readonly { readonly id: string; readonly isSample: boolean }[],
): boolean {
  const samples = new Set(subjects.filter((each) => each.isSample).map((each) => each.id));
  return jobs.some((job) => samples.has(job.subject));
}
