import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Surroundings } from './surroundings.ts';

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a plain line at every tenth of the way. Always on stderr. */
export function progressOf(surroundings: Surroundings, title: string): Progress {
  return surroundings.isTerminal ? barOf(surroundings, title) : linesOf(surroundings, title);
}

/** The terminal may be another process's, so the bar writes through the surroundings. */
function terminalOf({ stderr, columns }: Surroundings): NodeJS.WritableStream {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      stderr(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { isTTY: true, columns });
}

function barOf(surroundings: Surroundings, title: string): Progress {
  const bar = new SingleBar({
    format: `${title} {bar} {percentage} %  {eta_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: terminalOf(surroundings),
  });
  let isStarted = false;
  return {
    update(done, total) {
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function linesOf(surroundings: Surroundings, title: string): Progress {
  let tenths = 0;
  return {
    update(done, total) {
      const reached = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (reached > tenths) surroundings.stderr(`${title}: ${reached * 10} %\n`);
      tenths = Math.max(tenths, reached);
    },
    stop() {},
  };
}
