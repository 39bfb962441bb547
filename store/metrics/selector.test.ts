import assert from 'node:assert/strict';
import { type LabelMatcher, printSelector, RegexFault } from '../../scoring/contract.ts';
import { compileMatchers, subjectPattern, withSubjects } from './selector.ts';

const matcher = (operator: LabelMatcher['operator'], value: string): LabelMatcher => ({
  label: 'kind',
  operator,
  value,
});
const matches = (operator: LabelMatcher['operator'], value: string, kind?: string) =>
  compileMatchers([matcher(operator, value)])(kind === undefined ? {} : { kind });

describe('selectors of series', () => {
  it('match the whole value of a label, and take an absent one for empty', () => {
    assert.deepEqual([matches('=', 'http', 'http'), matches('=', 'http', 'https')], [true, false]);
    assert.deepEqual([matches('=~', 'http|tcp', 'tcp'), matches('=~', 'http|tcp', 'https')], [true, false]);
    assert.deepEqual([matches('!=', 'http', 'tcp'), matches('!=', 'http')], [true, true]);
    assert.deepEqual([matches('!~', 'a.*', 'abc'), matches('!~', 'a.*', 'bca')], [false, true]);
    assert.deepEqual([matches('=', ''), matches('=~', '.*'), matches('=~', '.+')], [true, true, false]);
  });

  it('read what RE2 allows and JavaScript is stricter about', () => {
    assert.equal(matches('=~', 'web\\-1', 'web-1'), true);
    assert.equal(matches('=~', '(?i)HTTP', 'http'), true);
    assert.throws(() => matches('=~', '(', 'x'), RegexFault);
  });

  it('get the evaluated subjects, unless they name subjects themselves', () => {
    const all = { metric: 'up', matchers: [] };
    assert.equal(printSelector(withSubjects(all, ['hexi'])), 'up{subject="hexi"}');
    assert.equal(printSelector(withSubjects(all, ['hexi', 'hexi/east'])), 'up{subject=~"hexi|hexi/east"}');
    const own = { metric: 'up', matchers: [{ label: 'subject', operator: '=~', value: '.*' }] } as const;
    assert.deepEqual(withSubjects(own, ['hexi']), own);
  });

  it('take subjects literally in regular expressions', () => {
    assert.equal(subjectPattern(['a.b', 'c+']), 'a\\.b|c\\+');
  });
});
