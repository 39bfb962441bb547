import type { Severity } from '../../../contract.ts';
import { timeParser } from '../../../records/normalise/time-format.ts';
import type { ZoneClock } from '../../../records/normalise/zoned-time.ts';
import { JsonPart } from '../../reading/json-part.ts';
import { EntryFault, shown } from '../../reading/report-fault.ts';
import { severityOfUnknown } from '../../reading/severity.ts';

/** What a line of EVE says of an alarm. */
export interface EveAlert {
  /** `gid:sid:rev`, as rules are cited. */
  readonly signature: string;
  readonly title: string;
  readonly severity: Severity;
  /** Addresses; null where the line has none. */
  readonly source: string | null;
  readonly destination: string | null;
}

export interface EveEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The sensor's name, where it is set in suricata.yaml. */
  readonly sensor: string | null;
  /** Null for every other type of event. */
  readonly alert: EveAlert | null;
}

/**
 * Suricata's priorities (user guide, "Meta keywords: priority"): 1 is the highest, 1 to 4 are in use. None is critical: a
 * signature that matched is a suspicion.
 */
const severityOfPriority: Readonly<Record<number, Severity>> = { 1: 'high', 2: 'medium', 3: 'low' };

function severityOf(priority: number | null): Severity {
  if (priority === null || !Number.isInteger(priority) || priority < 1) return severityOfUnknown;
  return severityOfPriority[priority] ?? 'info';
}

function parse(text: string, place: string): JsonPart {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EntryFault(place, { zh: '该行不是完整的 JSON', en: 'is not one whole JSON object' });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new JsonPart(value);
  throw new EntryFault(place, { zh: `不是 JSON 对象：${shown(value)}`, en: `${shown(value)} is no object` });
}

const isoTime = timeParser('iso');

function timeOf(event: JsonPart, clock: ZoneClock): number {
  const part = event.at('timestamp');
  const text = part.needText();
  const time = text.length <= 40 ? isoTime(text) : null;
  if (time) return time.isLocal ? clock(time.milliseconds) : time.milliseconds;
  throw new EntryFault(part.path, {
    zh: `时间 ${shown(text)} 无法识别`,
    en: `${shown(text)} is no time`,
  });
}

function alertOf(event: JsonPart): EveAlert {
  const alert = event.at('alert');
  const sid = alert.at('signature_id');
  const number = sid.number();
  if (number === null) throw new EntryFault(sid.path, { zh: '缺失', en: 'is missing' });
  const signature = `${alert.at('gid').number() ?? 1}:${number}:${alert.at('rev').number() ?? 0}`;
  return {
    signature,
    title: alert.at('signature').text() ?? signature,
    severity: severityOf(alert.at('severity').number()),
    source: event.at('src_ip').text(),
    destination: event.at('dest_ip').text(),
  };
}

/** One line of EVE. EntryFault that names the line, and the path in it, when it is none. */
export function readEvent(text: string, place: string, clock: ZoneClock): EveEvent {
  const event = parse(text, place);
  try {
    const type = event.at('event_type').needText();
    return {
      at: timeOf(event, clock),
      sensor: event.at('host').text(),
      alert: type === 'alert' ? alertOf(event) : null,
    };
  } catch (error) {
    if (!(error instanceof EntryFault)) throw error;
    throw new EntryFault(`${place} ${error.place}`, error.reason);
  }
}
