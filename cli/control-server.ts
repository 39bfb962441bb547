import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { runCommandLine } from './command-line.ts';
import { type controlLine, controlRequest } from './control-client.ts';
import type { HostStore, Surroundings } from './surroundings.ts';

const largestRequestBytes = 1_000_000;

function isAuthorised(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largestRequestBytes) throw new RangeError('the request is too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Answers `/control/run`: runs another process's command line on this process's store, so that nobody has to stop the
 * server to import a file. Only a holder of the token in the lock file, which its owner alone can read, gets in.
 * Returns false for a request that is not its own.
 */
export function controlHandler(token: string, host: HostStore, own: Surroundings) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url !== '/control/run') return false;
    if (request.method !== 'POST' || !isAuthorised(request.headers.authorization, token)) {
      response.writeHead(403).end();
      return true;
    }
    void answer(request, response, host, own);
    return true;
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  hostStore: HostStore,
  own: Surroundings,
) {
  const aborter = new AbortController();
  response.on('close', () => aborter.abort(new Error('the client went away')));
  let parsed: z.infer<typeof controlRequest>;
  try {
    parsed = controlRequest.parse(JSON.parse(await readBody(request)));
  } catch {
    response.writeHead(400).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say = (line: z.infer<typeof controlLine>) => void response.write(`${JSON.stringify(line)}\n`);
  const { argv, ...place } = parsed;
  const exit = await runCommandLine(argv, {
    ...place,
    hostStore,
    environment: own.environment,
    now: own.now,
    signal: AbortSignal.any([aborter.signal, own.signal]),
    stdout: (out) => say({ out }),
    stderr: (err) => say({ err }),
  });
  say({ exit });
  response.end();
}
