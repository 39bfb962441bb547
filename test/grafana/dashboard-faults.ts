import * as units from '@grafana/grafana-foundation-sdk/units';
import { commonTag } from '../../dashboards/grafana/compile/dashboard.ts';
import { gridColumns } from '../../dashboards/grafana/compile/layout.ts';
import { type PanelJson, type ReadDashboard, shownPanels, variablesIn } from './dashboard-json.ts';

/** Units that Grafana knows by id, and those it makes of a text before or behind the number. */
const knownUnits = new Set<unknown>(Object.values(units));
const isUnit = (unit: unknown) => knownUnits.has(unit) || /^(?:prefix|suffix):./.test(String(unit));

/** Variables that Grafana itself fills in. */
const ownVariables = new Set(['__all', '__rate_interval', '__interval', '__range', '__field', '__data']);

export interface Surroundings {
  /** Paths of the web app's pages, `/telemetry/:job`. */
  readonly routes: readonly string[];
  readonly linkBase: string;
}

const matches = (route: string, path: string) =>
  new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);

function linkFaults(url: string, { routes, linkBase }: Surroundings): string[] {
  if (!url.startsWith(`${linkBase}/`)) return [`${url} does not lead to CityGauge`];
  const path = url.slice(linkBase.length).replaceAll(/\$\{[^}]+\}/g, 'x');
  return routes.some((route) => matches(route, path)) ? [] : [`${url}: there is no page ${path}`];
}

function overlapFaults(panels: readonly PanelJson[]): string[] {
  const taken = new Map<string, string>();
  return panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
    if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > gridColumns) return [`${title}: outside the grid`];
    const cells = Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    const others = new Set(cells.map((cell) => taken.get(cell)).filter((other) => other !== undefined));
    for (const cell of cells) taken.set(cell, title);
    return [...others].map((other) => `${title}: over ${other}`);
  });
}

function panelFaults(panel: PanelJson, around: Surroundings): string[] {
  const { title, description = '', links = [], targets = [], fieldConfig, datasource } = panel;
  const of = (fault: string) => `${title}: ${fault}`;
  const unitsOfColumns = (fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
    properties.filter(({ id }) => id === 'unit').map(({ value }) => value),
  );
  const wrongUnits = [fieldConfig?.defaults.unit, ...unitsOfColumns].filter((unit) => !isUnit(unit));
  const refIds = targets.map(({ refId }) => refId);
  return [
    ...(title.trim() === '' ? ['a panel without title'] : []),
    ...(description.trim() === '' ? [of('no description')] : []),
    ...(description === title ? [of('its description is its title')] : []),
    ...wrongUnits.map((unit) => of(`unit ${unit}`)),
    ...(datasource?.type === 'prometheus' && datasource.uid === '$datasource'
      ? []
      : [of('another data source')]),
    ...(targets.length === 0 ? [of('no query')] : []),
    ...(new Set(refIds).size === refIds.length ? [] : [of('two queries of one name')]),
    ...(links.length === 0 ? [of('no link back')] : []),
    ...[...links, ...(fieldConfig?.defaults.links ?? [])].flatMap(({ url = '' }) =>
      linkFaults(url, around).map(of),
    ),
  ];
}

/** What is wrong with a dashboard as Grafana's documented JSON model has it, and by the rules of this project. */
export function dashboardFaults(dashboard: ReadDashboard, around: Surroundings): string[] {
  const { uid, tags, panels, links, templating } = dashboard;
  const names = templating.list.map(({ name }) => name);
  const used = new Set([
    ...variablesIn(JSON.stringify(panels)),
    ...variablesIn(JSON.stringify(templating.list)),
  ]);
  const ids = panels.map(({ id }) => id);
  return [
    ...(/^citygauge-[a-z-]{1,30}$/.test(uid) ? [] : [`uid ${uid}`]),
    ...(tags.includes(commonTag) ? [] : ['not tagged']),
    ...(new Set(ids).size === ids.length ? [] : ['two panels of one id']),
    ...(names[0] === 'datasource' && names[1] === 'subject'
      ? []
      : ['no variables of data source and subject']),
    ...[...used]
      .filter((name) => !names.includes(name) && !ownVariables.has(name))
      .map((name) => `$${name} is not defined`),
    ...names.filter((name) => !used.has(name)).map((name) => `$${name} is used nowhere`),
    ...overlapFaults(panels),
    ...shownPanels(dashboard).flatMap((panel) => panelFaults(panel, around)),
    ...links.filter(({ type }) => type === 'link').flatMap(({ url = '' }) => linkFaults(url, around)),
  ];
}
