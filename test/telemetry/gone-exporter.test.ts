import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { periodAt } from '../../collectors/contract.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { runIn } from '../cli/run.ts';
import { scratchFolder } from '../scratch-folder.ts';

const zone = 'Asia/Shanghai';
const weekMilliseconds = 7 * 86_400_000;

const leafYaml = (id: string) => `
      - { id: ${id}, title: { zh: 水位, en: Level }, meaning: { zh: 含义, en: Meaning }, weight: 0.5, measure: { metric: '${id}_ratio', reduce: last } }`;

const model = `schema: citygauge/model@1
id: tides
version: 1.0.0
title: { zh: 潮位, en: Tides }
description: { zh: 潮位评估, en: Judges the tides }
source: { document: { zh: 无, en: None }, section: { zh: 全文, en: All of it }, weightsBy: citygauge, notes: [] }
grades:
  - { grade: A, from: 0, meaning: { zh: 优, en: Good } }
overall: { kind: score, explanation: { zh: 加权, en: Weighted } }
defaults:
  all:
    unit: ratio
    direction: higher
    best: 1
    worst: 0
    range: { min: 0, max: 1 }
    tolerance: 0.05
    zeroBase: notApplicable
    frequency: week
    scale: linear
    owner: { zh: 办公室, en: Office }
    intervention: { zh: 督办, en: Press }
  metrics: { every: 1h, minimumCoverage: 0, fullCoverage: 0.000001 }
modules:
  - id: M
    title: { zh: 模块, en: Module }
    meaning: { zh: 含义, en: Meaning }
    weight: 1
    combine: { method: arithmetic }
    children:${['tide', 'gate'].map(leafYaml).join('')}
`;

describe('an exporter that answered in one period and is gone for the next', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const now = Date.now();
  const lastWeek = now - weekMilliseconds;
  let isThere = true;
  // The pages date their samples, so that a run of today brings those of the week before.
  const pages: Readonly<Record<string, string>> = {
    '/tide': `tide_ratio 0.75 ${lastWeek}\n`,
    '/gate': `gate_ratio 0.25 ${lastWeek}\n`,
  };
  const server = createServer(({ url = '' }, response) => {
    const page = url === '/other' ? 'other_ratio 0.5\n' : isThere ? pages[url] : undefined;
    response.writeHead(page ? 200 : 503, { 'content-type': 'text/plain; version=0.0.4' }).end(page);
  });
  const cg = (...argv: string[]) => runIn(folder.path, { now: () => new Date(now).toISOString() }, ...argv);

  /** By the last evaluation on stderr. */
  let said = '';
  const levels = async (at: number, ...more: string[]) => {
    const period = periodAt('week', new Date(at).toISOString(), zone);
    const order = ['--model', 'tides.yaml', '--subject', 'lin', '--period', period];
    // The runs of the test begin after the instant at which it stands.
    const asOf = new Date(at + 3_600_000).toISOString();
    const ran = await cg('--json', ...more, 'evaluate', ...order, '--as-of', asOf);
    assert.equal(ran.exitCode, 0, ran.stderr);
    said = ran.stderr;
    const { observations } = JSON.parse(ran.stdout) as Evaluation;
    return observations.map(({ state, value, reason }) => ({ state, value, reason: reason?.en ?? null }));
  };

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder.write('tides.yaml', model);
    folder.write(
      'telemetry.yaml',
      `schema: citygauge/telemetry@1
jobs:
  - { id: tides, collector: exposition, subject: lin, settings: { targets: ['${base}/tide'] } }
  - id: gates
    collector: exposition
    subject: lin
    settings: { targets: [{ url: '${base}/gate', instance: gate }, { url: '${base}/other', instance: other }] }
`,
    );
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', zone);
  });
  after(() => server.close());

  it('leaves the figures of that period failed with the error, whether it was alone in its job or not', async () => {
    const good = await cg('collect', '--telemetry', 'telemetry.yaml');
    assert.equal(good.exitCode, 0, good.stdout);
    isThere = false;
    const bad = await cg('--json', 'collect', '--telemetry', 'telemetry.yaml');
    assert.equal(bad.exitCode, 1);
    const states = (JSON.parse(bad.stdout) as { state: string }[]).map(({ state }) => state);
    assert.deepEqual(states, ['failed', 'partial']);
    assert.deepEqual(await levels(lastWeek), [
      { state: 'measured', value: 0.75, reason: null },
      { state: 'measured', value: 0.25, reason: null },
    ]);
    assert.equal(said, '');
    const error = 'runs of the period, last with: the server answered with status 503';
    assert.deepEqual(await levels(now), [
      {
        state: 'failed',
        value: null,
        reason: `tide_ratio was not collected: the job tides failed in 1 of its 2 ${error}`,
      },
      {
        state: 'failed',
        value: null,
        reason: `gate_ratio was not collected: the job gates failed in 1 of its 2 ${error}`,
      },
    ]);
    assert.match(
      said,
      /^citygauge: 2 项指标采集失败，未能取得数值，其中 M\.tide：没有采到指标 tide_ratio：任务 tides .*503\n$/,
    );
    await levels(now, '--lang', 'en');
    assert.match(
      said,
      /^citygauge: 2 figures failed; the first, M\.tide: tide_ratio was not collected: .* status 503\n$/,
    );
  });
});
