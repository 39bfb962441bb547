import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { boards } from '../../dashboards/grafana/boards.ts';
import { buildDashboards } from '../../dashboards/grafana/build.ts';
import { pages } from '../../dashboards/web/pages.ts';
import { burnFactor } from '../../rules/contract.ts';
import { builtInCatalogues } from '../../rules/generate.ts';
import { dashboardFaults } from './dashboard-faults.ts';
import { type ReadDashboard, readDashboard, shownPanels } from './dashboard-json.ts';

const around = { routes: pages.map(({ path }) => path), linkBase: 'https://gauge.example.org/city' };
const options = { timeZone: 'Asia/Urumqi', linkBase: around.linkBase };
const built = {
  zh: buildDashboards({ ...options, language: 'zh' }),
  en: buildDashboards({ ...options, language: 'en' }),
};
const dashboards = built.zh.map(readDashboard);

const windowText = (seconds: number) =>
  seconds % 86_400 === 0
    ? `${seconds / 86_400}d`
    : seconds % 3600 === 0
      ? `${seconds / 3600}h`
      : `${seconds / 60}m`;

describe('the Grafana dashboards', () => {
  it('are those of the folder, each in a file of its own name', () => {
    const files = readdirSync(join(import.meta.dirname, '../../dashboards/grafana/boards'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `citygauge-${basename(name, '.ts')}`);
    assert.deepEqual(boards.map(({ uid }) => uid).toSorted(), files.toSorted());
  });

  it('have a grid without overlaps, units, descriptions, links to pages that exist, and the variables they use', () => {
    for (const dashboard of dashboards)
      assert.deepEqual(dashboardFaults(dashboard, around), [], dashboard.uid);
    const panels = dashboards.flatMap(shownPanels);
    assert.equal(dashboards.length, 9);
    assert.ok(panels.length > 90, String(panels.length));
  });

  it('have the time zone they were built for and the schema of the SDK', () => {
    for (const { timezone, schemaVersion } of dashboards) {
      assert.deepEqual([timezone, schemaVersion], ['Asia/Urumqi', defaultDashboard().schemaVersion]);
    }
  });

  it('let several subjects be chosen by regular expression, all of them to begin with', () => {
    for (const { templating, uid } of dashboards) {
      const subject = templating.list.find(({ name }) => name === 'subject');
      assert.deepEqual([subject?.multi, subject?.includeAll, subject?.allValue], [true, true, '.*'], uid);
    }
  });

  it('say the same in Chinese and English, with the same queries', () => {
    const hanzi = /\p{Script=Han}/u;
    const counted = (text: ReadDashboard) =>
      shownPanels(text).map(({ targets }) => targets?.map(({ expr }) => expr));
    for (const [index, zh] of dashboards.entries()) {
      const en = readDashboard(built.en[index] ?? assert.fail(zh.uid));
      assert.deepEqual(counted(en), counted(zh));
      assert.ok(!hanzi.test(JSON.stringify(en)), en.uid);
      for (const { title, description = '' } of [zh, ...zh.panels.filter(({ type }) => type !== 'row')]) {
        assert.match(`${title}${description}`, hanzi);
      }
    }
  });

  it('are the same bytes whenever they are built', () => {
    const again = buildDashboards({ ...options, language: 'zh' });
    assert.equal(JSON.stringify(again), JSON.stringify(built.zh));
  });

  it('show the burn windows and bounds of the catalogue for 30 days', () => {
    const catalogue = builtInCatalogues.find(({ periodDays }) => periodDays === 30) ?? assert.fail();
    const detail = readDashboard(built.en.find(({ uid }) => uid === 'citygauge-slo-detail') ?? assert.fail());
    const shown = shownPanels(detail).filter(({ title }) => title.includes('windows of'));
    const due = [...Object.values(catalogue.page), ...Object.values(catalogue.ticket)];
    assert.equal(shown.length, 4);
    for (const [index, window] of due.entries()) {
      const panel = JSON.stringify(shown[index]);
      assert.ok(panel.includes(`ratio_rate${windowText(window.longSeconds)}{`), panel);
      assert.ok(panel.includes(`ratio_rate${windowText(window.shortSeconds)}{`), panel);
      const factor = Number(burnFactor(catalogue, window).toFixed(6));
      assert.ok(panel.includes(`"color":"red","value":${factor}`), `${factor}: ${panel}`);
    }
  });
});

describe('the check of dashboards', () => {
  const [first = assert.fail()] = dashboards;
  const [head = assert.fail(), panel = assert.fail(), ...others] = first.panels;
  const faultsWith = (change: Partial<typeof panel>) =>
    dashboardFaults({ ...first, panels: [head, { ...panel, ...change }, ...others] }, around);

  it('finds what is planted', () => {
    const { title } = panel;
    assert.deepEqual(faultsWith({ description: '' }), [`${title}: no description`]);
    assert.deepEqual(faultsWith({ links: [] }), [`${title}: no link back`]);
    assert.deepEqual(faultsWith({ fieldConfig: { defaults: { unit: 'parsecs?' }, overrides: [] } }), [
      `${title}: unit parsecs?`,
    ]);
    assert.deepEqual(faultsWith({ gridPos: { ...panel.gridPos, x: 20 } }), [`${title}: outside the grid`]);
    assert.deepEqual(faultsWith({ gridPos: { ...panel.gridPos, x: 1 } }), [
      `${others[0]?.title}: over ${title}`,
    ]);
    const link = { title: 'x', type: 'link', tags: [], url: `${around.linkBase}/nowhere/at/all` };
    assert.match(faultsWith({ links: [link] }).join(), /there is no page \/nowhere\/at\/all/);
    assert.deepEqual(faultsWith({ targets: [{ refId: 'A', expr: 'up{x="$nobody"}' }] }), [
      '$nobody is not defined',
    ]);
    assert.deepEqual(faultsWith({ id: head.id }), ['two panels of one id']);
  });
});
