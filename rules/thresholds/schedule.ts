import { dayNumber, offsetAt, type ThresholdSchedule } from '../contract.ts';

const daySeconds = 86_400;
/** 1970-01-01 was a Thursday; Sunday is 0. */
const weekdayOfFirst = 4;

/** Whether a local day, counted from 1970, is one of those that the schedule is for. */
function isDayOf({ days, holidays, workedInstead }: ThresholdSchedule, day: number): boolean {
  if (days === 'all') return true;
  const isListed = (dates: readonly string[]) => dates.some((date) => dayNumber(date) === day);
  const weekday = (day + weekdayOfFirst) % 7;
  const isWorking = isListed(workedInstead) || (weekday >= 1 && weekday <= 5 && !isListed(holidays));
  return isWorking === (days === 'working');
}

/** Whether an ISO instant lies within the schedule. */
export function isWatched(schedule: ThresholdSchedule, at: string): boolean {
  return isOn(schedule, Date.parse(at) / 1000 + offsetAt(schedule.timeZone, at));
}

/** Of seconds of local time since 1970. Hours that go over midnight belong to the day on which they begin. */
export function isOn(schedule: ThresholdSchedule, local: number): boolean {
  const day = Math.floor(local / daySeconds);
  const second = local - day * daySeconds;
  if (schedule.hours.length === 0) return isDayOf(schedule, day);
  return schedule.hours.some(({ fromMinute, toMinute }) => {
    const [from, to] = [fromMinute * 60, toMinute * 60];
    if (from < to) return second >= from && second < to && isDayOf(schedule, day);
    return (second >= from && isDayOf(schedule, day)) || (second < to && isDayOf(schedule, day - 1));
  });
}
