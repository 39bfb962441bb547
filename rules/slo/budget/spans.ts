import {
  dayAt,
  parseDay,
  parsePeriod,
  periodAt,
  type SloDefinition,
  type SloPeriod,
  type SloSpan,
} from '../../contract.ts';

const daySeconds = 86_400;

/** ISO, without milliseconds where there are none. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** The span of an SLO's own period at an instant: the calendar period that holds it, or the window that ends with it. */
export function periodSpan(period: SloPeriod, at: string): SloSpan {
  if (period.kind === 'rolling') {
    const to = Date.parse(at);
    const id = `${period.days}d@${isoOf(to)}`;
    return { kind: 'rolling', id, from: isoOf(to - period.days * daySeconds * 1000), to: isoOf(to) };
  }
  return calendarSpan(period.unit, periodAt(period.unit, at, period.timeZone), period.timeZone);
}

function calendarSpan(kind: SloSpan['kind'] & ('month' | 'quarter' | 'year'), id: string, timeZone: string) {
  const { start, end } = parsePeriod(id, timeZone);
  return { kind, id, from: start, to: end };
}

/** The calendar span of an id such as `2026-10`; RangeError when it is no id of a period of the SLO's kind. */
export function namedSpan({ id: slo, period }: Pick<SloDefinition, 'id' | 'period'>, id: string): SloSpan {
  if (period.kind === 'rolling')
    throw new RangeError(`${slo} has a rolling period of ${period.days} days: name an instant, not a period`);
  const { kind, start, end } = parsePeriod(id, period.timeZone);
  if (kind !== period.unit)
    throw new RangeError(`"${id}" is a ${kind}, and the period of ${slo} is a ${period.unit}`);
  return { kind, id, from: start, to: end };
}

/** Where the local days of an SLO begin: in the zone of its calendar, else in that of its subject. */
export function zoneOf({ period }: Pick<SloDefinition, 'period'>, subjectZone: string): string {
  return period.kind === 'calendar' ? period.timeZone : subjectZone;
}

function daySpan(day: string, timeZone: string): SloSpan {
  const { start, end } = parseDay(day, timeZone);
  return { kind: 'day', id: day, from: start, to: end };
}

/** The local days that begin in [from, to), in order. */
export function daysIn({ from, to }: Pick<SloSpan, 'from' | 'to'>, timeZone: string): SloSpan[] {
  const days: SloSpan[] = [];
  let day = daySpan(dayAt(from, timeZone), timeZone);
  while (Date.parse(day.from) < Date.parse(to)) {
    if (Date.parse(day.from) >= Date.parse(from)) days.push(day);
    day = daySpan(dayAt(day.to, timeZone), timeZone);
  }
  return days;
}

/** Length of the period that holds an instant, seconds. */
export function periodSeconds(period: SloPeriod, at: string): number {
  if (period.kind === 'rolling') return period.days * daySeconds;
  const { from, to } = periodSpan(period, at);
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** The part of [from, to) that had gone by; null when none had. */
export function elapsedPart(
  { from, to }: Pick<SloSpan, 'from' | 'to'>,
  asOf: string,
): { readonly from: string; readonly to: string } | null {
  const end = Math.min(Date.parse(to), Date.parse(asOf));
  return end > Date.parse(from) ? { from, to: isoOf(end) } : null;
}
