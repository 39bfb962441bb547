import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compiledPath, jsonFault } from './json-expectation.ts';

const document = { status: 'up', queues: [{ depth: 7 }, { depth: 12 }], since: null };
const fault = (expectation: Parameters<typeof jsonFault>[1]) => jsonFault(document, expectation)?.en ?? null;

describe('what a JSON document should hold', () => {
  it('is met by every value found, at both bounds', () => {
    assert.equal(fault({ path: '$.queues[*].depth', atLeast: 7, atMost: 12 }), null);
    assert.equal(
      fault({ path: '$.queues[*].depth', atLeast: 8 }),
      'the JSON has 7 at $.queues[*].depth instead of at least 8',
    );
    assert.equal(fault({ path: '$.queues[?@.depth > 7].depth', equals: 12 }), null);
  });

  it('tells a null from nothing, and a text from a number', () => {
    assert.equal(fault({ path: '$.since', equals: null }), null);
    assert.equal(fault({ path: '$.until', equals: null }), 'the JSON has nothing at $.until');
    assert.equal(
      fault({ path: '$.status', atLeast: 1, atMost: 2 }),
      'the JSON has "up" at $.status instead of at least 1, at most 2',
    );
  });

  it('holds exactly the value that was put in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null)), (value) => {
        assert.equal(jsonFault({ a: [value] }, { path: '$.a[0]', equals: value }), null);
        assert.notEqual(jsonFault({ a: [value] }, { path: '$.a[0]', equals: `${value}!` }), null);
      }),
    );
  });

  it('is no path when it breaks RFC 9535', () => {
    assert.deepEqual(
      ['$.a', '$..*', '$["a"]', 'a', '$.', '$[?@.a ='].map((path) => compiledPath(path) !== null),
      [true, true, true, false, false, false],
    );
  });
});
