import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RecordExpression, StoredRecord } from '../../scoring/contract.ts';
import { binary, bound, code, field, has, number, type Operator, truth } from './expressions.ts';
import {
  during,
  freshSubject,
  importRecords,
  leaf,
  record,
  recordsMeasure,
  type SuiteStore,
} from './fixtures.ts';
import { evaluate } from './reference.ts';

const instants = ['accepted', 'closed', 'due', 'found'];
const numbers = ['reopened', 'rating'];
const channels = ['citizen', 'app', 'sensor'];

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const moments = fc
  .integer({ min: 0, max: 30 })
  .map((days) => new Date(Date.UTC(2015, 0, 5) + days * 129_600_000).toISOString());

/** Orders whose fields are present or absent in every mixture; `accepted` places them in the quarter. */
const orders = fc.record({
  accepted: moments,
  closed: orNull(moments),
  due: orNull(moments),
  found: orNull(moments),
  channel: orNull(fc.constantFrom(...channels)),
  type: orNull(fc.constantFrom('citizen', '')),
  invalid: orNull(fc.boolean()),
  reopened: orNull(fc.integer({ min: 0, max: 2 })),
  rating: orNull(fc.constantFrom(0, 0.5, 3)),
});

const compare = fc.constantFrom<Operator[]>('==', '!=', '<', '<=', '>', '>=');
const equal = fc.constantFrom<Operator[]>('==', '!=');
const between = (op: fc.Arbitrary<Operator>, left: fc.Arbitrary<RecordExpression>, right = left) =>
  fc.tuple(op, left, right).map(([sign, a, b]) => binary(sign, a, b));

const { condition } = fc.letrec<{ condition: RecordExpression; figure: RecordExpression }>((tie) => {
  const instant = fc.oneof(
    fc.constantFrom(...instants).map(field),
    fc.constantFrom('start', 'end', 'cutoff').map((name) => bound(name as 'start')),
  );
  const duration = fc
    .tuple(fc.constantFrom('hour', 'day', 'week'), fc.constantFrom(...instants), fc.constantFrom(...instants))
    .map(([unit, from, to]): RecordExpression => ({ op: 'duration', unit: unit as 'hour', from, to }));
  const sign = fc.constantFrom<Operator[]>('+', '-', '*', '/');
  const shallow = { depthSize: 'small', withCrossShrink: true } as const;
  return {
    figure: fc.oneof(
      shallow,
      fc.constantFrom(0, 1, 2.5).map(number),
      fc.constantFrom(...numbers).map(field),
      duration,
      between(sign, tie('figure')),
    ),
    condition: fc.oneof(
      shallow,
      fc.boolean().map((value): RecordExpression => ({ op: 'constant', value })),
      fc.constant(field('invalid')),
      fc.constant<RecordExpression>({ op: 'faulty' }),
      fc.constantFrom(...instants, ...numbers, 'channel', 'invalid').map(has),
      between(equal, fc.constantFrom('channel', 'type').map(field), fc.constantFrom(...channels).map(code)),
      between(compare, instant),
      between(compare, tie('figure')),
      between(equal, tie('condition')),
      tie('condition').map((of): RecordExpression => ({ op: 'not', of })),
      fc
        .tuple(fc.constantFrom('and', 'or'), tie('condition'), tie('condition'))
        .map(([op, left, right]) => binary(op as 'and', left, right)),
    ),
  };
});

export function describeExpressions(suite: SuiteStore): void {
  describe('record expressions in SQL', () => {
    it('mean what the documentation says, for any expression over present and absent fields (property)', async () => {
      const city = await freshSubject(suite.store);
      const request = during(city, '2015-Q1', { cutoff: '2015-02-20T00:00:00.000Z' });
      const { start, end } = request.period;
      const bounds = { start, end, cutoff: request.cutoff };
      const records = fc.sample(orders, { numRuns: 60, seed: 7 }).map((fields, index): StoredRecord => {
        const fault = index % 5 === 0 ? 'impossible' : null;
        return record('work-orders', `r${index}`, fields, { subject: city, line: index + 2, fault });
      });
      await importRecords(suite.store, city, records);
      const holding = async (of: RecordExpression): Promise<string[]> => {
        const counting = {
          where: truth,
          population: 'withFaulty',
          reduction: { kind: 'count', of },
        } as const;
        const measure = leaf('X.1', recordsMeasure(counting), 'count');
        const rows = await suite.store.evidence.sample({ ...request, leaf: measure, limit: 100 });
        return rows.filter(({ isInNumerator }) => isInNumerator).map((row) => row.record.id);
      };
      const total = (await holding(truth)).length;
      assert.ok(total > 40, `only ${total} records lie in the cohort`);
      const inCohort = new Set(await holding(truth));
      const property = fc.asyncProperty(condition, async (of) => {
        const expected = records
          .filter(({ id }) => inCohort.has(id))
          .filter((each) => evaluate(of, each, bounds) === true)
          .map(({ id }) => id);
        assert.deepEqual((await holding(of)).sort(), expected.sort());
      });
      await fc.assert(property, { numRuns: 150 });
    });
  });
}
