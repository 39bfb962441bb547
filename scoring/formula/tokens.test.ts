import assert from 'node:assert/strict';
import fc from 'fast-check';
import { excerptAt } from './tokens.ts';

describe('the excerpt of an expression', () => {
  it('is the whole of a short one, on one line', () => {
    assert.equal(excerptAt('closed\n  <= due', 3), 'closed   <= due');
  });

  it('is 80 characters around the column of a long one, with marks where it is cut', () => {
    const text = `${'a'.repeat(200)}#${'b'.repeat(200)}`;
    assert.equal(excerptAt(text, 201), `…${'a'.repeat(40)}#${'b'.repeat(39)}…`);
    assert.equal(excerptAt(text, 1), `${'a'.repeat(80)}…`);
    assert.equal(excerptAt(text, 401), `…${'b'.repeat(80)}`);
  });

  it('holds the character at the column, whatever the text (property)', () => {
    const anyText = fc.string({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(anyText, fc.nat(), (text, some) => {
        const column = 1 + (some % text.length);
        const excerpt = excerptAt(text, column);
        assert.ok(excerpt.length <= 82);
        assert.ok(excerpt.includes(text.charAt(column - 1).replace(/\s/, ' ')));
      }),
    );
  });
});
