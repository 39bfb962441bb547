import assert from 'node:assert/strict';
import { periodAt } from '../../collectors/contract.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { runIn } from '../cli/run.ts';
import { requireProgram } from '../real-parts.ts';
import { scratchFolder } from '../scratch-folder.ts';

const checks = `schema: citygauge/checks@1
sources:
  - id: units
    title: { zh: 单位名录, en: Units }
    department: 编办
    csv: units.csv
    checks:
      - completeness: code
        max: 0.5
      - format: code
        as: credit-code
        max: 0.1
`;

/** One code of three is missing; of the other two one has a wrong check digit. */
const units = 'code,name\n91350100M000100Y43,甲\n91350100M000100Y44,乙\n,丙\n';

const sarif = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Linter',
          rules: [{ id: 'no-eval', properties: { 'security-severity': '8.8' } }],
        },
      },
      results: [{ ruleId: 'no-eval', level: 'error', message: { text: 'eval runs what it is given' } }],
    },
  ],
};

const settings = JSON.stringify({
  schema: 'citygauge/telemetry@1',
  jobs: [
    { id: 'quality', collector: 'quality-checks', settings: { file: 'checks.yaml' } },
    { id: 'reports', collector: 'scan-report', settings: { files: ['lint.sarif'], asset: 'portal' } },
    { id: 'ports', collector: 'scan-nmap', settings: { targets: ['127.0.0.1'], ports: [22, 23] } },
    { id: 'register', collector: 'security-register', settings: {} },
  ].map((job) => ({ ...job, subject: 'lin', every: '1h' })),
});

const leaf = (id: string, unit: string, measure: string) => `
      - id: ${id}
        title: { zh: 指标, en: Indicator }
        meaning: { zh: 含义, en: Meaning }
        unit: ${unit}
        weight: 0.25
        measure: { ${measure} }`;

const unowned = 'metric: citygauge_assets_unowned, reduce: ratio, by: last, total: citygauge_assets';

/** A sample anywhere in the week is enough: the test lasts seconds. */
const model = `schema: citygauge/model@1
id: registers
version: 1.0.0
title: { zh: 台账, en: Registers }
description: { zh: 台账, en: The registers }
source:
  document: { zh: 无, en: None }
  section: { zh: 全文, en: All of it }
  weightsBy: citygauge
  notes: []
grades:
  - { grade: A, from: 0, meaning: { zh: 优, en: Good } }
overall: { kind: score, explanation: { zh: 加权, en: Weighted } }
defaults:
  all:
    direction: lower
    best: 0
    worst: 10
    range: { min: 0, max: null }
    tolerance: 0.05
    zeroBase: notApplicable
    frequency: month
    scale: linear
    owner: { zh: 办公室, en: Office }
    intervention: { zh: 督办, en: Press }
  units:
    ratio: { range: { min: 0, max: 1 }, worst: 1 }
  metrics: { every: 1s, minimumCoverage: 0, fullCoverage: 0.000001 }
modules:
  - id: M
    title: { zh: 模块, en: Module }
    meaning: { zh: 含义, en: Meaning }
    weight: 1
    combine: { method: arithmetic }
    children:${[
      leaf('missing', 'ratio', `metric: 'citygauge_quality_problem_ratio{problem="missing"}', reduce: last`),
      leaf('format', 'ratio', `metric: 'citygauge_quality_problem_ratio{problem="format"}', reduce: last`),
      leaf('high', 'count', `metric: 'citygauge_findings_open{severity="high"}', reduce: last`),
      leaf('unowned', 'ratio', unowned),
    ].join('')}
`;

describe('the registers, from a check file and scanners to a verified report', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  const environment = { PATH: process.env.PATH };
  const now = () => new Date().toISOString();
  const citygauge = async (...argv: string[]) => {
    const ran = await runIn(folder.path, { now, environment }, '--json', ...argv);
    assert.ok(ran.exitCode < 2, ran.stderr);
    return ran;
  };

  before(async function () {
    requireProgram(this, 'nmap');
    folder.write('checks.yaml', checks);
    folder.write('units.csv', units);
    folder.write('lint.sarif', JSON.stringify(sarif));
    folder.write('telemetry.yaml', settings);
    folder.write('registers.yaml', model);
    await citygauge('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'UTC');
    await citygauge('collect', 'quality', 'reports', 'ports', '--telemetry', 'telemetry.yaml');
    await citygauge('collect', 'register', '--telemetry', 'telemetry.yaml');
  });

  it('measures what was checked and found, and prints chapters that a stranger can count again', async () => {
    // Past the second in which the last sample was taken: an interval counts when it is over.
    const asOf = new Date(Date.now() + 1000).toISOString();
    const order = [
      '--model',
      'registers.yaml',
      '--subject',
      'lin',
      '--period',
      periodAt('week', asOf, 'UTC'),
      '--as-of',
      asOf,
    ];
    const evaluation = JSON.parse((await citygauge('evaluate', ...order)).stdout) as Evaluation;
    const figures = evaluation.observations.map(({ indicator, state, value }) => [indicator, state, value]);
    assert.deepEqual(figures, [
      ['M.missing', 'measured', 1 / 3],
      ['M.format', 'measured', 0.5],
      ['M.high', 'measured', 1],
      ['M.unowned', 'measured', 1],
    ]);
    await citygauge('report', evaluation.sha256, '--out', 'registers.pdf');
    const verified = await citygauge('verify', 'registers.pdf');
    assert.equal(verified.exitCode, 0, verified.stdout);
    const { compared } = JSON.parse(verified.stdout) as { compared: { values: number } };
    assert.ok(compared.values > 0);
  });

  it('keeps the run with its results and the findings with their asset', async () => {
    const listed = JSON.parse((await citygauge('finding', 'list', '--subject', 'lin')).stdout);
    const rows = (listed.rows ?? listed) as { rule: string; asset: string; severity: string }[];
    assert.deepEqual(
      rows.filter(({ severity }) => severity === 'high').map(({ rule, asset }) => [rule, asset]),
      [['no-eval', 'portal']],
    );
    const again = await citygauge('quality', 'check', '--checks', 'checks.yaml', '--subject', 'lin');
    assert.equal(again.exitCode, 1);
  });
});
