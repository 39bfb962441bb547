import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { Client } from 'pg';
import { requireProgram } from './real-parts.ts';

/** A PostgreSQL server of the tests' own, reachable by a socket in its folder only. */
export interface PostgresServer {
  readonly password: string;
  /** Creates a database and returns its URL. */
  createDatabase(name: string): Promise<string>;
  /** URL of a database that need not exist. */
  urlOf(database: string, password?: string): string;
  /** Runs SQL in a database as the server's owner. */
  run(database: string, statement: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Folders where Debian keeps the server's programs, newest version first. */
function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

/** PostgreSQL refuses to run as root: then it runs as the first of these users that exists. */
function unprivilegedUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find(([each]) => each === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error('running as root, and there is neither a user postgres nor nobody to run PostgreSQL as');
}

/** Starts a server in a temporary folder; skips the test, or fails it in CI, where PostgreSQL is not installed. */
export async function startPostgresServer(context: Context): Promise<PostgresServer> {
  const folders = debianFolders();
  const [initdb, postgres] = [
    requireProgram(context, 'initdb', folders),
    requireProgram(context, 'postgres', folders),
  ];
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-postgres-'));
  const password = 'test-only';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if ('uid' in user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const data = join(folder, 'data');
  const rules = ['--auth=scram-sha-256', '--username=citygauge', `--pwfile=${passwordFile}`];
  execFileSync(initdb, ['-D', data, '--encoding=UTF8', '--locale=C', '--no-sync', ...rules], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
  });
  const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, ...quick];
  const server = spawn(postgres, ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killServer = () => server.kill('SIGQUIT');
  process.once('exit', killServer);
  await readyForConnections(server);
  const urlOf = (database: string, given = password) =>
    `postgresql://citygauge:${given}@localhost/${database}?host=${folder}`;
  const run = (database: string, statement: string) => runStatement(urlOf(database), statement);
  return {
    password,
    urlOf,
    run,
    async createDatabase(name) {
      await run('postgres', `create database "${name}"`);
      return urlOf(name);
    },
    async stop() {
      process.removeListener('exit', killServer);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readyForConnections(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}:\n${log}`)));
  });
}

async function runStatement(connectionString: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
