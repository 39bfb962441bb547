import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Evaluation, evaluationSchemaId, leavesOf } from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { inputFor, modelOf } from './test-input.ts';

const submitted = { state: 'submitted', provenance: 'submitted' } as const;
const statement = (value: number, numerator: number, denominator: number) => ({
  ...submitted,
  value,
  numerator,
  denominator,
});

/** One evaluation per shipped model, with a gap, a stated figure, a figure that does not apply and one that is refused. */
const given: Readonly<Record<string, Parameters<typeof inputFor>[1]>> = {
  'scie-2021-value': {
    'S1.T1': { value: 2.6, numerator: 41.6, denominator: 16 },
    'S1.T2': { value: 34.5, numerator: 241.5, denominator: 7 },
    'S1.P3': { value: 0.875, numerator: 14, denominator: 16 },
    'S1.P4': { value: 0.9375, numerator: 15, denominator: 16 },
    'S1.P6': { value: 0.92, numerator: 46, denominator: 50 },
    'S2.P1': { value: 0.8125, numerator: 13, denominator: 16 },
    'S2.P2': statement(0.75, 6, 8),
    'S2.P3': statement(0.9, 18, 20),
    'S3.P1': statement(0.96, 9600, 10_000),
    'S3.P2': statement(0.94, 9400, 10_000),
    'S3.P3': statement(0.8, 36, 45),
    'S3.P4': { ...submitted, value: 87 },
    'S3.P5': statement(0.85, 340, 400),
    'S4.P1': statement(0.97, 97, 100),
    'S4.P2': statement(0.93, 186, 200),
    'S4.P3': statement(0.91, 182, 200),
    'S4.P4': {
      state: 'notApplicable',
      reason: { zh: '本区没有公交线路', en: 'no bus lines in this district' },
    },
    'S5.T1': { value: 6.2, numerator: 31, denominator: 5 },
    'S5.T2': { value: 1.4, numerator: 5.6, denominator: 4 },
    'S5.P3': statement(0.7, 21, 30),
    'S6.P1': statement(0.9, 9, 10),
    'S6.P2': statement(0.95, 19, 20),
    'S6.P3': { value: 1, numerator: 1, denominator: 50 },
    'S7.C1': 2,
    'S7.C2': 1,
    'S7.C3': 0,
    'S7.C4': 12,
    'S8.P1': { value: 0.93, numerator: 27.9, denominator: 30 },
    'S8.P2': { value: 0.88, numerator: 176, denominator: 200 },
  },
  'event-loop-2022': {
    'closure.closureRatio': { value: 0.94, numerator: 9400, denominator: 10_000 },
    'timeliness.onTimeClosureRatio': { value: 0.81, numerator: 7290, denominator: 9000 },
    'timeliness.meanHandlingHours': { value: 61.5, numerator: 578_100, denominator: 9400 },
    'timeliness.medianHandlingHours': { value: 20.25, numerator: 9400, denominator: 9400 },
    'timeliness.p90HandlingHours': { value: 150.75, numerator: 9400, denominator: 9400 },
    'load.overdueBacklogRatio': { value: 0.12, numerator: 72, denominator: 600 },
    'load.acceptedCount': { value: 10_000, numerator: 10_000, denominator: 10_000 },
    'load.citizenFoundRatio': { value: 0.55, numerator: 5500, denominator: 10_000 },
    'quality.faultyRatio': { value: 0.004, numerator: 40, denominator: 10_040 },
  },
};

/** Figures between worst and best by position; some cover part of the period only, some are missing. */
function operations(): Parameters<typeof inputFor>[1] {
  const leaves = leavesOf(modelOf('citygauge-operations')).map(({ id, unit, leaf }, index) => {
    const share = 0.45 + 0.08 * ((index * 5) % 7);
    const [best, worst] = [leaf?.best ?? 1, leaf?.worst ?? 0];
    const exact = worst + (best - worst) * share;
    const value = unit === 'count' ? Math.round(exact) : Number(exact.toFixed(4));
    const isPart = leaf?.measure.kind === 'metric' && index % 6 === 1;
    return [id, { value, ...(isPart ? { coverage: 0.75 } : {}) }] as const;
  });
  return Object.fromEntries(leaves.filter((_, index) => index % 13 !== 5));
}

function write(evaluation: Evaluation): string {
  const { overall, nodes, deviations, sha256, stage } = evaluation;
  const lines = nodes.map((node) =>
    [
      `${node.id} ${node.title.zh} ${node.title.en}`,
      `  ${node.state} value ${node.value} score ${node.score} (${node.scoreLow} .. ${node.scoreHigh}) points ${node.points}/${node.pointsPossible}`,
      `  coverage ${node.coverage} provenance ${node.provenance} grade ${node.grade}`,
      `  ${node.reason.zh}`,
      `  ${node.reason.en}`,
      `  ${node.calculation}`,
    ].join('\n'),
  );
  const head = [
    `overall ${overall.grade} by ${overall.rule}, score ${overall.score} (${overall.scoreLow} .. ${overall.scoreHigh}), coverage ${overall.coverage}`,
    overall.reason.zh,
    overall.reason.en,
    ...deviations.map((text) => text.zh),
  ];
  const stages = (stage?.stages ?? []).map(
    (each) =>
      `stage ${each.id} ${each.isReached} ${each.scoreLow} .. ${each.scoreHigh} from ${each.from}: ${each.modules.map(({ module, points, hasEntered }) => `${module} ${points} ${hasEntered}`).join(', ')}`,
  );
  const told = stage ? ['', stage.reason.zh, stage.reason.en, ...stages] : [];
  return [...head, '', ...lines, ...told, '', `sha256 ${sha256}`, ''].join('\n');
}

describe('whole evaluations', () => {
  for (const [id, candidates] of Object.entries({ ...given, 'citygauge-operations': operations() })) {
    it(`of ${id} are as they were`, () => {
      const path = join(import.meta.dirname, 'golden', `${id}.txt`);
      const actual = write(scoringEngine.score(inputFor(modelOf(id), candidates)));
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, actual);
      const renew = 'renew with: UPDATE_GOLDENS=1 npx mocha scoring/engine/golden.test.ts';
      assert.equal(actual, readFileSync(path, 'utf8'), renew);
    });
  }

  it('carry the SHA-256 of their own canonical bytes', () => {
    const evaluation = scoringEngine.score(
      inputFor(modelOf('event-loop-2022'), given['event-loop-2022'] ?? {}),
    );
    const { sha256, ...rest } = evaluation;
    assert.equal(evaluation.schema, evaluationSchemaId);
    assert.equal(
      createHash('sha256')
        .update(scoringEngine.serialise(rest as Evaluation))
        .digest('hex'),
      sha256,
    );
    const again = JSON.parse(scoringEngine.serialise(evaluation)) as Evaluation;
    assert.equal(scoringEngine.serialise(again), scoringEngine.serialise(evaluation));
  });
});
