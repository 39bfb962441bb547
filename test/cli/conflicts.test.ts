import assert from 'node:assert/strict';
import { join } from 'node:path';
import { workbenchOn } from '../../cli/compose/workbench.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ordersCsv, run } from './run.ts';

const noPromises = { slos: [], findings: [], thresholds: [], catalogues: [] };

describe('decisions on conflicts', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);
  const january = ['--subject', 'lin', '--period', '2026-01'];
  const decided = ['--by', '李四', '--reason', '与十二月台账逐件核对'];
  const closure = 'closure.closureRatio';
  const json = async (...argv: string[]) => {
    const { stdout, stderr, exitCode } = await cg('--json', ...argv);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  };
  const nodeOf = ({ nodes }: Evaluation) => nodes.find(({ id }) => id === closure);

  before(async () => {
    folder.write('orders.csv', ordersCsv(40));
    const figures = `indicator,value,numerator,denominator,unit,state\n${closure},0.95,38,40,ratio,submitted\n`;
    folder.write('figures.csv', figures);
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    await json('import', 'work-orders', 'orders.csv', '--subject', 'lin');
    await json('import', 'observations', 'figures.csv', ...january);
  });

  it('are asked for: the list names both sources, and the figure is blocked', async () => {
    const { conflicts, resolutions } = await json('conflict', 'list', ...january);
    assert.deepEqual(resolutions, []);
    assert.deepEqual(
      conflicts.map((each: { indicator: string; candidates: { value: number }[] }) => [
        each.indicator,
        each.candidates.map(({ value }) => value),
      ]),
      [[closure, [0.8, 0.95]]],
    );
    assert.match((await cg('conflict', 'list', ...january)).stdout, /系统测量.*\n.*95\.0 %.*填报（附佐证）/);
    const evaluation = await json('evaluate', '--model', 'event-loop-2022', ...january);
    assert.equal(nodeOf(evaluation)?.state, 'conflict');
  });

  it('are refused without a reason, and for a source that is none', async () => {
    const resolve = ['conflict', 'resolve', closure, ...january];
    assert.equal((await cg(...resolve, '--value', '0.95', '--by', '李四')).exitCode, 2);
    const blank = await cg(...resolve, '--value', '0.95', '--by', ' ', '--reason', ' ');
    assert.deepEqual(
      [blank.exitCode, blank.stderr],
      [2, 'citygauge: a decision needs who decided\ncitygauge: a decision needs the reason\n'],
    );
    const strange = await cg(...resolve, '--value', '0.9', ...decided);
    assert.match(
      strange.stderr,
      /which one source of "closure\.closureRatio" counts: 0\.8 \(measured\), 0\.95 \(submitted\)/,
    );
    const other = await cg('conflict', 'resolve', 'S1.T1', ...january, '--value', '1', ...decided);
    assert.match(other.stderr, /the sources of "S1\.T1" do not disagree here: nothing is in conflict/);
    assert.deepEqual((await json('conflict', 'list', ...january)).resolutions, []);
  });

  it('let the chosen source count, evaluate again with the same cut-off and verify', async () => {
    const evaluation: Evaluation = await json(
      ...['conflict', 'resolve', closure, ...january, '--provenance', 'submitted', ...decided],
    );
    assert.deepEqual([nodeOf(evaluation)?.value, nodeOf(evaluation)?.provenance], [0.95, 'submitted']);
    assert.equal(evaluation.resolutions?.[0]?.resolution.decidedAt, '2026-11-20T08:00:00.000Z');
    assert.equal(evaluation.asOf, '2026-01-31T16:00:00Z');
    assert.deepEqual(await json('evaluate', '--model', 'event-loop-2022', ...january), evaluation);
    await json('report', evaluation.sha256, '--format', 'pdf', '--out', 'decided.pdf');
    const verified = await cg('verify', 'decided.pdf');
    assert.equal(verified.exitCode, 0, verified.stdout + verified.stderr);
  });

  it('lapse when the figures change, which is said', async () => {
    const figures = `indicator,value,numerator,denominator,unit,state\n${closure},0.9,36,40,ratio,submitted\n`;
    folder.write('figures.csv', figures);
    await json('import', 'observations', 'figures.csv', ...january);
    const evaluation: Evaluation = await json('evaluate', '--model', 'event-loop-2022', ...january);
    assert.equal(nodeOf(evaluation)?.state, 'conflict');
    assert.equal(evaluation.lapsedResolutions?.length, 1);
    assert.match(
      evaluation.deviations[0]?.en ?? '',
      /^the decision of 李四 on "Closure rate" \(closure\.closureRatio\), .* no longer applies/,
    );
    assert.match((await cg('conflict', 'list', ...january)).stdout, /已失效：数值有变/);
    await json('report', evaluation.sha256, '--format', 'pdf', '--out', 'lapsed.pdf');
    assert.equal((await cg('verify', 'lapsed.pdf')).exitCode, 0);
  });

  it('can be taken back once', async () => {
    const evaluation: Evaluation = await json('conflict', 'withdraw', closure, ...january);
    assert.deepEqual([evaluation.resolutions, evaluation.lapsedResolutions], [undefined, undefined]);
    const again = await cg('conflict', 'withdraw', closure, ...january);
    assert.equal(again.exitCode, 2);
    assert.match(again.stderr, /no decision stands on "closure\.closureRatio" for lin 2026-01/);
  });

  it('concern figures of another model too: what is measured there, and what was entered here', async () => {
    const head = 'indicator,value,numerator,denominator,unit,state\n';
    folder.write('operations.csv', `${head}business.service.oneNetworkRatio,0.91,91,100,ratio,measured\n`);
    folder.write('value.csv', `${head}S3.P1,0.98,98,100,ratio,submitted\nS3.P2,0.9,90,100,ratio,submitted\n`);
    await json('import', 'observations', 'operations.csv', ...january);
    await json('import', 'observations', 'value.csv', ...january);
    const value: Evaluation = await json('evaluate', '--model', 'scie-2021-value', ...january);
    const [conflict, ...others] = value.conflicts;
    assert.deepEqual(others, []);
    assert.deepEqual(
      conflict?.candidates.map(({ indicator, value: stated, provenance }) => [indicator, stated, provenance]),
      [
        ['S3.P1', 0.91, 'measured'],
        ['S3.P1', 0.98, 'submitted'],
      ],
    );
    assert.match(
      conflict?.candidates[0]?.source?.query ?? '',
      /^citygauge-operations:business\.service\.oneNetworkRatio/,
    );
    const resolved: Evaluation = await json(
      'conflict',
      'resolve',
      'S3.P1',
      ...january,
      '--value',
      '0.91',
      ...decided,
    );
    assert.deepEqual(resolved.conflicts, []);
    assert.equal(resolved.observations.find(({ indicator }) => indicator === 'S3.P1')?.value, 0.91);
    folder.write('value.csv', `${head}S3.P1,0.912,912,1000,ratio,submitted\n`);
    await json('import', 'observations', 'value.csv', ...january);
    const agreed: Evaluation = await json('evaluate', '--model', 'scie-2021-value', ...january);
    assert.deepEqual(
      [agreed.conflicts, agreed.reconciliations.length, agreed.lapsedResolutions?.length],
      [[], 1, 1],
    );
  });

  it('are taken in the pages too, by the same rules and with the cut-off of the evaluation shown', async () => {
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    try {
      const now = () => '2026-11-21T09:30:00.000Z';
      const workbench = workbenchOn(store, { telemetry: null as never, promises: noPromises }, { now });
      const asOf = '2026-01-31T10:00:00Z';
      const order = { model: 'event-loop-2022', subject: 'lin', period: '2026-01', asOf };
      const open = await workbench.evaluate(order);
      const [conflict] = open.conflicts;
      const chosen = conflict?.candidates.find(({ provenance }) => provenance === 'submitted');
      const decision = {
        indicator: closure,
        value: chosen?.value ?? Number.NaN,
        provenance: 'submitted' as const,
        decidedBy: '赵六',
        reason: '以复核台账为准',
      };
      await assert.rejects(
        workbench.resolve(open, { ...decision, value: 0.5 }),
        /0\.5 \(submitted\) is no source/,
      );
      const resolved = await workbench.resolve(open, decision);
      assert.deepEqual([resolved.conflicts, resolved.asOf], [[], open.asOf]);
      assert.equal(resolved.resolutions?.[0]?.resolution.decidedAt, now());
      assert.equal((await workbench.latest('event-loop-2022', 'lin', '2026-01'))?.sha256, resolved.sha256);
      const back = await workbench.withdraw(resolved, closure);
      assert.equal(back.sha256, open.sha256);
    } finally {
      await store.close();
    }
  });
});
