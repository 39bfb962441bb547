import { InputError } from '../../contract.ts';
import { isoForms, type TimeLayout, timeLayout } from './time-formats.ts';
import { offsetSql } from './zone-sql.ts';

/** The SQL that times are composed of. */
export interface TimeParts {
  /** `from` is a number or SQL of one. */
  substring(text: string, from: number | string, count: number | string): string;
  /** Whole match of a portable expression. */
  matches(text: string, regex: string): string;
  literal(text: string): string;
  length(text: string): string;
  concat(parts: readonly string[]): string;
  /** Of a text that is a number for certain. */
  double(text: string): string;
  integer(text: string): string;
  /** Seconds since 1970, a double, of a text `yyyy-MM-dd HH:mm:ss` that is a real instant of UTC. */
  secondsOf(text: string): string;
  /** Where the engine is quicker by itself: the seconds of a text of the layout, NULL of all else. */
  layoutSeconds?(text: string, layout: TimeLayout): string;
  /** Where the engine has lists: one of the numbers, by SQL of its place (0 = the first). */
  entry?(numbers: readonly number[], place: string): string;
}

export interface TimeRules {
  readonly formats: readonly string[];
  readonly zone: string;
}

/** The first format that the text matches decides; NULL where none does. */
export function epochSql(parts: TimeParts, text: string, { formats, zone }: TimeRules): string {
  if (formats.length === 0) throw new InputError('formats of times are needed: iso, or patterns');
  const branches = formats.flatMap((format) =>
    format === 'iso' ? isoBranches(parts, text, zone) : [layoutBranch(parts, text, { format, zone })],
  );
  return branches.length === 1 ? `(${branches[0]})` : `coalesce(${branches.join(', ')})`;
}

function layoutBranch(
  parts: TimeParts,
  text: string,
  { format, zone }: { readonly format: string; readonly zone: string },
): string {
  const layout = timeLayout(format);
  const own = parts.layoutSeconds?.(text, layout);
  const local = own ?? parts.secondsOf(canonical(parts, text, layout));
  const year = parts.substring(text, layout.positions.year ?? 1, 4);
  const seconds = inUtc(parts, { year, local }, zone);
  if (seconds === own) return own;
  const isTime = own ? `${own} is not null` : parts.matches(text, layout.regex);
  return `case when ${isTime} then ${seconds} end`;
}

/** The text `yyyy-MM-dd HH:mm:ss` of a text of the layout. */
function canonical(parts: TimeParts, text: string, { positions, isTwelveHours }: TimeLayout): string {
  const take = (position: number | undefined, width: number) =>
    position === undefined ? "'00'" : parts.substring(text, position, width);
  const hour = take(positions.hour, 2);
  return parts.concat([
    take(positions.year, 4),
    "'-'",
    take(positions.month, 2),
    "'-'",
    take(positions.day, 2),
    "' '",
    isTwelveHours ? fullHour(hour, take(positions.half, 1)) : hour,
    "':'",
    take(positions.minute, 2),
    "':'",
    take(positions.second, 2),
  ]);
}

/** 12 AM is 00, 12 PM is 12. */
function fullHour(hour: string, half: string): string {
  const afternoon = Array.from({ length: 11 }, (_, index) => String(index + 1).padStart(2, '0'));
  const hours = afternoon.map((each) => `when '${each}' then '${Number(each) + 12}'`).join(' ');
  const isMorning = `${half} in ('A', 'a')`;
  return `case when ${isMorning} and ${hour} = '12' then '00' when ${isMorning} then ${hour} else case ${hour} ${hours} else '12' end end`;
}

function isoBranches(parts: TimeParts, text: string, zone: string): string[] {
  const take = (from: number, count: number) => parts.substring(text, from, count);
  const year = take(1, 4);
  const toMinute = parts.secondsOf(parts.concat([take(1, 10), "' '", take(12, 5), "':00'"]));
  const toSecond = parts.secondsOf(parts.concat([take(1, 10), "' '", take(12, 8)]));
  const branch = (form: string, seconds: string) =>
    `case when ${parts.matches(text, form)} then ${seconds} end`;
  const local = (form: string, seconds: string) => branch(form, inUtc(parts, { year, local: seconds }, zone));
  return [
    local(isoForms.day, parts.secondsOf(parts.concat([text, "' 00:00:00'"]))),
    local(isoForms.second, `(${toSecond} + ${fraction(parts, take(20, 10))})`),
    local(isoForms.minute, toMinute),
    ...offsetForms(parts, text).map(({ form, width, offset }) => {
      const digits = parts.substring(text, 20, `${parts.length(text)} - ${19 + width}`);
      const fine = `${toSecond} + ${fraction(parts, digits)}`;
      const seconds = `case when ${take(17, 1)} = ':' then ${fine} else ${toMinute} end`;
      return branch(form, `(${seconds} - ${offset})`);
    }),
  ];
}

/** Of `.25` or nothing. */
function fraction(parts: TimeParts, text: string): string {
  return parts.double(parts.concat(["'0'", text]));
}

/** The ways an offset is written at the end of a text, and its seconds. */
function offsetForms(parts: TimeParts, text: string) {
  const fromEnd = (back: number, count: number) =>
    parts.substring(text, `${parts.length(text)} - ${back - 1}`, count);
  const signed = (width: number, seconds: string) =>
    `case ${fromEnd(width, 1)} when '-' then -(${seconds}) else ${seconds} end`;
  const hours = (width: number) => `${parts.integer(fromEnd(width - 1, 2))} * 3600`;
  const minutes = `${parts.integer(fromEnd(2, 2))} * 60`;
  const { zoned, hourOffset, minuteOffset } = isoForms;
  return [
    { form: `${zoned}Z`, width: 1, offset: '0' },
    { form: `${zoned}${hourOffset}`, width: 3, offset: signed(3, hours(3)) },
    {
      form: `${zoned}${hourOffset}:${minuteOffset}`,
      width: 6,
      offset: signed(6, `${hours(6)} + ${minutes}`),
    },
    { form: `${zoned}${hourOffset}${minuteOffset}`, width: 5, offset: signed(5, `${hours(5)} + ${minutes}`) },
  ];
}

function inUtc(
  parts: TimeParts,
  { year, local }: { readonly year: string; readonly local: string },
  zone: string,
): string {
  const offset = offsetSql(parts, { year, local }, zone);
  return offset === '0' ? local : `${local} - ${offset}`;
}
