import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'mocha';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.ts';
import { requireProgram } from './real-parts.ts';

/** A MariaDB server of the tests' own on a port of 127.0.0.1, with one database and one user. */
export interface MariadbServer {
  readonly password: string;
  /** `mysql://citygauge:...@127.0.0.1:41234/city`, with another password where one is given. */
  urlOf(password?: string): string;
  /** Runs SQL as that user. */
  run(statement: string): Promise<void>;
  stop(): Promise<void>;
}

const quick = [
  '--innodb-buffer-pool-size=16M',
  '--innodb-log-file-size=8M',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-fast-shutdown=2',
  '--skip-log-bin',
  '--skip-name-resolve',
];
const patienceMilliseconds = 20_000;

/** Skips the test, or fails it in CI, where MariaDB is not installed. */
export async function startMariadbServer(context: Context): Promise<MariadbServer> {
  const mariadbd = requireProgram(context, 'mariadbd', ['/usr/sbin']);
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-mariadb-'));
  const password = 'test-only';
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? ['--user=root'] : [];
  if (isRoot) {
    chownSync(folder, 0, 0);
    chmodSync(folder, 0o700);
  }
  // A starting server clears its folder of temporary tables, those of another one in the same folder too.
  const places = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`];
  const own = ['--no-defaults', ...places, ...user, ...quick];
  install(context, own);
  const server = spawn(
    mariadbd,
    [
      ...own,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      '--silent-startup',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await ready(server, port);
  const root = await createConnection({ socketPath: join(folder, 'socket'), user: 'root' });
  await root.query('create database city');
  await root.query(`create user citygauge@'127.0.0.1' identified by '${password}'`);
  await root.query("grant all on city.* to citygauge@'127.0.0.1'");
  await root.end();
  const urlOf = (given = password) => `mysql://citygauge:${given}@127.0.0.1:${port}/city`;
  return {
    password,
    urlOf,
    async run(statement) {
      const connection = await createConnection(urlOf());
      await connection.query(statement);
      await connection.end();
    },
    async stop() {
      process.removeListener('exit', kill);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The socket lets root in without a password: `--auth-root-authentication-method=normal`. */
function install(context: Context, own: readonly string[]): void {
  const program = requireProgram(context, 'mariadb-install-db');
  const rules = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync(program, [...own, ...rules], { stdio: 'pipe' });
}

async function ready(server: ChildProcess, port: number): Promise<void> {
  let log = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const until = Date.now() + patienceMilliseconds;
  while (Date.now() < until && server.exitCode === null) {
    if (await answers(port)) return;
    await sleep(25);
  }
  server.kill('SIGKILL');
  throw new Error(`MariaDB did not come up:\n${log}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, '127.0.0.1');
    const end = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
  });
}
