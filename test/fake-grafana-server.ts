import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GrafanaState, type Json } from './grafana/grafana-state.ts';

/** One request as it came, without the token. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** Takes a request before the fake answers it itself; true when it did. */
export type Interception = (request: SeenRequest, response: ServerResponse) => boolean;

/**
 * Stands in for Grafana's HTTP API where Grafana cannot be had: folders, data sources and dashboards with uid and version,
 * kept and refused as Grafana's documentation of its API says (404, 409, 412 with `version-mismatch` and `name-exists`).
 */
export class FakeGrafanaServer extends GrafanaState {
  readonly token = 'eyJrIjoi+0123456789/abcdef_secret==';
  readonly seen: SeenRequest[] = [];
  intercept: Interception = () => false;
  readonly #server: Server;

  constructor() {
    super();
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Requests that change something. */
  get writes(): readonly SeenRequest[] {
    return this.seen.filter(({ method }) => method !== 'GET');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const path = decodeURIComponent(new URL(url, 'http://fake').pathname);
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const seen = { method, path };
    this.seen.push(seen);
    if (this.intercept(seen, response)) return;
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      answer(response, 401, { message: 'Invalid API key', messageId: 'api-key.invalid' });
      return;
    }
    const text = Buffer.concat(parts).toString('utf8');
    const [status, body] = this.answerTo(method, path, (text === '' ? {} : JSON.parse(text)) as Json);
    answer(response, status, body);
  }
}

function answer(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
