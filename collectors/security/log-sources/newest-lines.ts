import type { FilePort, LogSighting } from '../../contract.ts';
import type { ZoneClock } from '../../records/normalise/zoned-time.ts';
import { readLogLine } from '../formats/syslog/log-line.ts';
import { ByteLines } from '../reading/byte-lines.ts';
import { allowedLeadMilliseconds, reportLimits } from '../reading/limits.ts';
import { EntryFault } from '../reading/report-fault.ts';

/** What the end of a log says of the hosts that wrote to it. */
export interface NewestLines {
  readonly sightings: readonly LogSighting[];
  readonly lines: number;
  /** No lines of syslog, or of the future. */
  readonly skipped: number;
}

class HostTally {
  readonly #byHost = new Map<string, { lastAt: number; lines: number }>();
  lines = 0;
  skipped = 0;

  take(text: string, view: { readonly clock: ZoneClock; readonly now: number }): void {
    try {
      const { host, at } = readLogLine(text, view, '');
      if (at > view.now + allowedLeadMilliseconds) {
        this.skipped += 1;
        return;
      }
      const known = this.#byHost.get(host) ?? { lastAt: at, lines: 0 };
      this.#byHost.set(host, { lastAt: Math.max(known.lastAt, at), lines: known.lines + 1 });
      this.lines += 1;
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      this.skipped += 1;
    }
  }

  sightings(): LogSighting[] {
    return [...this.#byHost].map(([asset, { lastAt, lines }]) => ({
      asset,
      lastAt: new Date(lastAt).toISOString(),
      lines,
    }));
  }
}

/** Reads the last bytes of a file of syslog. InputError when it cannot be read. */
export async function newestLines(
  files: FilePort,
  path: string,
  view: { readonly clock: ZoneClock; readonly now: number; readonly maxBytes: number },
): Promise<NewestLines> {
  const { size } = await files.stat(path);
  const offset = Math.max(0, size - view.maxBytes);
  const lines = new ByteLines(reportLimits.textBytes);
  const tally = new HostTally();
  // The first line is the rest of one.
  let isWhole = offset === 0;
  const take = (text: string | null) => {
    if (isWhole && text !== '') tally.take(text ?? '', view);
    isWhole = true;
  };
  for await (const chunk of files.stream(path, { offset, maxBytes: view.maxBytes }))
    for (const { text } of lines.push(chunk)) take(text);
  for (const { text } of lines.finish()) take(text);
  return { sightings: tally.sightings(), lines: tally.lines, skipped: tally.skipped };
}
