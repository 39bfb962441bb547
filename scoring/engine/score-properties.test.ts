import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  coverageOf,
  type Evaluation,
  leavesOf,
  type Model,
  type Observation,
  type ScoreInput,
} from '../contract.ts';
import { scoringEngine } from '../engine.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { candidate, inputFor, modelOf } from './test-input.ts';

const models = ['scie-2021-value', 'event-loop-2022', 'citygauge-operations'].map(modelOf);
const silent = ['notReported', 'notApplicable', 'failed', 'stale', 'zeroBase', 'excluded'] as const;

/** A value that the leaf may have, good ones more often, so that all grades occur. */
function likelyValue(leaf: ReturnType<typeof leavesOf>[number]): fc.Arbitrary<number> {
  const { best, worst, range } = leaf.leaf ?? { best: 1, worst: 0, range: { min: 0, max: 1 } };
  const end = worst ?? best + 5;
  return fc
    .oneof(
      { weight: 3, arbitrary: fc.double({ min: 0, max: 0.25, noNaN: true }) },
      fc.double({ min: 0, max: 1.2, noNaN: true }),
    )
    .map((share) => best + (end - best) * share)
    .map((raw) => Math.max(range.min ?? raw, Math.min(range.max ?? raw, raw)))
    .map((raw) => (leaf.unit === 'count' ? Math.round(raw) : raw));
}

/** At most one candidate per leaf, most of them with a value. */
function evidenceFor(model: Model): fc.Arbitrary<Observation[]> {
  const each = leavesOf(model).map((leaf) =>
    fc.oneof(
      { weight: 12, arbitrary: likelyValue(leaf).map((value) => [candidate(model, leaf.id, value)]) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...silent).map((state) => [candidate(model, leaf.id, { state })]),
      },
      { weight: 1, arbitrary: fc.constant<Observation[]>([]) },
    ),
  );
  return fc.tuple(...each).map((lists) => lists.flat());
}

/** Any mixture of candidates, impossible values and several sources included. */
function mixtureFor(model: Model): fc.Arbitrary<Observation[]> {
  const figure = fc.oneof(
    fc.double(),
    fc.constantFrom(0, 1, -1, 0.8, 1e308, Number.NaN, Number.NEGATIVE_INFINITY),
  );
  const one = fc.record({
    indicator: fc.constantFrom(...leavesOf(model).map((leaf) => leaf.id)),
    state: fc.constantFrom('measured', 'submitted', 'selfReported', 'estimated', ...silent),
    provenance: fc.constantFrom('measured', 'submitted', 'selfReported', null),
    value: fc.option(figure),
    numerator: fc.option(figure),
    denominator: fc.option(figure),
  } as const);
  return fc
    .array(one, { maxLength: 60 })
    .map((list) => list.map((each) => candidate(model, each.indicator, each as Partial<Observation>)));
}

function scoreOf(
  model: Model,
  candidates: readonly Observation[],
  more: Partial<ScoreInput> = {},
): Evaluation {
  return scoringEngine.score(inputFor(model, {}, { candidates, ...more }));
}

/** Higher is better; ungraded is below every grade. */
function rank(model: Model, grade: string | null): number {
  return grade === null ? -1 : model.grades.length - model.grades.findIndex((band) => band.grade === grade);
}

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}

/** As many runs as keep a model with many indicators within the time of one with few. */
const runsFor = (model: Model, runs: number) => Math.ceil(Math.min(1, 30 / leavesOf(model).length) * runs);

for (const model of models) {
  const runs = (wanted: number) => ({ numRuns: runsFor(model, wanted) });
  describe(`properties of scoring ${model.id}`, () => {
    it('never raises a grade of a module or of the whole when evidence is taken away', () => {
      let graded = 0;
      const property = fc.property(
        evidenceFor(model).chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
        ([all, some]) => {
          const [before, after] = [scoreOf(model, all), scoreOf(model, some)];
          if (before.overall.grade !== null) graded += 1;
          assert.ok(rank(model, after.overall.grade) <= rank(model, before.overall.grade));
          for (const [index, node] of after.nodes.entries()) {
            assert.ok(rank(model, node.grade) <= rank(model, before.nodes[index]?.grade ?? null), node.id);
          }
        },
      );
      fc.assert(property, runs(400));
      assert.ok(graded > 5, `only ${graded} evaluations had an overall grade`);
    });

    it('keeps the score between its bounds, and the bounds within 0 and 100', () => {
      fc.assert(
        fc.property(evidenceFor(model), (all) => {
          for (const { id, score, scoreLow, scoreHigh, coverage } of scoreOf(model, all).nodes) {
            if (scoreLow === null || scoreHigh === null) continue;
            const near = (a: number, b: number) => a <= b + 1e-9;
            assert.ok(near(0, scoreLow) && near(scoreLow, scoreHigh) && near(scoreHigh, 100), id);
            if (score !== null) assert.ok(near(scoreLow, score) && near(score, scoreHigh), id);
            if (coverage === 1) assert.ok(near(scoreHigh, scoreLow), id);
          }
        }),
        runs(200),
      );
    });

    it('adds points reached and points lost up to the points possible', () => {
      fc.assert(
        fc.property(evidenceFor(model), (all) => {
          const { nodes } = scoreOf(model, all);
          for (const parent of nodes.filter((node) => nodes.some((each) => each.parent === node.id))) {
            const children = nodes.filter((node) => node.parent === parent.id);
            const total = children.reduce((sum, child) => sum + child.pointsPossible, 0);
            const isWhole = children.every((child) => coverageOf(child) !== null);
            assert.ok(isWhole ? Math.abs(total - 100) < 1e-9 : total <= 100 + 1e-9, parent.id);
            assert.equal(total === 0, parent.scoreLow === null, parent.id);
            const reached = children.filter((child) => child.points !== null);
            for (const child of reached)
              assert.ok((child.points ?? 0) <= child.pointsPossible + 1e-9, child.id);
            if (reached.length === 0) assert.equal(parent.score, null);
            else {
              const share = reached.reduce((sum, child) => sum + (child.points ?? 0), 0);
              const possible = reached.reduce((sum, child) => sum + child.pointsPossible, 0);
              assert.ok(Math.abs((parent.score ?? 0) - (100 * share) / possible) < 1e-9, parent.id);
            }
          }
        }),
        runs(200),
      );
    });

    it('gives the same bytes whatever the order of the candidates', () => {
      const property = fc.property(
        mixtureFor(model).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, other]) => {
          const [one, two] = [scoreOf(model, all), scoreOf(model, other)].map(scoringEngine.serialise);
          assert.equal(one, two);
        },
      );
      fc.assert(property, runs(100));
    });

    it('yields a whole evaluation of finite numbers for any mixture of candidates', () => {
      fc.assert(
        fc.property(mixtureFor(model), (all) => {
          const evaluation = scoreOf(model, all);
          const parsed = evaluationSchema.safeParse(JSON.parse(scoringEngine.serialise(evaluation)));
          assert.deepEqual(parsed.error?.issues ?? [], []);
          for (const { value, state } of evaluation.observations) {
            assert.equal(
              value !== null,
              ['measured', 'submitted', 'selfReported', 'estimated'].includes(state),
            );
            assert.ok(value === null || Number.isFinite(value));
          }
        }),
        runs(200),
      );
    });
  });
}
