import type { TimeParts } from './time-sql.ts';
import { type ZoneStep, zoneSteps } from './zone-steps.ts';

const widthOfStep = 10;
/** Later than any local time of the years looked at. */
const never = '9'.repeat(widthOfStep);
const widthOfOffset = 6;

/**
 * Seconds east of UTC of a local time. The steps of all years are written as one text per step of a year, from which the
 * year picks its own: a CASE over every step would repeat the time hundreds of times.
 */
export function offsetSql(
  parts: Pick<TimeParts, 'substring' | 'integer' | 'double'>,
  { year, local }: { readonly year: string; readonly local: string },
  zone: string,
): string {
  const { first, steps } = zoneSteps(zone);
  const [earliest, latest] = [steps.at(0), steps.at(-1)];
  if (!earliest || !latest) return String(first);
  const years = yearsOf(first, steps);
  const most = Math.max(...years.map((each) => each.steps.length));
  const pick = (values: readonly string[], width: number, read: (text: string) => string) => {
    if (values.every((value) => value === values[0])) return String(Number(values[0]));
    const index = `(${parts.integer(year)} - ${earliest.year}) * ${width} + 1`;
    return read(parts.substring(`'${values.join('')}'`, index, width));
  };
  const offsetAfter = (count: number) =>
    pick(
      years.map((each) =>
        String(each.steps[count - 1]?.offset ?? each.steps.at(-1)?.offset ?? each.start).padStart(
          widthOfOffset,
        ),
      ),
      widthOfOffset,
      parts.integer,
    );
  const branches = Array.from({ length: most }, (_, index) => most - index).map((count) => {
    const step = years.map((each) => each.steps[count - 1]?.local);
    const texts = step.map((each) => (each === undefined ? never : String(each).padStart(widthOfStep)));
    return `when ${local} >= ${pick(texts, widthOfStep, parts.double)} then ${offsetAfter(count)}`;
  });
  const start = pick(
    years.map((each) => String(each.start).padStart(widthOfOffset)),
    widthOfOffset,
    parts.integer,
  );
  return `(case when ${year} < '${earliest.year}' then ${first} when ${year} > '${latest.year}' then ${latest.offset} ${branches.join(' ')} else ${start} end)`;
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
