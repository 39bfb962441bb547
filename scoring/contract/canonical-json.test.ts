import assert from 'node:assert/strict';
import { canonicalBytes, canonicalJson, sha256Of } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('is the same for the same value, whatever the order of its keys', () => {
    assert.equal(canonicalJson({ b: [3.5, null], a: '城' }), '{"a":"城","b":[3.5,null]}');
    assert.equal(canonicalJson({ a: '城', b: [3.5, null] }), '{"a":"城","b":[3.5,null]}');
    assert.deepEqual([...canonicalBytes('城')], [0x22, 0xe5, 0x9f, 0x8e, 0x22]);
  });

  for (const [title, value] of [
    ['undefined', undefined],
    ['NaN', { a: Number.NaN }],
    ['an infinity', [Number.NEGATIVE_INFINITY]],
  ] as const) {
    it(`refuses ${title}`, () => {
      assert.throws(() => canonicalJson(value));
    });
  }

  it('is hashed as lower-case hex, a text like its bytes', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    assert.equal(sha256Of('abc'), expected);
    assert.equal(sha256Of(new TextEncoder().encode('abc')), expected);
  });
});
