import assert from 'node:assert/strict';
import { bothLanguages, fromBothLanguages } from './text.ts';

describe('a text in both languages', () => {
  it('comes back from one string as it was put in', () => {
    const text = { zh: '结案早于受理', en: 'Closed lies before Accepted' };
    assert.equal(bothLanguages(text), '结案早于受理\nClosed lies before Accepted');
    assert.deepEqual(fromBothLanguages(bothLanguages(text)), text);
  });

  it('is the same in both when there is but one line', () => {
    assert.deepEqual(fromBothLanguages('closed early'), { zh: 'closed early', en: 'closed early' });
  });
});
