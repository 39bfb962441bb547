import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linearRegex } from '../../contract.ts';
import { relabeller } from './relabel.ts';
import { relabelRule } from './relabel-rule.ts';

function relabel(rules: readonly object[], labels: Readonly<Record<string, string>>) {
  const apply = relabeller(rules.map((rule) => relabelRule.parse(rule)));
  const left = apply(new Map(Object.entries(labels)));
  return left && Object.fromEntries(left);
}

const sample = { __name__: 'node_cpu_seconds_total', mode: 'idle', cpu: '3' };

describe('relabelling', () => {
  it('replaces by groups, numbered and named, and leaves alone what does not match', () => {
    const rules = [
      {
        sourceLabels: ['__name__'],
        regex: 'node_(?P<part>[a-z]+)_.*',
        targetLabel: 'part',
        replacement: '$part/$$/$9',
      },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces belong to the rule.
      { sourceLabels: ['mode', 'cpu'], regex: '(.+);(.+)', targetLabel: '${1}_on', replacement: 'cpu${2}' },
      { sourceLabels: ['mode'], regex: 'idl', targetLabel: 'cpu', replacement: 'never' },
    ];
    assert.deepEqual(relabel(rules, sample), { ...sample, part: 'cpu/$/', idle_on: 'cpu3' });
  });

  it('takes a label away by an empty replacement', () => {
    const rules = [{ sourceLabels: ['mode'], targetLabel: 'cpu', replacement: '' }];
    assert.deepEqual(relabel(rules, sample), { __name__: sample.__name__, mode: 'idle' });
  });

  it('keeps and drops samples by their source, matched from end to end', () => {
    const rule = (action: string, regex: string) => [
      { sourceLabels: ['__name__', 'mode'], separator: '@', regex, action },
    ];
    assert.deepEqual(relabel(rule('keep', 'node_.*@idle'), sample), sample);
    assert.equal(relabel(rule('keep', 'node_'), sample), null);
    assert.equal(relabel(rule('drop', '.*@(idle|user)'), sample), null);
    assert.deepEqual(relabel(rule('drop', 'idle'), sample), sample);
  });

  it('renames, drops and keeps labels by their names', () => {
    assert.deepEqual(relabel([{ regex: 'c(.*)', action: 'labelmap', replacement: 'k$1' }], sample), {
      ...sample,
      kpu: '3',
    });
    assert.deepEqual(relabel([{ regex: 'cpu|mo', action: 'labeldrop' }], sample), {
      __name__: sample.__name__,
      mode: 'idle',
    });
    assert.deepEqual(relabel([{ regex: '__name__|cpu', action: 'labelkeep' }], sample), {
      __name__: sample.__name__,
      cpu: '3',
    });
  });

  it('changes case', () => {
    const rules = [{ sourceLabels: ['mode'], action: 'uppercase', targetLabel: 'mode' }];
    assert.deepEqual(relabel(rules, sample), { ...sample, mode: 'IDLE' });
  });

  const faults: readonly (readonly [rule: object, path: string, message: RegExp])[] = [
    [{ action: 'hashmod' }, 'action', /Invalid option/],
    [{ sourceLabels: ['a'] }, 'action', /needs targetLabel/],
    [{ action: 'keep' }, 'action', /needs sourceLabels/],
    [{ action: 'labeldrop', targetLabel: 'a' }, 'targetLabel', /is not used by the action labeldrop/],
    [{ sourceLabels: ['a'], targetLabel: 'job' }, 'targetLabel', /own job and subject/],
    [{ sourceLabels: ['a-b'], targetLabel: 'c' }, 'sourceLabels.0', /is no label name/],
    [{ regex: '(a', action: 'labeldrop' }, 'regex', /missing closing \): `\(a`/],
    [{ regex: '(?=a)', action: 'labeldrop' }, 'regex', /unsupported Perl syntax: `\(\?=`/],
    [{ regex: '(a)\\1', action: 'labeldrop' }, 'regex', /invalid escape sequence: `\\1`/],
    [{ regex: '(((a{900}){900}){900})', action: 'labeldrop' }, 'regex', /invalid repeat count: `\{900\}`/],
  ];
  for (const [rule, path, message] of faults) {
    it(`names the fault of ${JSON.stringify(rule)}`, () => {
      const issue = relabelRule.safeParse(rule).error?.issues[0];
      assert.equal(issue?.path.join('.'), path);
      assert.match(issue.message, message);
    });
  }
});

describe('the linear regular expression', () => {
  it('gives up on no text, whatever the expression', () => {
    const before = performance.now();
    assert.equal(linearRegex('(a+)+b').match('a'.repeat(20_000)), null);
    assert.equal(linearRegex('(.*)x(.*)y(.*)z').match('xy'.repeat(5_000)), null);
    assert.ok(performance.now() - before < 3000);
  });

  it('finds the same groups as the expressions of the language, where both know the syntax', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '(a|b)', '(ab)', '(?:b|a.)', 'c');
    const repeat = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '{1,2}', '{2}');
    const part = fc.tuple(atom, repeat).map(([text, times]) => text + times);
    const branch = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const pattern = fc.array(branch, { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|'));
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, text, (expression, value) => {
        const theirs = new RegExp(`^(?:${expression})$`, 'su').exec(value);
        const ours = linearRegex(expression).match(value);
        assert.deepEqual(ours, theirs && [...theirs].map((each) => each ?? ''));
      }),
      { numRuns: 3000 },
    );
  });

  it('knows ranges, classes, cases and code points beyond the first plane', () => {
    assert.deepEqual(linearRegex('(?i)NODE_(cpu)').match('node_CPU'), ['node_CPU', 'CPU']);
    assert.deepEqual(linearRegex('([\\d.:-]+)').match('10.0.0.7:9100-x'), null);
    assert.deepEqual(linearRegex('([\\d.:-]+)').match('10.0.0.7:9100'), ['10.0.0.7:9100', '10.0.0.7:9100']);
    assert.deepEqual(linearRegex('.(.)\\x{4e2d}').match('𠮷a中'), ['𠮷a中', 'a']);
    assert.deepEqual(linearRegex('\\bcpu\\b').match('cpu'), ['cpu']);
  });
});
