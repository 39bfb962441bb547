import assert from 'node:assert/strict';
import { type ConflictResolution, disputeKey, type Observation } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { smallModel } from '../model/small-model.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { candidate, inputFor, modelOf } from './test-input.ts';

const model = modelOf(smallModel);
const entered = { state: 'submitted', provenance: 'submitted', value: 0.95 } as const;

function scoreWith(given: readonly (number | Partial<Observation>)[], resolutions?: ConflictResolution[]) {
  const { candidates } = inputFor(model, { 'M.T1': 3.2, 'M.P2': 0.9, 'N.y': 0.7 });
  const disputed = given.map((each) => candidate(model, 'N.x', each));
  return scoringEngine.score(
    inputFor(
      model,
      {},
      { candidates: [...candidates, ...disputed], ...(resolutions ? { resolutions } : {}) },
    ),
  );
}

const conflict = scoreWith([entered, 0.8]);

function decisionFor(more: Partial<ConflictResolution> = {}): ConflictResolution {
  return {
    indicator: 'N.x',
    subject: 'suzhou',
    period: '2026-Q1',
    dispute: disputeKey(conflict.conflicts[0]?.candidates ?? []),
    value: 0.95,
    provenance: 'submitted',
    decidedBy: '张三',
    reason: '台账已复核',
    decidedAt: '2026-04-03T02:00:00.000Z',
    ...more,
  };
}

describe('a decision on a conflict', () => {
  it('lets the chosen candidate count with its own provenance, and is listed with who and why', () => {
    const evaluation = scoreWith([entered, 0.8], [decisionFor()]);
    const node = evaluation.nodes.find(({ id }) => id === 'N.x');
    assert.deepEqual([node?.state, node?.value, node?.provenance], ['submitted', 0.95, 'submitted']);
    assert.deepEqual(evaluation.conflicts, []);
    assert.equal(evaluation.resolutions?.[0]?.resolution.decidedBy, '张三');
    assert.deepEqual(
      evaluation.resolutions?.[0]?.comparison.candidates.map(({ value }) => value),
      [0.8, 0.95],
    );
    assert.match(node?.reason.zh ?? '', /张三裁定采用填报（附佐证） 95\.0 %，理由：台账已复核$/);
    assert.deepEqual(
      evaluation.deviations.map(({ en }) => en),
      ['the conflict of "Second one" (N.x) was decided by 张三, 2026-04-03T02:00:00.000Z'],
    );
    assert.equal(evaluation.nodes.find(({ id }) => id === 'N')?.grade, 'B');
    assert.deepEqual(evaluationSchema.safeParse(evaluation).error?.issues ?? [], []);
  });

  it('may choose the measured figure, which then is measured, not reconciled', () => {
    const evaluation = scoreWith([entered, 0.8], [decisionFor({ value: 0.8, provenance: 'measured' })]);
    const node = evaluation.nodes.find(({ id }) => id === 'N.x');
    assert.deepEqual([node?.value, node?.provenance], [0.8, 'measured']);
  });

  it('is followed as taken last', () => {
    const later = decisionFor({ value: 0.8, provenance: 'measured', decidedAt: '2026-04-04T02:00:00+08:00' });
    for (const order of [
      [decisionFor(), later],
      [later, decisionFor()],
    ]) {
      const evaluation = scoreWith([entered, 0.8], order);
      assert.equal(evaluation.resolutions?.[0]?.resolution.value, 0.8);
      assert.equal(evaluation.lapsedResolutions?.[0]?.value, 0.95);
    }
  });

  it('does not hold for other figures: the conflict is new, and the old decision is told as lapsed', () => {
    const evaluation = scoreWith([{ ...entered, value: 0.96 }, 0.8], [decisionFor()]);
    assert.equal(evaluation.conflicts.length, 1);
    assert.equal(evaluation.resolutions, undefined);
    assert.deepEqual(evaluation.lapsedResolutions, [decisionFor()]);
    assert.match(
      evaluation.deviations[0]?.zh ?? '',
      /^张三对“乙一”（N\.x）数据冲突的裁定（2026-04-03T02:00:00\.000Z）不再生效/,
    );
  });

  it('changes nothing where the candidates have vanished or agree by now, and that is said', () => {
    for (const given of [[0.8], [0.8, { ...entered, value: 0.81 }], []]) {
      const [without, withIt] = [scoreWith(given), scoreWith(given, [decisionFor()])];
      assert.deepEqual(withIt.nodes, without.nodes);
      assert.deepEqual(withIt.observations, without.observations);
      assert.equal(withIt.lapsedResolutions?.length, 1);
      assert.equal(withIt.deviations.length, without.deviations.length + 1);
    }
  });

  it('does not concern other subjects, periods and indicators', () => {
    for (const more of [{ subject: 'wuxi' }, { period: '2026-Q2' }, { indicator: 'other.x' }]) {
      assert.equal(scoreWith([entered, 0.8], [decisionFor(more)]).sha256, conflict.sha256);
    }
  });

  it('leaves no trace in an evaluation without decisions', () => {
    assert.deepEqual(
      Object.keys(conflict).filter((key) => /resolution|stage/i.test(key)),
      [],
    );
    assert.equal(scoreWith([entered, 0.8], []).sha256, conflict.sha256);
  });
});
