import { zoneClock } from '../../records/normalise/zoned-time.ts';
import { linesOf } from '../reading/byte-lines.ts';
import { allowedLeadMilliseconds, reportLimits } from '../reading/limits.ts';
import { lineText, placeOf, refuseFuture } from '../reading/line-entries.ts';
import type { ReportHead, ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault } from '../reading/report-fault.ts';
import { readEvent } from './eve/event.ts';
import { HomeNetworks, usualHomeNetworks } from './eve/home-networks.ts';
import { alarmOf } from './eve/take-event.ts';

/** The first line may be the rest of one that was cut off when the log was rotated. */
const looksAtLines = 5;

function recognises({ text }: ReportHead): boolean {
  return text
    .split('\n', looksAtLines)
    .some((line) => line.startsWith('{') && /"timestamp"\s*:/.test(line) && /"event_type"\s*:/.test(line));
}

async function read(source: ReportSource) {
  const draft = new ReportDraft(source.fileName);
  const view = {
    home: new HomeNetworks(source.homeNetworks ?? usualHomeNetworks),
    sensor: source.asset,
  };
  const clock = zoneClock(source.timeZone);
  const latest = Date.parse(source.now) + allowedLeadMilliseconds;
  let [events, lastAt] = [0, Number.NEGATIVE_INFINITY];
  for await (const line of linesOf(source.chunks, reportLimits.textBytes)) {
    if (line.text?.trim() === '') continue;
    draft.attempt(() => {
      const place = placeOf(line);
      const event = readEvent(lineText(line), place, clock);
      events += 1;
      refuseFuture(place, event.at, latest);
      lastAt = Math.max(lastAt, event.at);
      const sensor = event.sensor ?? view.sensor;
      if (sensor !== null) draft.addLog(sensor, new Date(event.at).toISOString(), place);
      const alarm = alarmOf(event, view, place);
      if (alarm) draft.addAlarm(alarm, place);
    });
  }
  const producedAt = Number.isFinite(lastAt) ? new Date(lastAt).toISOString() : null;
  const report = draft.finish({ format: 'eve', scanner: 'suricata', scannerVersion: null, producedAt });
  if (events === 0 && report.skipped.count > 0) {
    throw reportFault(source.fileName, report.skipped.examples[0]?.place ?? null, {
      zh: '没有一行是 EVE 事件：请核对文件是否为 Suricata 的 eve.json',
      en: 'no line is an event of EVE: check that this is the eve.json of Suricata',
    });
  }
  return report;
}

/** Suricata's EVE log: alarms by signature, asset and day, and the sensor's lines as a log source. */
export const eve: ReportReader = {
  format: 'eve',
  title: { zh: 'Suricata EVE 日志', en: 'Suricata EVE log' },
  recognises,
  read,
};
