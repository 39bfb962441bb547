import assert from 'node:assert/strict';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys at every depth, keeps the order of lists, and drops what JSON has not', () => {
    const value = { b: [{ d: 1, c: '二' }, 3], a: null, gone: undefined, method() {} };
    assert.equal(
      canonicalJson(value),
      '{\n  "a": null,\n  "b": [\n    {\n      "c": "二",\n      "d": 1\n    },\n    3\n  ]\n}\n',
    );
  });
});
