import assert from 'node:assert/strict';
import { join } from 'node:path';
import { leavesOf, type Model, type Observation, parsePeriod } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import { openStore } from '../../store/open-store.ts';
import { shippedModel } from '../report-samples.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { run } from './run.ts';

const subject = {
  id: 'lin',
  name: { zh: '临江市', en: 'Linjiang' },
  kind: 'city' as const,
  parent: null,
  timeZone: 'Asia/Shanghai',
  isSample: false,
};

/** Every indicator at the same share of the way from worst to best; `rises` lifts one module more. */
function evaluationAt(model: Model, month: number) {
  const period = parsePeriod(`2026-${String(month).padStart(2, '0')}`, subject.timeZone);
  const candidates = leavesOf(model).map((node): Observation => {
    const { best, worst, scale } = node.leaf ?? { best: 1, worst: 0, scale: { kind: 'none' } };
    const share = 0.3 + 0.05 * month + (node.id.startsWith('cloud.') ? 0.02 * (month % 2) : 0);
    const from = scale.kind === 'band' ? scale.low : (worst ?? 0);
    const to = scale.kind === 'band' ? scale.bestLow : best;
    return {
      indicator: node.id,
      subject: subject.id,
      period: period.id,
      state: 'measured',
      value: from + (to - from) * share,
      numerator: null,
      denominator: null,
      unit: node.unit,
      provenance: 'measured',
      reason: null,
      source: null,
    };
  });
  return scoringEngine.score({ model, subject, period, asOf: period.end, candidates });
}

describe('proposing stage thresholds', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const model = shippedModel('citygauge-operations');
  const calibrate = ['model', 'calibrate', model.id, '--subject', 'lin'];

  before(async () => {
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    try {
      await store.subjects.put([subject]);
      for (let month = 1; month <= 8; month += 1)
        await store.evaluations.save(evaluationAt(model, month), model, '2026-10-01T00:00:00.000Z');
    } finally {
      await store.close();
    }
  });

  it('reads the saved history, prints the correlations and stages that can be pasted', async () => {
    const { stdout, stderr, exitCode } = await run(folder.path, '--lang', 'en', ...calibrate);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /2026-01 … 2026-08 \(8\)/);
    assert.match(stdout, /│ planning +│ 1\.00 +│ 1\.00 +│/);
    const stages = stdout.slice(stdout.indexOf('\nstages:') + 1);
    const pasted = model.yaml.replace(/^stages:\n(?: .*\n)+/m, () => stages);
    assert.notEqual(pasted, model.yaml);
    assert.deepEqual(scoringEngine.checkModel(pasted).faults, []);
  });

  it('reads as many periods as are asked for, and refuses too few by name', async () => {
    const six = JSON.parse((await run(folder.path, '--json', ...calibrate, '--periods', '6')).stdout);
    assert.deepEqual(six.periods, ['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08']);
    const few = await run(folder.path, ...calibrate, '--periods', '3');
    assert.equal(few.exitCode, 2);
    assert.match(few.stderr, /3 periods have a score of every module, 6 are needed/);
    assert.equal((await run(folder.path, ...calibrate, '--periods', 'all')).exitCode, 2);
  });

  it('explains how an indicator is measured, in both languages', async () => {
    const explain = ['model', 'explain', model.id, 'cpuUtilisationRatio'];
    assert.match(
      (await run(folder.path, ...explain)).stdout,
      /监测指标：周期内平均值，各序列取平均；应每 1 天一个采样/,
    );
    const english = (await run(folder.path, '--lang', 'en', ...explain)).stdout;
    assert.match(english, /metric: mean over the period, mean across series; a sample every 1 d is expected/);
    assert.match(
      english,
      /metric\[every 1d\] mean, mean across series: citygauge_resource_utilisation_ratio/,
    );
  });
});
