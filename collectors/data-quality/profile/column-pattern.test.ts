import assert from 'node:assert/strict';
import { columnPattern } from './column-pattern.ts';

const patternOf = (values: readonly string[]) => columnPattern(values, 0.99);

describe('pattern of a column', () => {
  it('names the classes of characters and how many there are', () => {
    assert.equal(patternOf(['13800000001', '13900000002']), '\\d{11}');
    assert.equal(patternOf(['AB-123', 'C-45678']), '[A-Z]{1,2}-\\d{3,5}');
    assert.equal(patternOf(['沪A12345', '京B00001']), '[一-鿿][A-Z]\\d{5}');
  });

  it('bears an exception in a hundred values, not two', () => {
    const values = Array.from({ length: 99 }, (_, index) => `X${100 + index}`);
    assert.equal(patternOf([...values, 'none']), '[A-Z]\\d{3}');
    assert.equal(patternOf([...values, 'none', 'no']), null);
  });

  it('says nothing of words, sentences and numbers of many lengths', () => {
    assert.equal(patternOf(['Boston', 'Dorchester']), null);
    assert.equal(patternOf(['12 Main', '34 West']), null);
    assert.equal(patternOf(['1', '12', '1234']), null);
    assert.equal(patternOf([]), null);
  });
});
