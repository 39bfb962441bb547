import assert from 'node:assert/strict';
import type { Observation } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { smallModel } from '../model/small-model.ts';
import { candidate, inputFor, modelOf } from './test-input.ts';

const model = modelOf(smallModel);
const whole = { 'M.T1': 3.2, 'M.P2': 0.9, 'N.x': 0.8, 'N.y': 0.7 };

/** Scores the whole tree with these candidates for one leaf instead of its usual one. */
function scoreWith(indicator: string, given: readonly (number | Partial<Observation>)[]) {
  const { candidates } = inputFor(model, whole);
  const others = candidates.filter((each) => each.indicator !== indicator);
  const evaluation = scoringEngine.score(
    inputFor(
      model,
      {},
      { candidates: [...others, ...given.map((each) => candidate(model, indicator, each))] },
    ),
  );
  const observation = evaluation.observations.find((each) => each.indicator === indicator);
  const node = evaluation.nodes.find((each) => each.id === indicator);
  if (!observation || !node) throw new Error(`no ${indicator}`);
  return { evaluation, observation, node };
}

const submitted = { state: 'submitted', provenance: 'submitted' } as const;

describe('weighing several sources of one figure', () => {
  it('reconciles sources within tolerance: the measured value counts', () => {
    const { evaluation, observation, node } = scoreWith('N.x', [{ ...submitted, value: 0.82 }, 0.8]);
    assert.deepEqual([observation.value, observation.provenance], [0.8, 'reconciled']);
    assert.equal(node.provenance, 'reconciled');
    assert.deepEqual(evaluation.conflicts, []);
    const [found] = evaluation.reconciliations;
    assert.deepEqual(
      [found?.indicator, found?.tolerance, found?.relativeDifference.toFixed(4)],
      ['N.x', 0.05, '0.0244'],
    );
    assert.deepEqual(
      found?.candidates.map((each) => each.value),
      [0.8, 0.82],
    );
    assert.equal(
      found?.reason.zh,
      '多个来源在容差 5.0 % 以内一致（系统测量 80.0 %、填报（附佐证） 82.0 %），取证据等级最高者',
    );
  });

  it('does not call two statements measured because they agree', () => {
    const { observation, evaluation } = scoreWith('N.x', [
      { state: 'selfReported', provenance: 'selfReported', value: 0.8 },
      { ...submitted, value: 0.81 },
    ]);
    assert.deepEqual([observation.value, observation.provenance], [0.81, 'submitted']);
    assert.equal(evaluation.reconciliations.length, 1);
  });

  it('makes a conflict of sources beyond tolerance, which blocks its module and the whole', () => {
    const { evaluation, observation, node } = scoreWith('N.x', [{ ...submitted, value: 0.95 }, 0.8]);
    assert.deepEqual(
      [observation.state, observation.value, observation.provenance],
      ['conflict', null, null],
    );
    assert.equal(
      observation.reason?.en,
      'the sources have a relative difference of 15.8 %, beyond 5.0 % (measured 80.0 %, submitted with evidence 95.0 %); none counts until this is resolved',
    );
    assert.deepEqual([node.state, node.points, node.scoreLow], ['conflict', null, 0]);
    assert.equal(evaluation.conflicts[0]?.indicator, 'N.x');
    const n = evaluation.nodes.find((each) => each.id === 'N');
    assert.deepEqual([n?.grade, evaluation.overall.grade], [null, null]);
    assert.equal(n?.reason.zh, '已有证据得分 70.0，覆盖率 30.0 %；来源冲突未核实，不定级；缺少：乙一');
  });

  it('blocks a module by a conflict even where the coverage would do', () => {
    const { evaluation } = scoreWith('N.y', [{ ...submitted, value: 0.95 }, 0.7]);
    const lenient = scoringEngine.score(
      inputFor(
        { ...model, coverageFloor: 0.5 },
        {},
        {
          candidates: [
            ...inputFor(model, { 'M.T1': 3.2, 'M.P2': 0.9, 'N.x': 0.8 }).candidates,
            candidate(model, 'N.y', 0.7),
            candidate(model, 'N.y', { ...submitted, value: 0.95 }),
          ],
        },
      ),
    );
    for (const each of [evaluation, lenient]) {
      assert.equal(each.nodes.find(({ id }) => id === 'N')?.grade, null);
      assert.equal(each.overall.grade, null);
    }
  });

  it('is not blocked by a conflict over a figure that is context only', () => {
    const { evaluation } = scoreWith('N.context', [0.2, { ...submitted, value: 0.6 }]);
    assert.equal(evaluation.conflicts.length, 1);
    assert.equal(evaluation.overall.grade, 'B');
  });

  it('takes the difference as 0 when all sources say 0', () => {
    const { evaluation } = scoreWith('M.T1', [0, { ...submitted, value: 0 }]);
    assert.equal(evaluation.reconciliations[0]?.relativeDifference, 0);
  });

  it('counts the same observation given twice as one', () => {
    const { evaluation, observation } = scoreWith('N.x', [0.8, 0.8]);
    assert.deepEqual([observation.provenance, evaluation.reconciliations], ['measured', []]);
  });

  it('uses a statement where the measurement failed', () => {
    const reason = { zh: '接口超时', en: 'timeout' };
    const { observation } = scoreWith('N.x', [
      { state: 'failed', reason },
      { ...submitted, value: 0.8 },
    ]);
    assert.deepEqual([observation.state, observation.value], ['submitted', 0.8]);
  });

  it('lets a signed exclusion win over every value', () => {
    const reason = { zh: '经签署排除', en: 'excluded' };
    const { observation, evaluation } = scoreWith('N.y', [0.7, { state: 'excluded', reason }]);
    assert.equal(observation.state, 'excluded');
    assert.equal(evaluation.nodes.find(({ id }) => id === 'N')?.score, 80);
  });
});

