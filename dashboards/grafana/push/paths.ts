/** Of Grafana's HTTP API only what is used here, in the shape that openapi-typescript gives paths. */
export interface GrafanaPaths {
  '/api/folders': { post: Sends<FolderBody> };
  '/api/folders/{uid}': { get: AsksByUid; put: SendsByUid<FolderBody & { readonly version: number }> };
  '/api/datasources': { post: Sends<DataSourceBody> };
  '/api/datasources/uid/{uid}': { get: AsksByUid; put: SendsByUid<DataSourceBody> };
  '/api/dashboards/uid/{uid}': { get: AsksByUid };
  '/api/dashboards/uid/{uid}/versions': {
    get: { parameters: ByUid & { query: { limit: number } }; responses: Answers };
  };
  '/api/dashboards/db': { post: Sends<DashboardBody> };
}

export interface FolderBody {
  readonly uid: string;
  readonly title: string;
}

export type DataSourceBody = Readonly<Record<string, unknown>> & { readonly uid: string };

export interface DashboardBody {
  readonly dashboard: Readonly<Record<string, unknown>>;
  readonly folderUid: string;
  /** Shown in the dashboard's history of versions. */
  readonly message: string;
  /** Whether a newer version, or another dashboard of the same title, may be lost. */
  readonly overwrite: boolean;
}

/** What is answered is not to be believed before it was checked. */
interface Answers {
  200: { content: { 'application/json': unknown } };
  default: { content: { 'application/json': unknown } };
}

interface ByUid {
  path: { uid: string };
}

interface AsksByUid {
  parameters: ByUid;
  responses: Answers;
}

interface Sends<Body> {
  requestBody: { content: { 'application/json': Body } };
  responses: Answers;
}

interface SendsByUid<Body> extends Sends<Body> {
  parameters: ByUid;
}
