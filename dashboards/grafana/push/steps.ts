import { z } from 'zod';
import type { DashboardJson } from '../build.ts';
import { grafanaDataSource } from '../provisioning.ts';
import { differencesOf } from './difference.ts';
import type { GrafanaClient } from './grafana-client.ts';
import { GrafanaFault, unreadable } from './grafana-faults.ts';
import { editedBy } from './history.ts';

/** One thing that Grafana shall have. `write` is called with what `read` gave, and only when there are differences. */
export interface PushStep<Found> {
  readonly kind: 'folder' | 'dataSource' | 'dashboard';
  readonly uid: string;
  readonly title: string;
  /** Null = it is not there. */
  read(client: GrafanaClient): Promise<Found | null>;
  /** Empty = it is as it should be. */
  differences(found: Found): readonly string[];
  write(client: GrafanaClient, found: Found | null, force: boolean): Promise<void>;
}

const folderAnswer = z.looseObject({ uid: z.string(), title: z.string(), version: z.number().default(0) });
const dataSourceAnswer = z.looseObject({
  uid: z.string(),
  jsonData: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().optional(),
  readOnly: z.boolean().optional(),
});
const dashboardAnswer = z.looseObject({
  dashboard: z.looseObject({ id: z.number().nullish(), version: z.number().optional() }),
  meta: z.looseObject({ folderUid: z.string().default(''), provisioned: z.boolean().optional() }),
});

type Folder = z.infer<typeof folderAnswer>;
type DataSource = z.infer<typeof dataSourceAnswer>;
type Found = z.infer<typeof dashboardAnswer>;

/** The answer in its shape; a fault when it has another. */
function shaped<T>(schema: z.ZodType<T>, answer: unknown, asked: { url: string; what: string }): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join('.') || 'everything';
  throw unreadable(asked, `JSON without what is due: ${at}`);
}

async function readShaped<T>(
  client: GrafanaClient,
  schema: z.ZodType<T>,
  what: string,
  call: Parameters<GrafanaClient['ask']>[1],
): Promise<T | null> {
  const answer = await client.ask(what, call, { mayBeAbsent: true });
  return answer === null ? null : shaped(schema, answer, { url: client.url, what });
}

export function folderStep(folder: { readonly uid: string; readonly title: string }): PushStep<Folder> {
  const { uid, title } = folder;
  const params = { path: { uid } };
  return {
    ...{ kind: 'folder', uid, title },
    read: (client) =>
      readShaped(client, folderAnswer, `read the folder "${title}"`, (api) =>
        api.GET('/api/folders/{uid}', { params }),
      ),
    differences: (found) => differencesOf({ title }, found),
    async write(client, found) {
      const what = `${found ? 'rename' : 'create'} the folder "${title}"`;
      await client.ask(what, (api) =>
        found
          ? api.PUT('/api/folders/{uid}', { params, body: { uid, title, version: found.version } })
          : api.POST('/api/folders', { body: { uid, title } }),
      );
    },
  };
}

/** What Grafana knows of a data source beyond ours (passwords, other settings) stays as it is. */
export function dataSourceStep(url: string): PushStep<DataSource> {
  const { uid, name } = grafanaDataSource;
  const ours = { ...grafanaDataSource, url };
  const params = { path: { uid } };
  return {
    ...{ kind: 'dataSource', uid, title: name },
    read: (client) =>
      readShaped(client, dataSourceAnswer, `read the data source "${name}"`, (api) =>
        api.GET('/api/datasources/uid/{uid}', { params }),
      ),
    differences: (found) => differencesOf(ours, found),
    async write(client, found) {
      if (found?.readOnly) {
        throw new GrafanaFault(
          403,
          `the data source "${name}" is provisioned from a file of Grafana’s and differs: change that file, or remove it there and push again`,
        );
      }
      const body = { ...found, ...ours, jsonData: { ...found?.jsonData, ...ours.jsonData } };
      await client.ask(`${found ? 'update' : 'create'} the data source "${name}"`, (api) =>
        found
          ? api.PUT('/api/datasources/uid/{uid}', { params, body })
          : api.POST('/api/datasources', { body }),
      );
    },
  };
}

/** A difference may be an older build of ours, or somebody's work: the history tells which. */
async function refuseToLoseEdit(client: GrafanaClient, { uid, title }: DashboardJson): Promise<void> {
  const params = { path: { uid }, query: { limit: 1 } };
  const history = await client.ask(
    `read the history of the dashboard "${title}"`,
    (api) => api.GET('/api/dashboards/uid/{uid}/versions', { params }),
    { mayBeAbsent: true },
  );
  const who = editedBy(history);
  if (who === null) return;
  throw new GrafanaFault(
    412,
    `the dashboard "${title}" was saved in Grafana by ${who.slice(0, 100)} since it was pushed, and is left alone: look at the difference with --dry-run, then take it over into the code, or overwrite it with --force`,
  );
}

export interface DashboardSetting {
  readonly folderUid: string;
  /** Goes into the dashboard's history. */
  readonly message: string;
}

export function dashboardStep(
  json: DashboardJson,
  { folderUid, message }: DashboardSetting,
): PushStep<Found> {
  const { uid, title } = json;
  return {
    ...{ kind: 'dashboard', uid, title },
    read: (client) =>
      readShaped(client, dashboardAnswer, `read the dashboard "${title}"`, (api) =>
        api.GET('/api/dashboards/uid/{uid}', { params: { path: { uid } } }),
      ),
    differences: ({ dashboard, meta }) => [
      ...differencesOf(json, dashboard),
      ...differencesOf({ folderUid }, { folderUid: meta.folderUid }),
    ],
    async write(client, found, force) {
      if (found?.meta.provisioned) {
        throw new GrafanaFault(
          400,
          `the dashboard "${title}" is provisioned from a file of Grafana’s and differs: build the files anew, or remove them there and push again`,
        );
      }
      if (found && !force) await refuseToLoseEdit(client, json);
      const { id = null, version } = found?.dashboard ?? {};
      const dashboard = { ...json, id, ...(version === undefined ? {} : { version }) };
      await client.ask(`${found ? 'update' : 'create'} the dashboard "${title}"`, (api) =>
        api.POST('/api/dashboards/db', { body: { dashboard, folderUid, message, overwrite: force } }),
      );
    },
  };
}
