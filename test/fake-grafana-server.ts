import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

interface StoredFolder {
  readonly uid: string;
  readonly title: string;
  readonly version: number;
}

interface StoredDashboard {
  readonly json: Json;
  readonly folderUid: string;
  readonly version: number;
  readonly message: string;
  readonly provisioned: boolean;
}

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
export class FakeGrafanaServer {
  readonly token = 'glsa_0123456789abcdef_secret';
  readonly folders = new Map<string, StoredFolder>();
  readonly dataSources = new Map<string, Json>();
  readonly dashboards = new Map<string, StoredDashboard>();
  readonly seen: SeenRequest[] = [];
  intercept: Interception = () => false;
  #nextId = 1;
  readonly #server: Server;

  constructor() {
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

  /** As somebody who saves a dashboard in Grafana's own editor. */
  editByHand(uid: string, change: Json): void {
    const { json, version, ...rest } = this.dashboards.get(uid) ?? missing(uid);
    const next = version + 1;
    this.dashboards.set(uid, { ...rest, json: { ...json, ...change, version: next }, version: next });
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
    const [status, body] = this.#answerTo(method, path, (text === '' ? {} : JSON.parse(text)) as Json);
    answer(response, status, body);
  }

  #answerTo(method: string, path: string, body: Json): readonly [number, Json] {
    const uid = path.split('/').at(-1) ?? '';
    switch (true) {
      case method === 'POST' && path === '/api/folders':
        return this.#createFolder(body);
      case path.startsWith('/api/folders/'):
        return method === 'PUT' ? this.#renameFolder(uid, body) : found(this.folders.get(uid), 'folder');
      case method === 'POST' && path === '/api/datasources':
        return this.#createDataSource(body);
      case path.startsWith('/api/datasources/uid/'):
        return method === 'PUT'
          ? this.#updateDataSource(uid, body)
          : found(this.dataSources.get(uid), 'data source');
      case method === 'POST' && path === '/api/dashboards/db':
        return this.#saveDashboard(body);
      case method === 'GET' && path.startsWith('/api/dashboards/uid/'):
        return this.#readDashboard(uid);
      default:
        return [404, { message: 'Not found' }];
    }
  }

  #createFolder({ uid, title }: Json): readonly [number, Json] {
    if ([...this.folders.values()].some((folder) => folder.title === title))
      return [409, { message: 'a folder with the same name already exists in the current location' }];
    const folder = { uid: String(uid), title: String(title), version: 1 };
    this.folders.set(folder.uid, folder);
    return [200, folder];
  }

  #renameFolder(uid: string, { title, version }: Json): readonly [number, Json] {
    const folder = this.folders.get(uid);
    if (!folder) return [404, { message: 'folder not found' }];
    if (folder.version !== version) return versionMismatch('folder');
    const renamed = { uid, title: String(title), version: folder.version + 1 };
    this.folders.set(uid, renamed);
    return [200, renamed];
  }

  #createDataSource(body: Json): readonly [number, Json] {
    if ([...this.dataSources.values()].some(({ name }) => name === body.name))
      return [409, { message: 'data source with the same name already exists' }];
    const datasource = { ...body, id: this.#newId(), version: 1, readOnly: false, secureJsonFields: {} };
    this.dataSources.set(String(body.uid), datasource);
    return [200, { id: datasource.id, name: body.name, message: 'Datasource added', datasource }];
  }

  #updateDataSource(uid: string, body: Json): readonly [number, Json] {
    const before = this.dataSources.get(uid);
    if (!before) return [404, { message: 'Data source not found' }];
    if (before.readOnly === true) return [403, { message: 'Cannot update read-only data source' }];
    if (body.version !== undefined && body.version !== before.version)
      return [
        409,
        { message: 'Datasource has already been updated by someone else. Please reload and try again' },
      ];
    const datasource = { ...body, id: before.id, version: Number(before.version) + 1, readOnly: false };
    this.dataSources.set(uid, datasource);
    return [200, { id: before.id, name: body.name, message: 'Datasource updated', datasource }];
  }

  #readDashboard(uid: string): readonly [number, Json] {
    const stored = this.dashboards.get(uid);
    if (!stored) return [404, { message: 'Dashboard not found' }];
    const { json, folderUid, version, provisioned } = stored;
    return [200, { dashboard: json, meta: { folderUid, version, provisioned, canSave: true } }];
  }

  #saveDashboard({ dashboard, folderUid, overwrite, message }: Json): readonly [number, Json] {
    const json = dashboard as Json;
    const uid = String(json.uid);
    if (String(json.title ?? '') === '') return [400, { message: 'Dashboard title cannot be empty' }];
    if (uid.length > 40) return [400, { message: 'uid too long, max 40 characters' }];
    if (!this.folders.has(String(folderUid))) return [400, { message: 'folder not found' }];
    const before = this.dashboards.get(uid);
    if (before?.provisioned) return [400, { message: 'Cannot save provisioned dashboard' }];
    if (before && overwrite !== true && json.version !== before.version) return versionMismatch('dashboard');
    const id = before?.json.id ?? this.#newId();
    const version = (before?.version ?? 0) + 1;
    const stored = { ...json, id, version };
    this.dashboards.set(uid, {
      ...{ json: stored, folderUid: String(folderUid), version, provisioned: false },
      message: String(message),
    });
    return [200, { id, uid, version, status: 'success', url: `/d/${uid}/x`, slug: 'x' }];
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}

function missing(uid: string): never {
  throw new Error(`the fake Grafana has no dashboard ${uid}`);
}

const found = (value: object | undefined, what: string): readonly [number, Json] =>
  value ? [200, value as Json] : [404, { message: `${what} not found`, status: 'not-found' }];

const versionMismatch = (what: string): readonly [number, Json] => [
  412,
  { message: `The ${what} has been changed by someone else`, status: 'version-mismatch' },
];

function answer(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
