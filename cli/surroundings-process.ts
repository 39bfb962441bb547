import type { Surroundings } from './surroundings.ts';

/** The surroundings of a real process: its streams, clock, environment, and its interruption by signal. */
export function processSurroundings(): Surroundings {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort(new Error(`interrupted by ${signal}`));
      // A second signal ends a shutdown that hangs.
      process.once(signal, () => process.exit(130));
    });
  }
  // A reader that closes the pipe early (`citygauge ... | head`) is not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    cwd: startingFolder(),
    environment: process.env,
    isTerminal: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    signal: controller.signal,
    now: () => new Date().toISOString(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  };
}

/** Where the user stands: `npm --prefix FOLDER run citygauge` moves to the package and says where it came from. */
function startingFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: before } = process.env;
  return script === 'citygauge' && before ? before : process.cwd();
}
