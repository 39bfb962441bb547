import assert from 'node:assert/strict';
import { collectors } from '../collectors/collectors.ts';
import { metricCatalogue } from '../collectors/runner.ts';
import { leavesOf } from '../scoring/contract.ts';
import { scoringEngine } from '../scoring/engine.ts';
import { readShippedModels } from '../scoring/models/model-folder.ts';

function metricsMeasured(): string[] {
  const yaml = readShippedModels().find(({ id }) => id === 'citygauge-operations')?.yaml ?? '';
  const { model } = scoringEngine.checkModel(yaml);
  assert.ok(model);
  return leavesOf(model).flatMap(({ leaf }) => {
    if (leaf?.measure.kind !== 'metric' || !leaf.measure.of) return [];
    const { of, reduction } = leaf.measure;
    return [of.metric, ...(reduction.kind === 'ratio' ? [reduction.total.metric] : [])];
  });
}

describe('the metrics of the operations model', () => {
  it('are all yielded by a collector', () => {
    const known = new Set(metricCatalogue().map(({ name }) => name));
    const measured = new Set(metricsMeasured());
    assert.ok(measured.size > 40, `only ${measured.size} metrics`);
    assert.deepEqual(
      [...measured].filter((name) => !known.has(name)),
      [],
    );
    assert.ok(collectors.length > 10);
  });
});
