import { strict as assert } from 'node:assert';
import { type WordingKey, wordingIn, wordingResources } from './wording.ts';

const placeholders = (text: string) =>
  [...new Set(text.match(/\{\{(?:#if )?\w+\}\}/g) ?? [])].map((each) => each.replace('#if ', '')).sort();

describe('the wording of reports', () => {
  it('has the same keys with the same placeholders in both languages', () => {
    const { zh, en } = wordingResources;
    assert.ok(Object.keys(zh).length > 150, `${Object.keys(zh).length} keys`);
    assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
    for (const key of Object.keys(zh) as WordingKey[]) {
      assert.deepEqual(placeholders(en[key]), placeholders(zh[key]), key);
      assert.notEqual(zh[key], '', key);
      assert.notEqual(en[key], '', key);
    }
  });

  it('refuses to print a sentence whose figure was not given', () => {
    assert.throws(() => wordingIn('zh')('page', { page: 3 }), /pages/);
  });

  it('does not interpret what it puts in', () => {
    assert.equal(wordingIn('en')('numberShort', { number: '{{x}} <b>' }), 'Report {{x}} <b>');
  });
});
