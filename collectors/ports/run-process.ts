import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ProcessPort } from '../contract.ts';
import { withResultFile } from './result-file.ts';

type RunRequest = Parameters<ProcessPort['run']>[0];
type RunResult = Awaited<ReturnType<ProcessPort['run']>>;

/** What a program may see of the environment: never the secrets that stand there. */
const passedVariables = ['PATH', 'HOME', 'TMPDIR', 'TZ'];
const shownErrorCharacters = 64 * 1024;

export function processRunner(environment: Readonly<Record<string, string | undefined>>): ProcessPort {
  const passed = passedVariables.map((name) => [name, environment[name]]).filter(([, value]) => value);
  const env = { ...Object.fromEntries(passed), LC_ALL: 'C' };
  return {
    exists: (program) => isOnPath(program, environment.PATH ?? ''),
    run: (request) => withResultFile(request, environment.TMPDIR, (own) => run(own, env)),
  };
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  for (const folder of program.includes('/') ? [''] : path.split(delimiter)) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
    }
  }
  return false;
}

function run(request: RunRequest, passed: NodeJS.ProcessEnv): Promise<RunResult> {
  const { program, args, signal, timeZone } = request;
  const env = timeZone === undefined ? passed : { ...passed, TZ: timeZone };
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error(`${program} was not started: the run was stopped`));
    // A group of its own, so that what it started ends with it.
    const child = spawn(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const stopFor = (reason: string) => {
      killGroup(child);
      settle(() => reject(new Error(`${program} ${reason}`)));
    };
    const seconds = request.timeoutMilliseconds / 1000;
    const timer = setTimeout(
      () =>
        stopFor(
          `was not done within ${seconds} s and was killed: check what it waits for, or allow more time`,
        ),
      request.timeoutMilliseconds,
    );
    const onAbort = () => stopFor('was killed: the run was stopped');
    signal.addEventListener('abort', onAbort);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const output = collected(child, request.maxBytes, () =>
      stopFor(
        `wrote more than ${request.maxBytes} bytes and was killed: let it write less, or raise the limit`,
      ),
    );
    child.once('error', (cause) =>
      settle(() =>
        reject(new Error(`${program} cannot be started (${codeOf(cause)}): is it installed?`, { cause })),
      ),
    );
    child.once('close', (code, killedBy) =>
      settle(() => {
        if (code === null) reject(new Error(`${program} was killed by ${killedBy}`));
        else resolve({ exitCode: code, ...output() });
      }),
    );
    child.stdin.on('error', () => {}).end(request.input ?? '');
  });
}

const codeOf = (error: Error) => (error as NodeJS.ErrnoException).code ?? error.message;

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function collected(
  child: ChildProcess,
  maxBytes: number,
  onTooMuch: () => void,
): () => Pick<RunResult, 'stdout' | 'stderr'> {
  const chunks: Buffer[] = [];
  let [bytes, stderr] = [0, ''];
  child.stdout?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) return onTooMuch();
    chunks.push(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(0, shownErrorCharacters);
  });
  return () => ({ stdout: Buffer.concat(chunks), stderr });
}
