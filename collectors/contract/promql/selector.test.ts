import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSelector, syntaxFault } from './selector.ts';

describe('a selector', () => {
  it('keeps the value of any label, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const { selector, faults } = readSelector(`up{a=${JSON.stringify(value)}}`);
        assert.deepEqual(faults, []);
        assert.deepEqual(selector, { metric: 'up', matchers: [{ label: 'a', operator: '=', value }] });
      }),
    );
  });

  it('may name its metric within the braces, quoted or not', () => {
    for (const text of ['{__name__="up"}', '{"up"}', 'up{}', 'up{} '])
      assert.deepEqual(readSelector(text).selector, { metric: 'up', matchers: [] }, text);
    assert.equal(
      readSelector('up{__name__="down"}').faults[0]?.message,
      'the metric is named twice, "up" and "down"',
    );
    assert.match(
      readSelector('{__name__=~"up|down"}').faults[0]?.message ?? '',
      /^one metric is measured at a time/,
    );
  });

  it('is read or refused with a place, whatever is written', () => {
    let refused = 0;
    const parts = fc.constantFrom(
      'up',
      '{',
      '}',
      '"',
      'a',
      '=',
      '=~',
      '(',
      ')',
      '[',
      ']',
      '5m',
      ',',
      '\\',
      '$subject',
      ' ',
      '城',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (words) => {
        const text = words.join('');
        for (const fault of [...readSelector(text).faults, syntaxFault(text)].filter(
          (each) => each !== null,
        )) {
          refused += 1;
          assert.ok(fault.column >= 1 && fault.column <= text.length + 1);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(refused > 100);
  });

  it('is not read beyond 2,000 characters, nor do deep queries hang', () => {
    assert.match(
      readSelector(`up{a="${'x'.repeat(2000)}"}`).faults[0]?.message ?? '',
      /^longer than 2000 characters/,
    );
    assert.match(syntaxFault(`${'('.repeat(999)}1`)?.message ?? '', /it ends too early/);
    assert.equal(syntaxFault(`${'('.repeat(900)}1${')'.repeat(900)}`), null);
  });

  it('refuses an escape that PromQL does not know', () => {
    assert.match(readSelector('up{a="\\q"}').faults[0]?.message ?? '', /escape/);
  });
});
