import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../../scoring/contract.ts';

export interface Listening {
  /** `http://127.0.0.1:8080` with the port that was really taken. */
  readonly address: string;
  /** Resolves when every connection is closed; closing again does nothing. */
  close(): Promise<void>;
}

const loopbackHosts: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Listens on a loopback address only; port 0 takes a free one. */
export async function listen(
  handler: RequestListener,
  where: { host: string; port: number },
): Promise<Listening> {
  const { host, port } = where;
  if (!loopbackHosts.includes(host)) {
    throw new InputError(
      `host "${host}" is not a loopback address: CityGauge has no authentication yet, so it serves only this machine; use 127.0.0.1, ::1 or localhost`,
    );
  }
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(sentenceOf(cause, host, port), { cause });
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    address: `http://${host === '::1' ? '[::1]' : host}:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function sentenceOf(cause: NodeJS.ErrnoException, host: string, port: number): string {
  if (cause.code === 'EADDRINUSE')
    return `port ${port} on ${host} is in use: stop the program that holds it or choose another with --port`;
  if (cause.code === 'EACCES')
    return `port ${port} on ${host} may not be opened by this user: choose one above 1023 with --port`;
  return `cannot listen on ${host}:${port}: ${cause.message}`;
}
