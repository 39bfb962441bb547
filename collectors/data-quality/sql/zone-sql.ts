import type { TimeParts } from './time-sql.ts';
import { type ZoneStep, zoneSteps } from './zone-steps.ts';

/** Later than any local time of the years looked at. */
const never = 9_999_999_999;

export type ZoneParts = Pick<TimeParts, 'substring' | 'integer' | 'double' | 'entry'>;

/**
 * Seconds east of UTC of a local time. The steps of all years are written as one list per step of a year, from which the
 * year picks its own: a CASE over every step would repeat the time hundreds of times.
 */
export function offsetSql(
  parts: ZoneParts,
  { year, local }: { readonly year: string; readonly local: string },
  zone: string,
): string {
  const { first, steps } = zoneSteps(zone);
  const [earliest, latest] = [steps.at(0), steps.at(-1)];
  if (!earliest || !latest) return String(first);
  const years = yearsOf(first, steps);
  const place = `(${parts.integer(year)} - ${earliest.year})`;
  const ofYear = (numbers: readonly number[]) => entry(parts, numbers, place);
  const most = Math.max(...years.map((each) => each.steps.length));
  const branches = Array.from({ length: most }, (_, index) => most - 1 - index).map((step) => {
    const from = ofYear(years.map((each) => each.steps[step]?.local ?? never));
    const offset = ofYear(years.map((each) => (each.steps[step] ?? each.steps.at(-1))?.offset ?? each.start));
    return `when ${local} >= ${from} then ${offset}`;
  });
  const start = ofYear(years.map((each) => each.start));
  return `(case when ${year} < '${earliest.year}' then ${first} when ${year} > '${latest.year}' then ${latest.offset} ${branches.join(' ')} else ${start} end)`;
}

/** One of the numbers; without lists they stand in one text, each as wide as the widest. */
function entry(parts: ZoneParts, numbers: readonly number[], place: string): string {
  if (numbers.every((number) => number === numbers[0])) return String(numbers[0]);
  if (parts.entry) return parts.entry(numbers, place);
  const width = Math.max(...numbers.map((number) => String(number).length));
  const text = numbers.map((number) => String(number).padStart(width)).join('');
  return parts.double(parts.substring(`'${text}'`, `${place} * ${width} + 1`, width));
}

interface Year {
  /** The offset as the year begins. */
  readonly start: number;
  readonly steps: readonly ZoneStep[];
}

/** All years from the first step's to the last's. */
function yearsOf(first: number, steps: readonly ZoneStep[]): readonly Year[] {
  const years: Year[] = [];
  let start = first;
  for (let year = steps[0]?.year ?? 0; year <= (steps.at(-1)?.year ?? 0); year += 1) {
    const own = steps.filter((step) => step.year === year);
    years.push({ start, steps: own });
    start = own.at(-1)?.offset ?? start;
  }
  return years;
}
