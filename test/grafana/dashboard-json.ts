import type { DashboardJson } from '../../dashboards/grafana/build.ts';

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly links?: readonly LinkJson[];
  readonly targets?: readonly TargetJson[];
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string; readonly links?: readonly LinkJson[] };
    readonly overrides: readonly {
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: { readonly renameByName?: Readonly<Record<string, string>> };
  }[];
}

export interface LinkJson {
  readonly title: string;
  readonly type: string;
  readonly url?: string;
  readonly tags: readonly string[];
}

export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
}

export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly query: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
}

/** A built dashboard by the fields that the tests look at. */
export interface ReadDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly timezone: string;
  readonly schemaVersion: number;
  readonly panels: readonly PanelJson[];
  readonly links: readonly LinkJson[];
  readonly templating: { readonly list: readonly VariableJson[] };
}

export const readDashboard = (json: DashboardJson) => json as unknown as ReadDashboard;

/** Panels that show something, without the heads of rows. */
export const shownPanels = ({ panels }: ReadDashboard) => panels.filter(({ type }) => type !== 'row');

/** A label variable's query: `label_values(selector, label)`. */
export function labelQuery(query: string): { readonly selector: string; readonly label: string } {
  const match = /^label_values\((.+), (\w+)\)$/.exec(query);
  if (!match) throw new Error(`no query of labels: ${query}`);
  return { selector: match[1] ?? '', label: match[2] ?? '' };
}

/** Names of Grafana's variables in a text, `$name` and `${name}`. */
export const variablesIn = (text: string) => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
