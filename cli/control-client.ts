import { type IncomingMessage, request } from 'node:http';
import { z } from 'zod';
import { InputError } from '../collectors/contract.ts';
import type { ServedElsewhere } from './context.ts';
import type { Surroundings } from './surroundings.ts';

/** One line of the control answer. */
export const controlLine = z.union([
  z.strictObject({ out: z.string() }),
  z.strictObject({ err: z.string() }),
  z.strictObject({ exit: z.number().int() }),
]);

/** What a client asks the serving process to run in its place. */
export const controlRequest = z.strictObject({
  argv: z.array(z.string()),
  cwd: z.string(),
  isTerminal: z.boolean(),
  columns: z.number().int(),
});

/** Repeats the server's lines here; the exit code at their end, null when they break off. */
async function repeatAnswer(answer: IncomingMessage, surroundings: Surroundings): Promise<number | null> {
  let exitCode: number | null = null;
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = controlLine.parse(JSON.parse(text));
      if ('out' in line) surroundings.stdout(line.out);
      else if ('err' in line) surroundings.stderr(line.err);
      else exitCode = line.exit;
    }
  }
  return exitCode;
}

/**
 * Runs the command in the process that serves the data folder and repeats its output here. Ctrl-C closes the
 * connection, upon which the server aborts the command.
 */
export function runOnServer(
  server: ServedElsewhere,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { cwd, isTerminal, columns, signal } = surroundings;
  const gone = (cause?: unknown) =>
    new InputError(
      `the process that serves the data folder at ${server.address} went away in the middle: run the command again`,
      { cause },
    );
  return new Promise((resolve, reject) => {
    const call = request(
      new URL('/control/run', server.address),
      {
        method: 'POST',
        signal,
        headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      },
      (answer) => {
        if (answer.statusCode !== 200) {
          answer.resume();
          reject(
            new InputError(`the server at ${server.address} refused the command (HTTP ${answer.statusCode})`),
          );
          return;
        }
        repeatAnswer(answer, surroundings).then(
          (exitCode) => (exitCode === null ? reject(gone()) : resolve(exitCode)),
          (cause: unknown) => reject(signal.aborted ? cause : gone(cause)),
        );
      },
    );
    call.on('error', (error) => reject(signal.aborted ? error : gone(error)));
    call.end(
      JSON.stringify({ argv: [...argv], cwd, isTerminal, columns } satisfies z.infer<typeof controlRequest>),
    );
  });
}
