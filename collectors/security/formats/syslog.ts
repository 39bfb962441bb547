import { zoneClock } from '../../records/normalise/zoned-time.ts';
import { linesOf } from '../reading/byte-lines.ts';
import { allowedLeadMilliseconds, reportLimits } from '../reading/limits.ts';
import { lineText, placeOf, refuseFuture } from '../reading/line-entries.ts';
import type { ReportHead, ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault } from '../reading/report-fault.ts';
import { authFailuresOf } from './syslog/auth-failure.ts';
import { FailureTally } from './syslog/failure-tally.ts';
import { looksLikeLogLine, readLogLine } from './syslog/log-line.ts';

/** The first line may be the rest of one that was cut off when the log was rotated. */
const looksAtLines = 5;

function recognises({ text }: ReportHead): boolean {
  return text.split('\n', looksAtLines).some((line) => looksLikeLogLine(line.replace(/\r$/, '')));
}

async function read(source: ReportSource) {
  const draft = new ReportDraft(source.fileName);
  const tally = new FailureTally();
  const now = Date.parse(source.now);
  const view = { clock: zoneClock(source.timeZone), now };
  let [lines, lastAt] = [0, Number.NEGATIVE_INFINITY];
  for await (const line of linesOf(source.chunks, reportLimits.textBytes)) {
    if (line.text?.trim() === '') continue;
    draft.attempt(() => {
      const place = placeOf(line);
      const logged = readLogLine(lineText(line), view, place);
      lines += 1;
      refuseFuture(place, logged.at, now + allowedLeadMilliseconds);
      const asset = source.asset ?? logged.host;
      draft.addLog(asset, new Date(logged.at).toISOString(), place);
      lastAt = Math.max(lastAt, logged.at);
      const failures = authFailuresOf(logged);
      if (failures) tally.add(asset, logged.at, failures);
    });
  }
  for (const alarm of tally.alarms()) draft.attempt(() => draft.addAlarm(alarm, alarm.asset));
  const producedAt = Number.isFinite(lastAt) ? new Date(lastAt).toISOString() : null;
  const report = draft.finish({ format: 'syslog', scanner: 'syslog', scannerVersion: null, producedAt });
  if (lines === 0 && report.skipped.count > 0) {
    throw reportFault(source.fileName, report.skipped.examples[0]?.place ?? null, {
      zh: '没有一行是 syslog：应以时间和主机名开头',
      en: 'no line is one of syslog, which begins with time and host',
    });
  }
  return report;
}

/** Lines of syslog: failed logins by asset and day, and when each host was last heard of. Neither names nor addresses of people are kept. */
export const syslog: ReportReader = {
  format: 'syslog',
  title: { zh: 'syslog 日志（认证失败）', en: 'syslog (failed logins)' },
  recognises,
  read,
};
