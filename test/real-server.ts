import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real program of the tests, listening on a port of 127.0.0.1. */
export interface RealServer {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  readonly pid: number;
  /** What it wrote to stdout and stderr so far. */
  log(): string;
  /** Sends the signal (SIGTERM by default) and waits for its end. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly url: string;
  /** Answers 2xx once the program is ready. */
  readonly readyPath: string;
}

const patienceMilliseconds = 20_000;

/** Starts a program and waits until it is ready; it never outlives the tests' process. */
export async function startRealServer({ program, args, url, readyPath }: Start): Promise<RealServer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-100_000);
    });
  }
  await ready(child, `${url}${readyPath}`, () => `${program}:\n${log}`);
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    async end(signal = 'SIGTERM') {
      process.removeListener('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    },
  };
}

async function ready(child: ChildProcess, url: string, describe: () => string): Promise<void> {
  const until = Date.now() + patienceMilliseconds;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`ended with code ${child.exitCode}: ${describe()}`);
    const isReady = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(25);
  }
  child.kill('SIGKILL');
  throw new Error(`not ready after ${patienceMilliseconds} ms: ${describe()}`);
}
