import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../../collectors/contract.ts';
import { writeWhole } from '../../whole-file.ts';

/** How the child is watched; numbers with their reason. */
export const watchPolicy = {
  /** A data folder of years replays its log in well under a minute. */
  readyMilliseconds: 60_000,
  pollMilliseconds: 50,
  /** Waits before it is started again, doubled each time. */
  firstBackOffMilliseconds: 1000,
  /** A child that ends this often within the window below will not do better. */
  restarts: 5,
  windowMilliseconds: 600_000,
  /** Prometheus writes its head away at the end; then it is killed. */
  stopMilliseconds: 8000,
} as const;

export interface PrometheusOrder {
  /** Configuration, data, log and the number of the process. */
  readonly folder: string;
  readonly config: string;
  readonly retentionDays: number;
  /** PATH of the environment. */
  readonly path: string;
  report(line: string): void;
  readonly policy?: { readonly [Name in keyof typeof watchPolicy]: number };
}

export interface PrometheusProcess {
  /** `http://127.0.0.1:41234`; the same after a restart. */
  readonly url: string;
  /** Of the child that runs at the moment; null while none does. */
  pid(): number | null;
  /** Asks it to end, waits, kills it when it does not. */
  stop(): Promise<void>;
}

/** Where a program stands on PATH; null when nowhere. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter).filter((each) => each !== '')) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Ends what a program that was killed left running on this folder. */
function endLeftOver(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'prometheus.pid'), 'utf8'));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (pid > 1 && command.includes(`--storage.tsdb.path=${join(folder, 'data')}`))
      process.kill(pid, 'SIGKILL');
  } catch {
    // No number, no such process, or no /proc: nothing that could be ours runs.
  }
}

function lastLines(folder: string): string {
  const text = readFileSync(join(folder, 'prometheus.log'), 'utf8');
  return text.trimEnd().split('\n').slice(-3).join('\n');
}

class Watched implements PrometheusProcess {
  readonly url: string;
  readonly #program: string;
  readonly #order: PrometheusOrder;
  readonly #policy: NonNullable<PrometheusOrder['policy']>;
  readonly #stopping = new AbortController();
  #child: ChildProcess | null = null;
  #ends: number[] = [];

  constructor(program: string, url: string, order: PrometheusOrder) {
    this.#program = program;
    this.url = url;
    this.#order = order;
    this.#policy = order.policy ?? watchPolicy;
  }

  pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts it and waits until it answers; rejects with its last words when it ends before. */
  async begin(): Promise<void> {
    const { folder, retentionDays } = this.#order;
    const log = openSync(join(folder, 'prometheus.log'), 'a');
    const child = spawn(
      this.#program,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--storage.tsdb.retention.time=${Math.max(1, Math.ceil(retentionDays))}d`,
        `--web.listen-address=${new URL(this.url).host}`,
        '--log.level=warn',
      ],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    this.#child = child;
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const ended = new Promise<void>((resolve) => {
      for (const event of ['exit', 'error']) child.once(event, () => resolve());
    });
    void ended.then(() => {
      process.removeListener('exit', kill);
      this.#child = null;
    });
    if (child.pid !== undefined) writeFileSync(join(folder, 'prometheus.pid'), String(child.pid));
    await this.#untilReady(child);
    child.once('exit', (code, signal) => void this.#again(signal ?? `code ${code}`));
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + this.#policy.readyMilliseconds;
    const isReady = () =>
      fetch(`${this.url}/-/ready`, { signal: AbortSignal.timeout(2000) }).then(
        (answer) => answer.ok,
        () => false,
      );
    while (!(await isReady())) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
        child.kill('SIGKILL');
        throw new InputError(
          `${this.#program} did not become ready: ${lastLines(this.#order.folder)} (see ${join(this.#order.folder, 'prometheus.log')})`,
        );
      }
      await wait(this.#policy.pollMilliseconds);
    }
  }

  async #again(how: string): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    const now = performance.now();
    this.#ends = [...this.#ends.filter((at) => at > now - this.#policy.windowMilliseconds), now];
    const times = this.#ends.length;
    if (times > this.#policy.restarts) {
      this.#order.report(
        `prometheus ended ${times} times and is not started again (${how}): see ${join(this.#order.folder, 'prometheus.log')}, then start CityGauge again`,
      );
      return;
    }
    this.#order.report(
      `prometheus ended (${how}) and is started again, time ${times} of ${this.#policy.restarts}`,
    );
    try {
      await wait(this.#policy.firstBackOffMilliseconds * 2 ** (times - 1), undefined, { signal });
      await this.begin();
    } catch (error) {
      await this.#again((error as Error).message);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('prometheus is being stopped'));
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), this.#policy.stopMilliseconds);
      await ended;
      clearTimeout(timer);
    }
    rmSync(join(this.#order.folder, 'prometheus.pid'), { force: true });
  }
}

/** Starts the `prometheus` found on PATH on a free port of 127.0.0.1 and watches it until it is stopped. */
export async function startPrometheus(order: PrometheusOrder): Promise<PrometheusProcess> {
  const program = await findProgram('prometheus', order.path);
  if (program === null) {
    throw new InputError(
      '--with-prometheus: there is no program "prometheus" on PATH: install it (Debian: apt install prometheus), or name a server with PROMETHEUS_URL and leave the option out',
    );
  }
  mkdirSync(order.folder, { recursive: true, mode: 0o700 });
  endLeftOver(order.folder);
  await writeWhole(join(order.folder, 'prometheus.yml'), order.config);
  writeFileSync(join(order.folder, 'prometheus.log'), '');
  const watched = new Watched(program, `http://127.0.0.1:${await freeLoopbackPort()}`, order);
  try {
    await watched.begin();
  } catch (error) {
    await watched.stop();
    throw error;
  }
  return watched;
}
