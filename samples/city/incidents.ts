import { at, type Calendar, day, hour, isoText, known, type Month } from './calendar.ts';
import { type DistrictPolicy, districts, incidents as policy } from './policy.ts';
import { quota, type Random } from './random.ts';
import { fieldsOf, type SampleRecord, serialId } from './records.ts';
import { districtId } from './subjects.ts';

interface Happening {
  readonly district: DistrictPolicy;
  readonly severity: 'critical' | 'major' | 'minor' | 'info';
  readonly started: number;
  /** Whether it is resolved before its month ends. */
  readonly isResolved: boolean;
}

function happeningsIn(
  month: Month,
  resolved: ReturnType<typeof quota>,
  random: Random,
  calendar: Calendar,
): Happening[] {
  const perDistrict = districts.flatMap((district) =>
    Array.from({ length: Math.round(policy.perMonth * district.share) }, () => district),
  );
  const major = policy.majorPerMonth[month.index] ?? 0;
  const span = month.end - month.start;
  return perDistrict
    .map((district) => ({ district, started: month.start + random.next() * (span - 3 * day) }))
    .sort((a, b) => a.started - b.started)
    .map(({ district, started }, index) => {
      // The major ones fall on the middle of the month, one after another.
      const isMajor = index >= 6 && index < 6 + major;
      const severity = isMajor
        ? index === 6 && month.index % 5 === 0
          ? 'critical'
          : 'major'
        : random.pick(['minor', 'minor', 'info'] as const);
      return {
        district,
        started,
        severity,
        isResolved: resolved(at(policy.resolvedRatio, started, calendar)),
      };
    });
}

function fieldsFor(happening: Happening, month: Month, random: Random, calendar: Calendar) {
  const { started, severity, isResolved } = happening;
  const isMajor = severity === 'critical' || severity === 'major';
  const detected = started + random.between(1, 12) * 60_000;
  const acknowledged = detected + random.between(2, 25) * 60_000;
  const late = month.end + random.between(1, 20) * day;
  const resolved = isResolved ? acknowledged + random.between(0.5, isMajor ? 9 : 40) * hour : late;
  const mitigated = acknowledged + (resolved - acknowledged) * random.between(0.2, 0.5);
  return {
    severity,
    class: random.pick(policy.services),
    started: isoText(started),
    detected: known(detected, calendar),
    acknowledged: known(acknowledged, calendar),
    mitigated: known(mitigated, calendar),
    resolved: known(resolved, calendar),
    impactUsers: random.whole(isMajor ? 2_000 : 0, isMajor ? 40_000 : 400),
    impactMinutes: Math.round((mitigated - started) / 60_000),
    cause: known(resolved, calendar) === null ? null : random.pick(policy.causes),
    actions: isMajor ? [random.pick(policy.actions)] : null,
  };
}

export function sampleIncidents(calendar: Calendar, random: Random): SampleRecord[] {
  const resolved = quota();
  return calendar.months.flatMap((month) =>
    happeningsIn(month, resolved, random, calendar).map((happening, index) => ({
      id: serialId('SJ', month.id, index + 1, 3),
      subject: districtId(happening.district),
      fields: fieldsOf('incidents', fieldsFor(happening, month, random, calendar)),
      fault: null,
    })),
  );
}
