import type { ScannedAlarm } from '../../../contract.ts';
import { EntryFault } from '../../reading/report-fault.ts';
import type { EveAlert, EveEvent } from './event.ts';
import type { HomeNetworks } from './home-networks.ts';

/** What events are seen with. */
export interface EveView {
  readonly home: HomeNetworks;
  /** The sensor's name where its lines name none. */
  readonly sensor: string | null;
}

/**
 * The alarm of an event; null for an event of another type. It is about the end that is ours, the destination first: the
 * attacked one of most signatures. Of an alarm between strangers the sensor is the asset, so that no stranger's address is
 * kept; EntryFault when the sensor has no name.
 */
export function alarmOf(event: EveEvent, view: EveView, place: string): ScannedAlarm | null {
  const { alert } = event;
  if (!alert) return null;
  const asset = ownEnd(alert, view.home) ?? event.sensor ?? view.sensor;
  if (asset === null) {
    throw new EntryFault(place, {
      zh: '源地址与目的地址均不在本单位网段内：请在 homeNetworks 中补充网段，或设置探针名称',
      en: 'neither end lies in the home networks: add the network to homeNetworks, or give the sensor a name',
    });
  }
  const at = new Date(event.at).toISOString();
  const { signature, title, severity } = alert;
  return { signature, title, asset, severity, firstAt: at, lastAt: at, count: 1 };
}

function ownEnd({ source, destination }: EveAlert, home: HomeNetworks): string | null {
  return [destination, source].find((address) => address !== null && home.has(address)) ?? null;
}
