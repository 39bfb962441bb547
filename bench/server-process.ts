import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../main.ts');

export interface RunningServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** `citygauge start` in a process of its own, from its launch until it says where it is. */
export async function startServer(dataFolder: string): Promise<RunningServer> {
  const child: ChildProcess = spawn(
    process.execPath,
    [program, 'start', '--port', '0', '--json', '--data', dataFolder],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const match = /"address":"([^"]+)"/.exec(text);
      if (match?.[1]) resolve(match[1]);
    });
    child.on('exit', (code) => reject(new Error(`start ended with ${code}`)));
  });
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
