import { EntryFault, shown } from '../../reading/report-fault.ts';
import { lineTime, type TimeView } from './line-time.ts';

export interface LogLine {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `sshd`, without its process id; null where the line names none. */
  readonly program: string | null;
  readonly message: string;
}

/** RFC 3164: `<34>Oct 11 22:14:15 host sshd[14]: message`; what files hold is without `<34>`, newer ones with ISO times. */
const traditional =
  /^(?:<\d{1,3}>)?(?:([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\dT\S{8,24})) (\S{1,300}) ?(.*)$/s;
/** The display manager forgets the opening bracket: `gdm-password]: `. */
const tagged = /^([^\s:[\]]{1,64})(?:\[[^\]]{0,32}\]|\])?: ?(.*)$/s;
/** RFC 5424, section 6: `<34>1 2003-10-11T22:14:15.003Z host app 14 ID47 [data] message`. */
const versioned = /^<\d{1,3}>1 (\S{1,40}) (\S{1,300}) (\S{1,64}) \S{1,128} \S{1,32} (.*)$/s;

const nil = '-';

/** What follows the structured data, in which `]` within quotes is escaped; a byte order mark may begin it. */
function afterStructuredData(text: string): string {
  const match = /^(?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+) ?(.*)$/s.exec(text);
  return (match?.[1] ?? text).replace(/^\ufeff/, '');
}

function timeIn(text: string, view: TimeView, place: string): number {
  const at = text === nil ? null : lineTime(text, view);
  if (at !== null) return at;
  throw new EntryFault(place, {
    zh: `时间 ${shown(text)} 不存在或无法识别`,
    en: `${shown(text)} is no time`,
  });
}

function versionedLine(match: RegExpExecArray, view: TimeView, place: string): LogLine {
  const [, time = nil, host = nil, program = nil, rest = ''] = match;
  if (host === nil) throw new EntryFault(place, { zh: '没有主机名', en: 'names no host' });
  return {
    host,
    at: timeIn(time, view, place),
    program: program === nil ? null : program,
    message: afterStructuredData(rest),
  };
}

/** One line of syslog (RFC 3164, RFC 5424, or as rsyslog writes files). EntryFault when it is none. */
export function readLogLine(text: string, view: TimeView, place: string): LogLine {
  const formal = versioned.exec(text);
  if (formal) return versionedLine(formal, view, place);
  const match = traditional.exec(text);
  if (!match) {
    throw new EntryFault(place, {
      zh: '不是 syslog 行：应以时间和主机名开头',
      en: 'is no line of syslog, which begins with time and host',
    });
  }
  const [, yearless, iso, host = '', rest = ''] = match;
  const at = timeIn(yearless ?? iso ?? nil, view, place);
  const tag = tagged.exec(rest);
  return { host, at, program: tag?.[1] ?? null, message: tag?.[2] ?? rest };
}

/** Whether a text begins as a line of syslog does. */
export function looksLikeLogLine(text: string): boolean {
  return versioned.test(text) || traditional.test(text);
}
