import assert from 'node:assert/strict';
import type { EvaluatedNode, Evaluation } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { changed, smallModel } from '../model/small-model.ts';
import { inputFor, modelOf } from './test-input.ts';

function nodeOf(evaluation: Evaluation, id: string): EvaluatedNode {
  const node = evaluation.nodes.find((each) => each.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
}

const formula = '60*(5-floor(T1/2))/5 + 40*P2';
const others = { 'N.x': 0.8, 'N.y': 0.7 };

function scoreFormula(text: string, given: Parameters<typeof inputFor>[1]): Evaluation {
  return scoringEngine.score(
    inputFor(modelOf(changed(formula, JSON.stringify(text))), { ...others, ...given }),
  );
}

describe('formulas whose terms cannot be told apart', () => {
  const product = '60*(10-T1)/10*P2 + 40*P2';

  it('share the points of their terms evenly', () => {
    const evaluation = scoreFormula(product, { 'M.T1': 2, 'M.P2': 0.5 });
    assert.equal(nodeOf(evaluation, 'M').score, 44);
    for (const id of ['M.T1', 'M.P2']) {
      const { points, pointsPossible, calculation } = nodeOf(evaluation, id);
      assert.deepEqual([points, pointsPossible, calculation], [22, 50, '60*(10-2)/10*0.5 + 40*0.5 = 44']);
    }
  });

  it('are not scored while one of their figures is missing', () => {
    const evaluation = scoreFormula(product, { 'M.T1': 2 });
    const [m, t1] = [nodeOf(evaluation, 'M'), nodeOf(evaluation, 'M.T1')];
    assert.deepEqual([m.state, m.score, m.coverage, m.scoreLow, m.scoreHigh], ['unscored', null, 0, 0, 100]);
    assert.deepEqual([t1.state, t1.value, t1.points, t1.coverage], ['measured', 2, null, 0]);
    assert.equal(t1.reason.zh, '2 天；与其同项相乘的指标缺失，该项无法计分');
  });

  it('leave both sides when one of their figures does not apply', () => {
    const evaluation = scoreFormula(product, { 'M.T1': 2, 'M.P2': { state: 'notApplicable' } });
    const m = nodeOf(evaluation, 'M');
    assert.deepEqual([m.state, m.score, m.scoreLow, m.coverage], ['unscored', null, null, 0]);
    assert.equal(m.reason.zh, '其下指标均不适用，不计分');
  });
});

describe('formulas with a constant', () => {
  it('count the constant as the only child’s', () => {
    const yaml = changed('60*(5-floor(T1/2))/5 + 40*P2', '100 - 10*T1 + 0*P2').replace(
      / {6}- id: P2\n(?: {8}.*\n)+/,
      '',
    );
    const evaluation = scoringEngine.score(
      inputFor(modelOf(yaml.replace(' + 0*P2', '')), { ...others, 'M.T1': 3.5 }),
    );
    const { points, pointsPossible } = nodeOf(evaluation, 'M.T1');
    assert.deepEqual([points, pointsPossible], [65, 100]);
  });
});

describe('a formula without a finite result for a value that may occur', () => {
  it('fails the figure and keeps NaN and infinity inside', () => {
    const alone = scoreFormula('60*(10-T1)/10 + 40*(1 + log(P2, 2))', { 'M.T1': 2, 'M.P2': 0 });
    const p2 = nodeOf(alone, 'M.P2');
    assert.deepEqual([p2.state, p2.value, p2.points, nodeOf(alone, 'M').score], ['failed', 0, null, 80]);
    assert.equal(
      p2.reason.en,
      '0.0 %; the formula has no finite result for this value; reported without numerator and denominator',
    );
  });
});

/** The small model with a level between M and its leaf P2. */
const deep = changed(
  `        title: { zh: 比率, en: Ratio }
        meaning: { zh: 份额, en: Share }
        unit: ratio
        measure: { entry: true }
`,
  `        title: { zh: 组, en: Group }
        meaning: { zh: 份额, en: Share }
        combine: { method: arithmetic }
        children:
          - { id: a, weight: 0.75, title: { zh: 甲一, en: One }, meaning: { zh: 份额, en: Share }, unit: ratio, scale: linear, measure: { entry: true } }
          - { id: b, weight: 0.25, title: { zh: 甲二, en: Two }, meaning: { zh: 份额, en: Share }, unit: ratio, scale: linear, measure: { entry: true } }
`,
  changed('40*P2', '40*P2/100'),
);

describe('a tree of three levels', () => {
  const model = modelOf(deep);

  it('gives a formula the score of an inner child', () => {
    const evaluation = scoringEngine.score(
      inputFor(model, { ...others, 'M.T1': 3.2, 'M.P2.a': 0.8, 'M.P2.b': 0.6 }),
    );
    const [m, group, a] = ['M', 'M.P2', 'M.P2.a'].map((id) => nodeOf(evaluation, id));
    assert.deepEqual([group?.score, group?.points, group?.pointsPossible, group?.grade], [75, 30, 40, null]);
    assert.deepEqual([a?.level, a?.parent, a?.points, a?.pointsPossible], [3, 'M.P2', 60, 75]);
    assert.deepEqual([m?.score, m?.grade], [78, 'B']);
  });

  it('carries coverage and bounds upward', () => {
    const evaluation = scoringEngine.score(inputFor(model, { ...others, 'M.T1': 3.2, 'M.P2.a': 0.8 }));
    const [m, group] = ['M', 'M.P2'].map((id) => nodeOf(evaluation, id));
    assert.deepEqual([group?.score, group?.scoreLow, group?.scoreHigh, group?.coverage], [80, 60, 85, 0.75]);
    assert.deepEqual([m?.score, m?.scoreLow, m?.scoreHigh, m?.coverage], [80, 72, 82, 0.9]);
    assert.equal(m?.grade, 'C');
    assert.equal(m?.state, 'partial');
  });

  it('blocks the module over a conflict two levels below', () => {
    const { candidates } = inputFor(model, { ...others, 'M.T1': 3.2, 'M.P2.a': 0.8, 'M.P2.b': 0.6 });
    const [second] = inputFor(model, {
      'M.P2.b': { value: 0.2, state: 'submitted', provenance: 'submitted' },
    }).candidates;
    const evaluation = scoringEngine.score(
      inputFor(model, {}, { candidates: [...candidates, ...(second ? [second] : [])] }),
    );
    assert.deepEqual([nodeOf(evaluation, 'M').grade, evaluation.overall.grade], [null, null]);
    assert.equal(nodeOf(evaluation, 'N').grade, 'B');
  });
});

describe('a module that is a single indicator', () => {
  it('is graded on its scale', () => {
    const yaml = smallModel.slice(0, smallModel.indexOf('  - id: N\n')).replace('weight: 0.6', 'weight: 0.5');
    const model = modelOf(
      `${yaml}  - { id: N, weight: 0.5, title: { zh: 乙, en: Second }, meaning: { zh: 份额, en: Share }, unit: ratio, scale: linear, measure: { entry: true } }\n`,
    );
    const evaluation = scoringEngine.score(inputFor(model, { 'M.T1': 3.2, 'M.P2': 0.9, N: 0.92 }));
    const n = nodeOf(evaluation, 'N');
    assert.deepEqual([n.score, n.grade, n.points, n.pointsPossible], [92, 'A', 92, 100]);
    assert.equal(n.reason.zh, '92.0 %；得分 92.0，A 级；只报了比率，未附分子与分母');
    assert.equal(evaluation.overall.score, 88);
  });
});