describe('refusing impossible figures', () => {
  const refusals: [string, string, Partial<Observation>, string][] = [
    [
      'a ratio above 1',
      'N.x',
      { value: 1.3 },
      'the value 1.3 lies outside 0 … 1; divide a percentage by 100',
    ],
    ['a ratio below 0', 'N.x', { value: -0.1 }, 'the value -0.1 lies outside 0 … 1'],
    ['a percentage', 'N.x', { value: 85 }, 'the value 85 lies outside 0 … 1; divide a percentage by 100'],
    ['a negative time', 'M.T1', { value: -2 }, 'the value -2 lies outside 0 … ∞'],
    ['NaN', 'M.T1', { value: Number.NaN }, 'the value NaN is no finite number'],
    ['infinity', 'M.T1', { value: Number.POSITIVE_INFINITY }, 'the value Infinity is no finite number'],
    ['no value', 'M.T1', { value: null }, 'the value null is no finite number'],
    [
      'another unit',
      'M.T1',
      { value: 3, unit: 'hour' },
      'the unit "hour" is not the indicator\'s "day" (value 3)',
    ],
    [
      'a numerator above the denominator',
      'N.x',
      { value: 0.8, numerator: 8, denominator: 5 },
      'numerator 8 is above denominator 5',
    ],
    [
      'a denominator of 0',
      'N.x',
      { value: 0.8, numerator: 0, denominator: 0 },
      'the denominator 0 is not positive (value 0.8)',
    ],
    [
      'a value that is not its fraction',
      'N.x',
      { value: 0.8, numerator: 7, denominator: 10 },
      'the value 0.8 is not 7 / 10 = 0.7',
    ],
    [
      'a mean that is not its fraction',
      'M.T1',
      { value: 3, numerator: 8, denominator: 2 },
      'the value 3 is not 8 / 2 = 4',
    ],
    [
      'a numerator that is no number',
      'N.x',
      { value: 0.8, numerator: Number.NaN, denominator: 2 },
      'numerator or denominator is no finite number (NaN / 2)',
    ],
  ];
  for (const [title, indicator, given, reason] of refusals) {
    it(`turns ${title} into a failed observation that names it`, () => {
      const { observation, node } = scoreWith(indicator, [given]);
      assert.deepEqual(
        [observation.state, observation.value, observation.provenance],
        ['failed', null, null],
      );
      assert.equal(observation.reason?.en, reason);
      assert.deepEqual([node.state, node.points], ['failed', null]);
    });
  }

  it('accepts a value that was rounded to whole percents', () => {
    const { observation } = scoreWith('N.x', [{ value: 0.67, numerator: 2, denominator: 3 }]);
    assert.deepEqual([observation.state, observation.value], ['measured', 0.67]);
  });

  it('accepts both ends of the range', () => {
    for (const value of [0, 1]) assert.equal(scoreWith('N.x', [value]).observation.value, value);
  });
});
