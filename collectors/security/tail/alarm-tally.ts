import type { ScannedAlarm } from '../../contract.ts';
import { joinedAlarm } from '../reading/report-draft.ts';
import { EntryFault } from '../reading/report-fault.ts';

/** Different alarms that are kept of one day; more are a flood, of which the number says enough. */
const mostAlarmsOfDay = 100_000;

/** Alarms of the days that still grow, counted from each day's beginning: whoever is handed them twice counts them once. */
export class AlarmTally {
  readonly #days = new Map<string, Map<string, ScannedAlarm>>();
  readonly #touched = new Set<string>();

  /** EntryFault when the day has too many different ones. */
  add(alarm: ScannedAlarm, place: string): void {
    const day = alarm.firstAt.slice(0, 10);
    const alarms = this.#days.get(day) ?? new Map<string, ScannedAlarm>();
    this.#days.set(day, alarms);
    const key = JSON.stringify([alarm.signature, alarm.asset]);
    const known = alarms.get(key);
    if (!known && alarms.size >= mostAlarmsOfDay) {
      throw new EntryFault(place, {
        zh: `${day} 的不同告警超过 ${mostAlarmsOfDay} 种`,
        en: `${day} has more than ${mostAlarmsOfDay} different alarms`,
      });
    }
    this.#touched.add(day);
    alarms.set(key, known ? joinedAlarm(known, alarm) : alarm);
  }

  /** Forgets days before this one. */
  keepFrom(day: string): void {
    for (const each of this.#days.keys()) if (each < day) this.#days.delete(each);
  }

  /** Every alarm of the days that something was added to since the last call. */
  takeTouched(): readonly ScannedAlarm[] {
    const alarms = [...this.#touched].flatMap((day) => [...(this.#days.get(day)?.values() ?? [])]);
    this.#touched.clear();
    return alarms;
  }
}
