import assert from 'node:assert/strict';
import { evaluationRun } from '../../cli/compose/telemetry/evaluation-readings.ts';
import { recordsSink, scansSink, storeSink } from '../../cli/compose/telemetry/store-sink.ts';
import type { Collected, CollectedRecords, CollectedScan } from '../../collectors/contract.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { found, report } from '../../store/test-suites/security-fixtures.ts';
import { scratchFolder } from '../scratch-folder.ts';

const evaluation = {
  model: { id: 'm' },
  subject: { id: 'lin' },
  period: { end: '2026-02-01T00:00:00Z' },
  overall: { score: null, coverage: 0.25 },
  nodes: [],
  observations: [],
} as unknown as Evaluation;

/** A run of the job `orders` that brought these records. */
function runWith(records: readonly CollectedRecords[]): Collected {
  const { outcome } = evaluationRun(evaluation, '2026-02-03T00:00:00.000Z');
  return { outcome: { ...outcome, job: 'orders', records: 1 }, readings: [], records, types: {} };
}

const order = (id: string, closed: string | null) => ({
  id,
  type: '占道经营',
  accepted: '2026-01-05T01:00:00+08:00',
  closed,
});

describe('records that a collector brings', function () {
  this.timeout(30_000);
  const folder = scratchFolder();
  let store: EvidenceStore;
  before(async () => {
    store = await openStore({ dataFolder: folder.path });
    const name = { zh: '临江市', en: 'Lin' };
    await store.subjects.put([
      { id: 'lin', name, kind: 'city', parent: null, timeZone: 'Asia/Shanghai', isSample: false },
    ]);
  });
  after(() => store.close());

  const accept = (records: readonly CollectedRecords[], signal = new AbortController().signal) =>
    recordsSink(store, { now: () => '2026-02-03T00:00:00.000Z', signal }).accept(runWith(records));

  it('are read and merged like a file: once, with changes, and with what cannot be taken counted', async () => {
    await accept([
      { kind: 'work-orders', rows: [order('A1', null), order('A2', '2026-01-06T01:00:00+08:00')] },
    ]);
    await accept([
      {
        kind: 'work-orders',
        rows: [
          order('A1', '2026-01-07T01:00:00+08:00'),
          order('A2', '2026-01-06T01:00:00+08:00'),
          order('', null),
        ],
      },
    ]);
    const imports = await store.imports.list();
    assert.deepEqual(
      imports.map((each) => [each.fileName, each.new, each.changed, each.unchanged, each.rejected]),
      [
        ['collector/orders.json', 0, 1, 1, 1],
        ['collector/orders.json', 2, 0, 0, 0],
      ],
    );
    assert.equal((await store.describe()).recordCounts['work-orders'], 2);
  });

  it('leave nothing when the program stops, nor when there are none', async () => {
    const before = await store.imports.list();
    const stopped = AbortSignal.abort(new Error('stopped'));
    await assert.rejects(accept([{ kind: 'work-orders', rows: [order('A9', null)] }], stopped), /AbortError/);
    await accept([{ kind: 'incidents', rows: [] }]);
    assert.deepEqual(await store.imports.list(), before);
    assert.equal((await store.describe()).recordCounts['work-orders'], 2);
  });

  it('and reports of scanners are merged oldest first, one that is refused stopping no other', async () => {
    const scanOf = (producedAt: string, rules: readonly string[]): CollectedScan => ({
      ...{ fileName: `${producedAt}.json`, sha256: producedAt },
      report: report(producedAt, ['web'], { findings: rules.map((rule) => found(rule, 'web')) }),
    });
    const scans = [
      scanOf('2026-02-02T00:00:00.000Z', []),
      scanOf('2026-03-01T00:00:00.000Z', ['CVE-3']),
      scanOf('2026-02-01T00:00:00.000Z', ['CVE-1']),
    ];
    const sink = scansSink(store, { now: () => '2026-02-03T00:00:00.000Z' });
    await assert.rejects(sink.accept({ ...runWith([]), scans }), {
      name: 'InputError',
      message: /2026-03-01.*after now/,
    });
    const kept = await store.security.scans(['lin'], 9);
    assert.deepEqual(
      kept.map(({ producedAt, new: added, fixed }) => [producedAt.slice(0, 10), added, fixed]),
      [
        ['2026-02-02', 0, 1],
        ['2026-02-01', 1, 0],
      ],
    );
  });

  it('are kept beside the readings of the run and the run itself', async () => {
    const run = evaluationRun(evaluation, '2026-02-03T00:00:00.000Z');
    await storeSink(store).accept(run);
    const [kept] = await store.runs.list(run.outcome.job, 5);
    assert.deepEqual(kept, run.outcome);
    const from = '2026-02-03T00:00:00.000Z';
    const [coverage] = await store.readings.list(
      'citygauge_evaluation_coverage_ratio',
      from,
      '2026-02-03T00:00:00.001Z',
    );
    assert.deepEqual([coverage?.value, coverage?.labels.model], [0.25, 'm']);
  });
});
