export type Json = Readonly<Record<string, unknown>>;

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

/** What Grafana keeps, and how its HTTP API answers from it, as the documentation of that API says. */
export class GrafanaState {
  readonly folders = new Map<string, StoredFolder>();
  readonly dataSources = new Map<string, Json>();
  readonly dashboards = new Map<string, StoredDashboard>();
  #nextId = 1;

  /** As somebody who saves a dashboard in Grafana's own editor. */
  editByHand(uid: string, change: Json): void {
    const { json, version, ...rest } = this.dashboards.get(uid) ?? missing(uid);
    const next = version + 1;
    this.dashboards.set(uid, {
      ...rest,
      ...{ json: { ...json, ...change, version: next }, version: next, message: '' },
    });
  }

  /** Status and body of the answer to a request with a good token. */
  answerTo(method: string, path: string, body: Json): readonly [number, Json] {
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
      case method === 'GET' && path.endsWith('/versions'):
        return this.#readHistory(path.split('/').at(-2) ?? '');
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

  /** The newest version alone, which is all that is asked for. */
  #readHistory(uid: string): readonly [number, Json] {
    const stored = this.dashboards.get(uid);
    if (!stored) return [404, { message: 'Dashboard not found' }];
    const { version, message } = stored;
    const createdBy = message === '' ? 'li.na' : 'sa-citygauge';
    return [200, { continueToken: '', versions: [{ version, message, createdBy }] }];
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
