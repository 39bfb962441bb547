import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort } from '../free-port.ts';

/** What the exporter does with a request from now on. */
export type Manner = 'answer' | 'hang' | 'refuse';

export interface Exporter {
  readonly url: string;
  manner: Manner;
  /** Resolves at the next request. */
  asked(): Promise<void>;
  close(): Promise<void>;
}

const page = `# HELP tide_level_metres Level of the water.
# TYPE tide_level_metres gauge
tide_level_metres{station="east"} 4.25
tide_level_metres{station="west"} 3.5
tide_level_metres{station="north"} NaN
# TYPE tide_gates_moved_total counter
tide_gates_moved_total 17
`;

/** A small exporter of tides, with a health page that says what it was told to say. */
export async function startExporter(): Promise<Exporter> {
  const waiting: (() => void)[] = [];
  const port = await freePort();
  const exporter: Exporter = {
    url: `http://127.0.0.1:${port}`,
    manner: 'answer',
    asked: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => closed(server),
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    for (const tell of waiting.splice(0)) tell();
    if (exporter.manner === 'hang') return;
    if (exporter.manner === 'refuse') {
      // A careless server repeats what it was sent.
      response.writeHead(401, request.headers.authorization ?? 'none').end(request.headers.authorization);
      return;
    }
    const isHealth = request.url === '/health';
    response.writeHead(200, { 'content-type': isHealth ? 'application/json' : 'text/plain; version=0.0.4' });
    response.end(isHealth ? '{"status":"good"}' : page);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return exporter;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
