import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Model, StageSpec } from '../contract.ts';
import { modelOf } from '../engine/test-input.ts';
import { smallModel } from '../model/small-model.ts';
import { reckonStages, type StagedNode } from './reckon-stages.ts';

const title = (id: string) => ({ zh: `${id}模块`, en: id });
const spec = (id: string, from: number, modules: StageSpec['modules']): StageSpec => ({
  id,
  title: { zh: id, en: id },
  meaning: title(id),
  from,
  modules,
});

const stages: readonly StageSpec[] = [
  spec('initial', 40, { a: { weight: 0.5, min: 30, max: 60 }, b: { weight: 0.5, min: 30, max: 60 } }),
  spec('improving', 60, { a: { weight: 0.4, min: 50, max: 80 }, b: { weight: 0.6, min: 55, max: 80 } }),
  spec('mature', 85, { a: { weight: 0.3, min: 75, max: 100 }, b: { weight: 0.7, min: 80, max: 100 } }),
];
const model: Model = { ...modelOf(smallModel), stages };

function node(id: string, low: number | null, more: Partial<StagedNode> = {}): StagedNode {
  return {
    id,
    title: title(id),
    scoreLow: low,
    scoreHigh: low,
    coverage: 1,
    grade: low === null ? null : 'A',
    ...more,
  };
}

function stageOf(a: number | null, b: number | null, other = model) {
  return reckonStages(other, [node('a', a), node('b', b), node('unnamed', 1)]);
}

describe('the stage of operation', () => {
  it('adds up each module up to its maximum, by its weight', () => {
    const { stage, stages: [initial, improving] = [] } = stageOf(70, 65);
    assert.equal(stage, 'improving');
    assert.deepEqual([initial?.scoreLow, initial?.scoreHigh, initial?.isReached], [60, 60, true]);
    assert.deepEqual(improving?.modules, [
      { module: 'a', weight: 0.4, min: 50, max: 80, low: 70, high: 70, points: 28, hasEntered: true },
      { module: 'b', weight: 0.6, min: 55, max: 80, low: 65, high: 65, points: 39, hasEntered: true },
    ]);
  });

  it('begins exactly at the minimum of a module and at the stage score that is asked for', () => {
    assert.equal(stageOf(50, 66.67).stage, 'improving');
    assert.equal(stageOf(49.99, 79).stage, 'initial');
    assert.equal(stageOf(60, 60).stage, 'improving');
    assert.equal(stageOf(60, 59.9).stage, 'initial');
  });

  it('counts nothing above the maximum: one strong module does not carry a weak one', () => {
    const { stage, heldBackBy } = stageOf(100, 42);
    assert.equal(stage, 'initial');
    assert.deepEqual(
      heldBackBy.map(({ module, gap, reason }) => [module, Number(gap.toFixed(4)), reason.zh]),
      [
        ['b', 13, 'b模块 42.0 分，未达“improving”阶段的准入线 55 分，差 13.0 分'],
        [null, 2.8, '阶段得分 57.2 分，未达“improving”阶段的 60 分，差 2.8 分'],
      ],
    );
  });

  it('says where it stands and what holds it back most, in both languages', () => {
    assert.equal(
      stageOf(70, 65).reason.en,
      'at "improving": every module has entered, stage score 67.0 of the 60.0 that are asked for; what holds back most from "mature": the stage score of 66.5 is below the 85 of "mature": 18.5 points short',
    );
    assert.match(stageOf(20, 20).reason.zh, /^尚未达到任何运营阶段的要求；距“initial”阶段最大的差距：/);
    assert.deepEqual(stageOf(96, 97).heldBackBy, []);
    assert.equal(stageOf(96, 97).stage, 'mature');
  });

  it('skips no stage: who misses a lower one has not reached a higher one', () => {
    const [initial, improving, mature] = stages;
    const strict = initial && {
      ...initial,
      modules: { ...initial.modules, a: { weight: 0.5, min: 99, max: 99 } },
    };
    const odd = { ...model, stages: [strict, improving, mature].flatMap((each) => each ?? []) };
    const result = stageOf(98, 98, odd);
    assert.equal(result.stage, null);
    assert.deepEqual(
      result.stages.map(({ isReached }) => isReached),
      [false, false, false],
    );
    assert.equal(result.heldBackBy[0]?.module, 'a');
  });

  it('is not told while a module that counts is ungraded, and says what it may be', () => {
    const nodes = [node('a', 62), node('b', 41, { scoreHigh: 95, coverage: 0.46, grade: null })];
    const result = reckonStages(model, nodes);
    assert.deepEqual([result.stage, result.title, result.isDetermined], [null, null, false]);
    assert.equal(
      result.reason.en,
      'the stage is not told while 1 module is ungraded: b (coverage 46.0 %); at worst "initial", at best "improving"',
    );
    assert.equal(
      result.reason.zh,
      '1 个模块未定级：b模块（覆盖率 46.0 %）；运营阶段暂不判定；最低为“initial”阶段，最高为“improving”阶段',
    );
  });

  it('looks at no module that no stage names', () => {
    const result = reckonStages(model, [node('a', 70), node('b', 65), node('unnamed', 0, { grade: null })]);
    assert.equal(result.stage, 'improving');
  });

  it('leaves out a module to which nothing applies, and scales the other weights up', () => {
    const result = stageOf(null, 65);
    assert.deepEqual(result.stages[1]?.modules, [
      { module: 'a', weight: 0, min: 50, max: 80, low: null, high: null, points: 0, hasEntered: true },
      { module: 'b', weight: 1, min: 55, max: 80, low: 65, high: 65, points: 65, hasEntered: true },
    ]);
    assert.equal(result.stage, 'improving');
    assert.match(result.reason.en, /a: nothing applies; left out, the other weights are scaled up$/);
    assert.deepEqual([stageOf(null, null).stage, stageOf(null, null).isDetermined], [null, false]);
  });

  it('never falls when a module rises', () => {
    const score = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
    const height = (a: number, b: number) => stageOf(a, b).stages.filter(({ isReached }) => isReached).length;
    const seen = new Set<number>();
    fc.assert(
      fc.property(score, score, fc.integer({ min: 0, max: 60 }), (a, b, rise) => {
        seen.add(height(a, b));
        assert.ok(height(Math.min(100, a + rise), b) >= height(a, b));
        assert.ok(height(a, Math.min(100, b + rise)) >= height(a, b));
      }),
      { numRuns: 400 },
    );
    assert.ok(seen.size >= 3, `only heights ${[...seen]} were seen`);
  });
});
