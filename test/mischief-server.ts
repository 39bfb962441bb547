import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** A server that does by path what servers should not, and a few things that they may. */
export interface MischiefServer {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Long enough that a drip never ends within a test, short enough that it keeps a socket busy. */
const dripMilliseconds = 20;
const plain = 'city services: all well\n';

function encoded(answer: ServerResponse, encoding: string, body: Uint8Array): void {
  answer.writeHead(200, { 'content-encoding': encoding }).end(body);
}

const answers: Readonly<Record<string, (answer: ServerResponse) => void>> = {
  '/hang': () => {},
  '/drip': (answer) => {
    const timer = setInterval(() => answer.write('.'), dripMilliseconds);
    answer.on('close', () => clearInterval(timer));
  },
  '/endless': (answer) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const pour = () => {
      while (!answer.destroyed && answer.write(chunk));
    };
    answer.on('drain', pour);
    pour();
  },
  '/cut': (answer) => {
    answer.writeHead(200, { 'content-length': 1000 }).write('only this');
    setImmediate(() => answer.socket?.destroy());
  },
  '/close': (answer) => answer.socket?.destroy(),
  '/bomb': (answer) => encoded(answer, 'gzip', gzipSync(Buffer.alloc(20_000_000))),
  '/half-gzip': (answer) => encoded(answer, 'gzip', gzipSync(plain).subarray(0, 20)),
  '/no-gzip': (answer) => encoded(answer, 'gzip', Buffer.from(plain)),
  '/strange': (answer) => encoded(answer, 'lzma', Buffer.from(plain)),
  '/gzip': (answer) => encoded(answer, 'gzip', gzipSync(plain)),
  '/deflate': (answer) => encoded(answer, 'deflate', deflateSync(plain)),
  '/raw-deflate': (answer) => encoded(answer, 'deflate', deflateRawSync(plain)),
  '/br': (answer) => encoded(answer, 'br', brotliCompressSync(plain)),
  '/html': (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>login</p>'),
  '/backtracking': (answer) => answer.end(`${'a'.repeat(60)}!`),
  '/ftp': (answer) => answer.writeHead(302, { location: 'ftp://127.0.0.1/' }).end(),
};

export async function startMischiefServer(host = '127.0.0.1'): Promise<MischiefServer> {
  const server = createServer((request, answer) => {
    const known = answers[request.url ?? ''];
    if (known) return known(answer);
    const body: Buffer[] = [];
    request.on('data', (chunk) => body.push(chunk));
    request.on('end', () => {
      const { method, headers } = request;
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ method, headers, body: Buffer.concat(body).toString() }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A line-based service: greets, answers PING with PONG, and hangs up on anything else. */
export async function startGreeter(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {}).setEncoding('utf8');
    socket.write('220 city mail\r\n');
    socket.on('data', (text) => {
      if (String(text) === 'PING\r\n') socket.write('PONG\r\n');
      else socket.end('500 what?\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
