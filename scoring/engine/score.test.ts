import assert from 'node:assert/strict';
import { coverageOf, type EvaluatedNode, type Evaluation, overallCoverageOf } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { changed, smallModel } from '../model/small-model.ts';
import { candidate, inputFor, modelOf } from './test-input.ts';

const small = modelOf(smallModel);
const value = modelOf('scie-2021-value');

function nodeOf(evaluation: Evaluation, id: string): EvaluatedNode {
  const node = evaluation.nodes.find((each) => each.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
}

type Given = Parameters<typeof inputFor>[1];

function scoreSmall(given: Given, more: Parameters<typeof inputFor>[2] = {}): Evaluation {
  return scoringEngine.score(inputFor(small, given, more));
}

const whole = { 'M.T1': 3.2, 'M.P2': 0.9, 'N.x': 0.8, 'N.y': 0.7 };

describe('score', () => {
  it('scores, grades and explains a tree with all of its evidence', () => {
    const evaluation = scoreSmall(whole);
    const m = nodeOf(evaluation, 'M');
    assert.deepEqual(
      [m.state, m.score, m.scoreLow, m.scoreHigh, m.coverage, m.grade, m.points, m.pointsPossible],
      ['scored', 84, 84, 84, 1, 'B', 84, 100],
    );
    assert.deepEqual(m.reason, { zh: '得分 84.0，B 级', en: 'score 84.0, grade B' });
    assert.equal(m.calculation, '60*(5-floor(3.2/2))/5 + 40*0.9 = 84');
    const n = nodeOf(evaluation, 'N');
    assert.deepEqual([n.score, n.grade, n.calculation], [77, 'B', '0.7 * 80 + 0.3 * 70 = 77']);
    const { overall } = evaluation;
    assert.deepEqual([overall.grade, overall.rule, overall.coverage], ['B', 'score', 1]);
    assert.equal(overall.score?.toFixed(10), '81.2000000000');
  });

  it('gives each leaf its points and says how they came about', () => {
    const evaluation = scoreSmall({ ...whole, 'M.P2': { value: 0.9, numerator: 9, denominator: 10 } });
    const t1 = nodeOf(evaluation, 'M.T1');
    assert.deepEqual([t1.points, t1.pointsPossible, t1.score], [48, 60, 80]);
    assert.equal(t1.calculation, '60*(5-floor(3.2/2))/5 = 48');
    assert.deepEqual(t1.reason, { zh: '3.2 天，得 48.0/60.0 分', en: '3.2 days; 48.0 of 60.0 points' });
    assert.equal(nodeOf(evaluation, 'M.P2').reason.zh, '9/10 = 90.0 %，得 36.0/40.0 分');
    assert.equal(nodeOf(evaluation, 'N.x').reason.zh, '80.0 %，得 56.0/70.0 分；只报了比率，未附分子与分母');
  });

  it('leaves a missing leaf out of the score and keeps it in the points applicable', () => {
    const { 'N.y': _, ...without } = whole;
    const n = nodeOf(scoreSmall(without), 'N');
    assert.deepEqual([n.state, n.score, n.coverage], ['partial', 80, 0.7]);
    assert.deepEqual([n.scoreLow, n.scoreHigh, n.grade], [56, 86, null]);
    assert.equal(n.reason.zh, '已有证据得分 80.0，覆盖率 70.0 %；覆盖率低于下限 80.0 %，不定级；缺少：乙二');
    assert.equal(n.calculation, '(0.7 * 80) * 100 / 70 = 80');
  });

  it('names what is missing and who owes it', () => {
    const { 'N.y': _, ...without } = whole;
    const y = nodeOf(scoreSmall(without), 'N.y');
    assert.deepEqual(
      [y.state, y.value, y.score, y.scoreLow, y.scoreHigh, y.points, y.pointsPossible],
      ['notReported', null, null, 0, 100, null, 30],
    );
    assert.deepEqual(y.reason, {
      zh: '缺失：本周期未报送；责任方：办公室',
      en: 'missing: not reported for this period; owed by: Office',
    });
  });

  it('joins a reason that is a whole sentence without a stop in the middle', () => {
    const reason = { zh: '本周期未报送需求数据。', en: 'No requirements were reported.' };
    const y = nodeOf(scoreSmall({ ...whole, 'N.y': { state: 'notReported', reason } }), 'N.y');
    assert.deepEqual(y.reason, {
      zh: '缺失：本周期未报送需求数据；责任方：办公室',
      en: 'missing: no requirements were reported; owed by: Office',
    });
  });

  it('grades on the lower bound and says when the score alone would give a better grade', () => {
    const model = modelOf(changed('grades:', 'coverageFloor: 0.5\ngrades:'));
    const { 'N.y': _, ...without } = { ...whole, 'N.x': 0.95 };
    const n = nodeOf(scoringEngine.score(inputFor(model, without)), 'N');
    assert.equal(n.grade, 'C');
    assert.equal(
      n.reason.zh,
      '已有证据得分 95.0，对应 A 级；覆盖率 70.0 %，缺失证据若不利则为 66.5 分、C 级，按 C 级认定；缺少：乙二',
    );
  });

  it('takes what does not apply out of both sides', () => {
    for (const state of ['notApplicable', 'excluded', 'zeroBase'] as const) {
      const reason = { zh: '没有此类事项', en: 'no such items' };
      const evaluation = scoreSmall({ ...whole, 'N.y': { state, reason } });
      const n = nodeOf(evaluation, 'N');
      assert.deepEqual(
        [n.state, n.score, n.scoreLow, n.coverage, n.grade],
        ['scored', 80, 80, 1, 'B'],
        state,
      );
      const y = nodeOf(evaluation, 'N.y');
      assert.deepEqual([y.points, y.pointsPossible, y.coverage, coverageOf(y)], [null, 0, 0, null]);
    }
  });

  it('has no points and no coverage where nothing applies', () => {
    const given = Object.keys(whole).map((id) => [id, { state: 'notApplicable' as const }]);
    const evaluation = scoreSmall(Object.fromEntries(given));
    for (const id of ['M', 'M.T1', 'N', 'N.y']) {
      const node = nodeOf(evaluation, id);
      assert.deepEqual([node.points, node.pointsPossible, coverageOf(node)], [null, 0, null], id);
    }
    assert.equal(overallCoverageOf(evaluation), null);
    assert.equal(overallCoverageOf(scoreSmall({})), 0);
  });

  it('takes a denominator of 0 for full points or none where the model says so', () => {
    for (const [rule, score] of [
      ['full', 86],
      ['zero', 56],
    ] as const) {
      const yaml = changed('        like: N.x\n', `        like: N.x\n        zeroBase: ${rule}\n`);
      const evaluation = scoringEngine.score(
        inputFor(modelOf(yaml), { ...whole, 'N.y': { state: 'zeroBase', denominator: 0 } }),
      );
      const [n, y] = [nodeOf(evaluation, 'N'), nodeOf(evaluation, 'N.y')];
      assert.deepEqual([n.score, n.coverage, y.value, y.state], [score, 1, null, 'zeroBase']);
    }
  });

  it('treats failed and stale evidence as missing', () => {
    for (const state of ['failed', 'stale'] as const) {
      const reason = { zh: '接口超时', en: 'timeout' };
      const n = nodeOf(scoreSmall({ ...whole, 'N.y': { state, reason } }), 'N');
      assert.deepEqual([n.state, n.score, n.coverage], ['partial', 80, 0.7]);
    }
  });

  it('scores an empty tree as unscored and never as 0', () => {
    const evaluation = scoreSmall({});
    for (const node of evaluation.nodes) {
      assert.deepEqual([node.score, node.points, node.value, node.grade], [null, null, null, null], node.id);
    }
    assert.deepEqual(
      [evaluation.overall.grade, evaluation.overall.score, evaluation.overall.coverage],
      [null, null, 0],
    );
    assert.equal(nodeOf(evaluation, 'M').state, 'unscored');
  });

  it('shows a figure with weight 0 as context, present or missing', () => {
    const evaluation = scoreSmall({ ...whole, 'N.context': { value: 0.4, numerator: 2, denominator: 5 } });
    const context = nodeOf(evaluation, 'N.context');
    assert.deepEqual([context.value, context.points, context.pointsPossible], [0.4, null, 0]);
    assert.equal(context.reason.zh, '2/5 = 40.0 %；背景数据，不计分');
    assert.equal(nodeOf(scoreSmall(whole), 'N').coverage, 1);
  });

  it('holds terms between zero and their full points unless told otherwise', () => {
    const given = { 'S7.C1': 14, 'S7.C2': 0, 'S7.C3': 0, 'S7.C4': 0 };
    const bounded = nodeOf(scoringEngine.score(inputFor(value, given)), 'S7.C1');
    assert.deepEqual([bounded.points, bounded.pointsPossible], [0, 25]);
    assert.equal(bounded.calculation, 'clamp(25*(10-14)/10, 0, 25) = 0');
    const interpretations = { 'term-bounds': 'unbounded' };
    const evaluation = scoringEngine.score(inputFor(value, given, { interpretations }));
    assert.deepEqual([nodeOf(evaluation, 'S7.C1').points, nodeOf(evaluation, 'S7').score], [-10, 65]);
    assert.equal(evaluation.deviations.length, 1);
    assert.deepEqual(
      evaluation.interpretations.map(({ id, option, isDefault }) => [id, option, isDefault]),
      [
        ['term-bounds', 'unbounded', false],
        ['s4-p2', 'second-is-p2', true],
        ['overall-rule', 'no-worse', true],
        ['integer-part', 'non-negative-only', true],
      ],
    );
  });

  it('reaches a grade exactly at its border, whatever rounding noise the sum has', () => {
    const at = (x: number) => nodeOf(scoreSmall({ ...whole, 'N.x': x, 'N.y': x }), 'N').grade;
    assert.deepEqual([0.9, 0.8999, 0.75, 0.7499].map(at), ['A', 'B', 'B', 'C']);
  });

  it('prints a score just below a border with enough decimals to show it', () => {
    const n = nodeOf(scoreSmall({ ...whole, 'N.x': 0.8996, 'N.y': 0.8996 }), 'N');
    assert.equal(n.reason.zh, '得分 89.96，B 级');
  });

  it('rounds at every level where the model says so', () => {
    const model = modelOf(changed('grades:', 'roundTo: 1\ngrades:'));
    const evaluation = scoringEngine.score(inputFor(model, { ...whole, 'N.x': 0.8234, 'N.y': 0.7777 }));
    assert.equal(nodeOf(evaluation, 'N.x').score, 82.3);
    assert.equal(nodeOf(evaluation, 'N.x').points, 57.6);
    assert.equal(nodeOf(evaluation, 'N').score, 80.9);
  });

  it('carries the weakest evidence class upward', () => {
    const given = {
      ...whole,
      'M.P2': { value: 0.9, state: 'selfReported', provenance: 'selfReported' },
    } as const;
    const evaluation = scoreSmall(given);
    assert.deepEqual(
      ['M', 'M.T1', 'N'].map((id) => nodeOf(evaluation, id).provenance),
      ['selfReported', 'measured', 'measured'],
    );
  });

  it('lists a cut-off before the end of the period as a deviation', () => {
    const { deviations } = scoreSmall(whole, { asOf: '2026-03-01T00:00:00Z' });
    assert.deepEqual(
      deviations.map((text) => text.zh),
      ['统计截止 2026-03-01T00:00:00Z 早于周期结束 2026-03-31T16:00:00Z'],
    );
  });

  it('refuses unknown interpretations, options, indicators, subjects and periods', () => {
    const cases: [Parameters<typeof inputFor>[2], RegExp][] = [
      [{ interpretations: { mood: 'good' } }, /has no interpretation "mood"; it has: none/],
      [{ candidates: [candidate(small, 'M.T9', 3)] }, /"M.T9" is no indicator of model small/],
      [{ candidates: [candidate(small, 'M', 3)] }, /"M" is no indicator of model small/],
      [
        { candidates: [candidate(small, 'M.T1', { value: 3, subject: 'wuxi' })] },
        /for wuxi 2026-Q1, not for suzhou/,
      ],
      [
        { candidates: [candidate(small, 'M.T1', { value: 3, period: '2025-Q1' })] },
        /for suzhou 2025-Q1, not/,
      ],
    ];
    for (const [more, message] of cases) {
      assert.throws(
        () => scoreSmall({}, more),
        (error) => error instanceof RangeError && message.test(error.message),
      );
    }
    const interpretations = { 'overall-rule': 'lenient' };
    assert.throws(
      () => scoringEngine.score(inputFor(value, {}, { interpretations })),
      /interpretation "overall-rule" has no option "lenient"; it has: no-worse, at-most-one-d, literal/,
    );
  });
});
