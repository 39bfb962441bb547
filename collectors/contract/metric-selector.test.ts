import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quotePromql } from './metric-selector.ts';
import { readStringLiteral } from './promql/string-literal.ts';

describe('string literals of PromQL', () => {
  it('hold any text so that it reads back the same (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const quoted = quotePromql(text);
        assert.doesNotMatch(quoted.slice(1, -1), /(?<!\\)(?:\\\\)*"|\n/);
        assert.equal(readStringLiteral(quoted), text);
      }),
    );
  });
});
