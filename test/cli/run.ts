import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommandLine } from '../../cli/command-line.ts';
import type { Surroundings } from '../../cli/surroundings.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const program = join(import.meta.dirname, '../../main.ts');

/** Runs one command in this process with surroundings of its own; the clock stands at 2026-11-20T08:00Z. */
export async function run(cwd: string, ...argv: string[]): Promise<Ran> {
  return runIn(cwd, {}, ...argv);
}

export async function runIn(cwd: string, change: Partial<Surroundings>, ...argv: string[]): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCommandLine(argv, {
    cwd,
    environment: {},
    isTerminal: false,
    columns: 80,
    signal: new AbortController().signal,
    now: () => '2026-11-20T08:00:00.000Z',
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    ...change,
  });
  return { exitCode, stdout, stderr };
}

/** The program in a process of its own, which the test may kill. */
export function start(cwd: string, ...argv: string[]) {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd,
    env: { ...process.env, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
  /** Resolves when either stream has said what is waited for; rejects when the process ends first. */
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', () => reject(new Error(`ended without saying ${pattern}:\n${stdout}\n${stderr}`)));
      look();
    });
  return { child, ended, says };
}

export const header = 'id,type,channel,accepted,due,closed,ownerUnit';

/** A line of a small work-order file: accepted in January 2026 and closed so many hours later. */
export function orderLine(index: number, hours: number | null): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  const accepted = `2026-01-${day}T01:00:00+08:00`;
  const closed = hours === null ? '' : new Date(Date.parse(accepted) + hours * 3_600_000).toISOString();
  const due = new Date(Date.parse(accepted) + 48 * 3_600_000).toISOString();
  return `W${index},占道经营,${index % 2 ? 'citizen' : 'employee'},${accepted},${due},${closed},城管局`;
}

export function ordersCsv(count: number): string {
  const lines = Array.from({ length: count }, (_, index) =>
    orderLine(index, index % 5 === 4 ? null : 12 + (index % 60)),
  );
  return `${header}\n${lines.join('\n')}\n`;
}

/** The orders of the tests on a city `lin` whose work orders of January lie in `orders.csv`. */
export const importJanuary = ['import', 'work-orders', 'orders.csv', '--subject', 'lin'];
export const evaluateJanuary = [
  'evaluate',
  ...['--model', 'event-loop-2022', '--subject', 'lin', '--period', '2026-01'],
];
