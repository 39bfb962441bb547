import assert from 'node:assert/strict';
import { canReach, jaroWinkler } from './jaro-winkler.ts';

const points = (text: string) => [...text].map((each) => each.codePointAt(0) ?? 0);
const similarity = (one: string, other: string) => jaroWinkler(points(one), points(other)).toFixed(4);

describe('Jaro-Winkler similarity', () => {
  it("gives the values of Winkler's own examples", () => {
    assert.equal(similarity('MARTHA', 'MARHTA'), '0.9611');
    assert.equal(similarity('DIXON', 'DICKSONX'), '0.8133');
    assert.equal(similarity('DWAYNE', 'DUANE'), '0.8400');
  });

  it('compares characters, not bytes: names that share lead bytes of UTF-8 alone are unlike', () => {
    assert.equal(similarity('北京市', '北京巿'), '0.8222');
    assert.equal(similarity('张三', '李四'), '0.0000');
  });

  it('is 1 for equal texts and 0 beside an empty one', () => {
    assert.equal(similarity('城管局', '城管局'), '1.0000');
    assert.equal(similarity('城管局', ''), '0.0000');
    assert.equal(similarity('', ''), '1.0000');
  });

  it('knows from the lengths alone what cannot be similar enough', () => {
    assert.equal(canReach(0.92, [6, 10]), true);
    assert.equal(canReach(0.92, [5, 10]), false);
  });
});
