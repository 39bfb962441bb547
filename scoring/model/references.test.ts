import assert from 'node:assert/strict';
import { leavesOf } from '../contract.ts';
import { modelOf } from '../engine/test-input.ts';
import { shippedModelIds } from '../models/model-folder.ts';
import { checkReferences } from './references.ts';

const value = modelOf('scie-2021-value');

describe('figures taken from other models', () => {
  const all = shippedModelIds.map(modelOf);

  it('are there, in a unit that can be converted', () => {
    const taken = all.flatMap(leavesOf).filter(({ leaf }) => leaf?.measure.kind === 'indicator');
    assert.ok(taken.length >= 4, `only ${taken.length} were looked at`);
    for (const model of all) assert.deepEqual(checkReferences(model, all), [], model.id);
  });

  for (const [title, to, fault] of [
    [
      'a model that is not there',
      'citygauge-operation:business.service.oneNetworkRatio',
      '"citygauge-operation:business.service.oneNetworkRatio": no model is called "citygauge-operation"; did you mean "citygauge-operations"?',
    ],
    [
      'an indicator that is not there',
      'citygauge-operations:business.service.oneNetworkRate',
      '"citygauge-operations:business.service.oneNetworkRate": citygauge-operations has no such indicator; did you mean "business.service.oneNetworkRatio"?',
    ],
    [
      'an indicator in another unit',
      'citygauge-operations:business.eventLoop.meanHandlingHours',
      '"citygauge-operations:business.eventLoop.meanHandlingHours" is in "hour", yet S3.P1 is in "ratio"',
    ],
  ] as const) {
    it(`are refused for ${title}, at their place in the file`, () => {
      const yaml = value.yaml.replace('citygauge-operations:business.service.oneNetworkRatio', to);
      const [found, ...others] = checkReferences(modelOf(yaml), all);
      assert.deepEqual(others, []);
      assert.deepEqual([found?.message, found?.path], [fault, 'modules[2].children[0].measure.indicator']);
      assert.match(yaml.split('\n')[(found?.line ?? 0) - 1] ?? '', new RegExp(to));
    });
  }
});
