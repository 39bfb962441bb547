import { type Calendar, day, hour, isoText, known, type Month } from './calendar.ts';
import { districts, securityEvents as policy } from './policy.ts';
import { quota, type Random } from './random.ts';
import { fieldsOf, type SampleRecord, serialId } from './records.ts';
import { districtId } from './subjects.ts';

const classes = ['C1', 'C2', 'C3', 'C4'] as const;
const dueDays = { critical: 1, high: 3, medium: 7, low: 15 } as const;

function foundIn(month: Month, random: Random) {
  const span = month.end - month.start;
  const found = classes.flatMap((name) =>
    Array.from({ length: policy.perMonth[name][month.index] ?? 0 }, () => ({
      name,
      found: month.start + random.next() * span,
    })),
  );
  return found.sort((a, b) => a.found - b.found);
}

interface Told {
  readonly name: string;
  readonly found: number;
  readonly isInTime: boolean;
  readonly isAgain: boolean;
}

function fieldsFor({ name, found, isInTime, isAgain }: Told, random: Random, calendar: Calendar) {
  const severity = random.pickWeighted([
    ['high', 2],
    ['medium', 5],
    ['low', 6],
  ] as const);
  const due = found + dueDays[severity] * day;
  const closed = isInTime
    ? found + (due - found) * random.between(0.2, 0.95)
    : due + random.between(0.5, 6) * day;
  const contained = found + Math.min((closed - found) * 0.6, random.between(0.5, 20) * hour);
  return {
    class: name,
    severity,
    found: isoText(found),
    contained: known(contained, calendar),
    closed: known(closed, calendar),
    due: isoText(due),
    reopened: isAgain ? 1 : 0,
    alarm: null,
  };
}

export function sampleSecurityEvents(calendar: Calendar, random: Random): SampleRecord[] {
  const [inTime, again] = [quota(), quota()];
  const shares = districts.map((district) => [district, district.share] as const);
  return calendar.months.flatMap((month) =>
    foundIn(month, random).map(({ name, found }, index) => ({
      id: serialId('AQ', month.id, index + 1, 3),
      subject: districtId(random.pickWeighted(shares)),
      fields: fieldsOf(
        'security-events',
        fieldsFor(
          { name, found, isInTime: inTime(policy.closedInTimeRatio), isAgain: again(policy.reopenedRatio) },
          random,
          calendar,
        ),
      ),
      fault: null,
    })),
  );
}
