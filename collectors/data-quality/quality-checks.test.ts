import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault, type CollectorPorts } from '../contract.ts';
import { createPorts } from '../ports/ports-client.ts';
import { qualityChecks } from './quality-checks.ts';

const startedAt = '2026-11-04T00:00:00.000Z';

const orders = `id,due
A1,2026-11-03
A2,
A3,2026-11-05
A4,2026-11-06
`;

const checks = `schema: citygauge/checks@1
sources:
  - id: orders
    department: 城管局
    csv: orders.csv
    checks:
      - { completeness: due, max: 0.1 }
      - { uniqueness: id, weight: 3 }
      - { volume: { history: 5 } }
      - { completeness: dew, weight: 0.5 }
  - id: streets
    csv: streets.csv
    checks: [{ uniqueness: code }]
`;

describe('the collector of quality checks', function () {
  this.timeout(20_000);
  const folder = scratchFolder();

  const collect = (settings: object, { timeoutSeconds }: { timeoutSeconds?: number } = {}) => {
    const ports: CollectorPorts = createPorts({ settingsFolder: folder.path, environment: {} });
    const clock = { ...ports.clock, now: () => Date.parse(startedAt) };
    return qualityChecks.collect({
      ...{ job: 'quality-checks', subject: 'lin', state: undefined, startedAt },
      settings: qualityChecks.settings.parse({ file: 'rules/checks.yaml', ...settings }),
      ports: { ...ports, clock },
      signal: new AbortController().signal,
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    });
  };

  before(() => {
    mkdirSync(join(folder.path, 'rules'));
    folder.write('rules/orders.csv', orders);
    folder.write('rules/checks.yaml', checks);
  });

  it('gives readings and the run, and a gap for what could not be computed, never a zero', async () => {
    const got = await collect({ sources: ['orders'] });
    const lines = got.readings.map(({ metric, labels, value, at }) => {
      assert.equal(at, startedAt);
      return [metric.replace('citygauge_', ''), ...Object.values(labels), value].join(' ');
    });
    assert.deepEqual(lines, [
      'quality_problem_ratio duplication orders 城管局 0',
      'quality_problem_ratio missing orders 城管局 0.25',
      `quality_score orders 城管局 ${100 * (1 - 0.25 / 5)}`,
      'quality_rows orders 4',
      'quality_check_failed_ratio orders access access 0',
      'quality_check_failed_ratio orders completeness-due completeness 0.25',
      'quality_check_failed_ratio orders uniqueness-id uniqueness 0',
    ]);
    assert.deepEqual(
      got.gaps?.map(({ labels, state, reason }) => [labels.check, state, reason.en]),
      [
        ['volume', 'notApplicable', 'orders / volume: no earlier run to compare with'],
        [
          'completeness-dew',
          'failed',
          'orders / completeness-dew: orders: there is no column "dew"; it has id, due',
        ],
      ],
    );
    assert.deepEqual(
      got.targets?.map(({ target, isUp, detail }) => [target, isUp, detail.en]),
      [['orders (orders.csv)', true, '4 rows, 5 checks: 1 missed, 1 not computed']],
    );
    assert.deepEqual(
      got.quality?.map(({ subject, source, results }) => [subject, source.id, results.length]),
      [['lin', 'orders', 5]],
    );
  });

  it('brings the other sources where one cannot be read', async () => {
    const got = await collect({});
    assert.deepEqual(
      got.targets?.map(({ target, isUp }) => [target, isUp]),
      [
        ['orders (orders.csv)', true],
        ['streets (streets.csv)', false],
      ],
    );
    const last = got.gaps?.at(-1);
    assert.deepEqual([last?.metric, last?.labels, last?.state], [null, { source: 'streets' }, 'failed']);
    assert.match(last?.reason.en ?? '', /^streets: .*streets\.csv.*cannot be read/);
    assert.equal(got.quality?.length, 2);
  });

  it('fails where no source can be read, and keeps what it knows of them', async () => {
    await assert.rejects(collect({ sources: ['streets'] }), (fault: unknown) => {
      assert.ok(fault instanceof CollectorFault);
      assert.match(fault.reason.zh, /^streets：.*无法读取/);
      assert.deepEqual([fault.brought?.targets?.length, fault.brought?.quality?.[0]?.results.length], [1, 2]);
      return true;
    });
  });

  it('says which sources the time of the job did not reach', async () => {
    await assert.rejects(collect({ sources: ['orders'] }, { timeoutSeconds: 2 }), (fault: unknown) => {
      assert.ok(fault instanceof CollectorFault);
      assert.equal(fault.reason.en, 'orders: not reached within the timeout of the job');
      assert.deepEqual(fault.brought?.quality, []);
      return true;
    });
  });

  it('refuses a check file that is not there, and sources that it does not name', async () => {
    await assert.rejects(
      collect({ file: 'none.yaml' }),
      /none\.yaml.*(?:no such file|is not there|does not exist)/,
    );
    const path = join(folder.path, 'rules/checks.yaml');
    await assert.rejects(collect({ sources: ['order', 'xyz'] }), {
      message: `${path} has no source "order": did you mean orders?\n${path} has no source "xyz": it has orders, streets`,
    });
  });
});
