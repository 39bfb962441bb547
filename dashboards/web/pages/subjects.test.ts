import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Evaluation, Subject } from '../../../scoring/contract.ts';
import { placesOf, sortRows } from './subjects.ts';

/** Only what the comparison reads. */
function row(id: string, grade: string | null | undefined, score: number | null = null) {
  const subject = { id } as Subject;
  if (grade === undefined) return { subject, evaluation: null };
  const nodes = [{ id: 'S1', score }];
  return {
    subject,
    evaluation: { overall: { grade, score, coverage: 0.9 }, nodes } as unknown as Evaluation,
  };
}

const idsOf = (rows: readonly { subject: Subject }[]) => rows.map((each) => each.subject.id);

describe('the league table', () => {
  it('puts the best grade first and what has none last, whichever way it runs', () => {
    const rows = [
      row('none', undefined),
      row('b', 'B', 82.4),
      row('ungraded', null, 99),
      row('a', 'A', 91.3),
    ];
    assert.deepEqual(idsOf(sortRows(rows, 'overall', false, null)), ['a', 'b', 'none', 'ungraded']);
    assert.deepEqual(idsOf(sortRows(rows, 'overall', true, null)), ['b', 'a', 'none', 'ungraded']);
  });

  it('never lets a score outrank a grade', () => {
    const rows = [row('c', 'C', 89.9), row('b', 'B', 75.1)];
    assert.deepEqual(idsOf(sortRows(rows, 'overall', false, null)), ['b', 'c']);
  });

  it('gives ties one place and leaves the next ones free', () => {
    const rows = [
      row('a', 'A'),
      row('b', 'B'),
      row('c', 'B'),
      row('d', 'D'),
      row('e', null),
      row('f', undefined),
    ];
    assert.deepEqual(placesOf(rows, 'overall', null), [1, 2, 2, 4, null, null]);
  });

  it('sorts by a module when asked', () => {
    const rows = [row('a', 'A', 61.2), row('b', 'B', 88.7), row('c', 'C', null)];
    assert.deepEqual(idsOf(sortRows(rows, 'S1', false, null)), ['b', 'a', 'c']);
  });

  it('loses and invents no subject, and its places never fall along the order', () => {
    const grade = fc.constantFrom('A', 'B', 'C', 'D', null, undefined);
    const rows = fc.array(fc.tuple(grade, fc.integer({ min: 0, max: 100 })), { maxLength: 30 });
    fc.assert(
      fc.property(rows, (drawn) => {
        const made = drawn.map(([letter, score], at) => row(`s${at}`, letter, score));
        const sorted = sortRows(made, 'overall', false, null);
        assert.deepEqual(idsOf(sorted).sort(), idsOf(made).sort());
        const places = placesOf(sorted, 'overall', null);
        const placed = places.filter((place) => place !== null);
        assert.deepEqual(
          placed,
          [...placed].sort((a, b) => a - b),
        );
        assert.ok(places.slice(placed.length).every((place) => place === null));
      }),
    );
  });
});
