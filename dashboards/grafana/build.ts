import { boards } from './boards.ts';
import { canonicalJson } from './compile/canonical-json.ts';
import { compileDashboard } from './compile/dashboard.ts';
import type { BuildOptions } from './draft.ts';
import { dashboardProvider, dataSourceFile, type ProvisioningOptions } from './provisioning.ts';

/** A dashboard as Grafana's API takes it: plain JSON values, keys sorted. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly [key: string]: unknown;
}

/** Every dashboard, in the order of the list. */
export function buildDashboards(options: BuildOptions): DashboardJson[] {
  return boards.map((draft) => JSON.parse(canonicalJson(compileDashboard(draft, options))) as DashboardJson);
}

/** Where the dashboards lie within a folder that Grafana takes as its provisioning folder. */
export const dashboardFolder = 'dashboards/citygauge';

/**
 * Every file of a provisioning folder: path with slashes -> text. Grafana reads only the YAML files of `dashboards` and
 * `datasources`; the first of them names the folder below it where the JSON files lie.
 */
export function provisioningFiles(
  options: BuildOptions,
  provisioning: ProvisioningOptions,
): ReadonlyMap<string, string> {
  return new Map([
    ['dashboards/citygauge.yaml', dashboardProvider(provisioning, options.language)],
    ['datasources/citygauge.yaml', dataSourceFile(provisioning)],
    ...buildDashboards(options).map((dashboard): [string, string] => [
      `${dashboardFolder}/${dashboard.uid}.json`,
      canonicalJson(dashboard),
    ]),
  ]);
}
