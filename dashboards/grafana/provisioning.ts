import type { BuildOptions } from './draft.ts';

export interface ProvisioningOptions {
  /** Where Grafana finds the folder of the JSON files, as it sees its own disk. */
  readonly dashboardPath: string;
  /** Where Grafana reaches the PromQL server. */
  readonly prometheusUrl: string;
}

/** The folder that all dashboards lie in; its title is that of the product. */
export const grafanaFolder = {
  uid: 'citygauge',
  title: { zh: '城衡 CityGauge', en: 'CityGauge' },
} as const;

/** What the dashboards read; `url` is given. A scrape interval below it would draw gaps with `$__rate_interval`. */
export const grafanaDataSource = {
  uid: 'citygauge-prometheus',
  name: 'Prometheus',
  type: 'prometheus',
  access: 'proxy',
  jsonData: { httpMethod: 'POST', timeInterval: '15s' },
} as const;

const mark = '# Written by `citygauge dashboards build`; changes by hand are lost.\n';
// A JSON string is a YAML string; Grafana puts variables of its environment in place of `$NAME`.
const quoted = (text: string) => JSON.stringify(text.replaceAll('$', '$$$$'));

/** Grafana's file of dashboard providers. */
export function dashboardProvider(
  { dashboardPath }: ProvisioningOptions,
  language: BuildOptions['language'],
): string {
  return `${mark}apiVersion: 1

providers:
  - name: citygauge
    orgId: 1
    folder: ${quoted(grafanaFolder.title[language])}
    folderUid: ${quoted(grafanaFolder.uid)}
    type: file
    disableDeletion: false
    allowUiUpdates: false
    updateIntervalSeconds: 30
    options:
      path: ${quoted(dashboardPath)}
`;
}

/** Grafana's file of data sources. */
export function dataSourceFile({ prometheusUrl }: ProvisioningOptions): string {
  const { uid, name, type, access, jsonData } = grafanaDataSource;
  return `${mark}apiVersion: 1

datasources:
  - name: ${quoted(name)}
    uid: ${quoted(uid)}
    type: ${type}
    access: ${access}
    url: ${quoted(prometheusUrl)}
    isDefault: true
    jsonData:
      httpMethod: ${jsonData.httpMethod}
      timeInterval: ${jsonData.timeInterval}
`;
}
