import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { InputError, type ListenPort, type OutgoingAnswer } from '../../contract.ts';
import { addressText } from '../network/socket-client.ts';
import { isLoopback } from './loopback.ts';

type ListenRequest = Parameters<ListenPort['listen']>[0];

const requestTimeoutMilliseconds = 30_000;
/** How long a sender of too much may go on before its connection is cut, so that it can read why. */
const lingerMilliseconds = 1000;

export const listenServer: ListenPort = {
  async listen(request) {
    const server = createServer((incoming, outgoing) => void answer(incoming, outgoing, request));
    server.requestTimeout = requestTimeoutMilliseconds;
    await listening(server, request);
    const { port } = server.address() as AddressInfo;
    return {
      address: `http://${addressText(request.host, port)}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
          setTimeout(() => server.closeAllConnections(), lingerMilliseconds).unref();
        }),
    };
  },
};

function listening(server: Server, { host, port }: ListenRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const remedy =
        cause.code === 'EADDRINUSE'
          ? 'another program listens there: give another port'
          : 'check host and port';
      reject(
        new InputError(`cannot listen on ${addressText(host, port)} (${cause.code}): ${remedy}`, { cause }),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** An answer other than the handler's, with the reason as its text. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  request: ListenRequest,
): Promise<void> {
  incoming.on('error', () => {});
  try {
    refuseForeignHost(incoming, request.host);
    const body = await decompressed(incoming, await wholeBody(incoming, request.maxBytes), request.maxBytes);
    const { method = 'GET', url = '/' } = incoming;
    const [path = '/'] = url.split('?', 1);
    send(outgoing, await request.handle({ method, path, headers: headersOf(incoming), body }));
  } catch (error) {
    const [status, text] = error instanceof Refusal ? [error.status, error.message] : [500, 'internal error'];
    const close = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
    send(outgoing, { status, headers: close, body: `${text}\n` });
    incoming.resume();
    setTimeout(() => incoming.destroy(), lingerMilliseconds).unref();
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: OutgoingAnswer): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

/** A page in a browser that has its own name resolved to this machine must not reach a listener on loopback. */
function refuseForeignHost(incoming: IncomingMessage, host: string): void {
  if (!isLoopback(host)) return;
  const named = URL.parse(`http://${incoming.headers.host ?? ''}`)?.hostname ?? '';
  if (!isLoopback(named)) throw new Refusal(403, 'this listener answers to names of loopback only');
}

function wholeBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const refusal = () => new Refusal(413, `the body is larger than ${maxBytes} bytes`);
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(refusal());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return chunks.push(chunk);
      chunks.length = 0;
      return reject(refusal());
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Refusal(400, 'the body is not complete')));
  });
}

const decoders = {
  gzip: (body: Buffer, maxOutputLength: number) => promisify(gunzip)(body, { maxOutputLength }),
  deflate: (body: Buffer, maxOutputLength: number) => promisify(inflate)(body, { maxOutputLength }),
};

async function decompressed(incoming: IncomingMessage, body: Buffer, maxBytes: number): Promise<Buffer> {
  const encoding = (incoming.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new Refusal(
      415,
      `content encoding ${encoding.slice(0, 40)} is not known: send gzip, deflate or none`,
    );
  }
  try {
    return await decoders[encoding](body, maxBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal(400, `the body is not valid ${encoding} (${code})`);
    throw new Refusal(413, `the body is larger than ${maxBytes} bytes once decompressed`);
  }
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(headers);
}
