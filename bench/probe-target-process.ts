import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every path alike; says its port on the first line, and ends when its parent goes. */
const server = createServer((_, answer) => {
  answer.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}');
});
server.listen(0, '127.0.0.1', 4096, () => console.log((server.address() as AddressInfo).port));
process.stdin.on('end', () => process.exit()).resume();
