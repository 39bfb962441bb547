import assert from 'node:assert/strict';
import { groupingOf } from './grouping.ts';
import { overWindow } from './over-window.ts';
import { selectorsOf } from './query-selectors.ts';
import { queryTree } from './query-tree.ts';

const shown = (query: string) => {
  const tree = queryTree(query);
  const grouping = groupingOf(tree.top, tree);
  return grouping.kind === 'by' ? grouping.labels.join() : grouping.kind;
};

describe('what a query leaves of its labels', () => {
  for (const [query, expected] of [
    ['sum(rate(a[{{.window}}]))', 'single'],
    ['1 - sum(a) / count(b)', 'single'],
    ['sum(a) by (z, b) / on (b, z) sum by (b, z) (c)', 'b,z'],
    ['sum without (z) (a)', 'many'],
    ['topk(3, sum(a))', 'many'],
    ['sum_over_time((count(a))[{{.window}}:]) or on() vector(0)', 'single'],
    ['sum(a) or b', 'many'],
    ['sum(a) and b', 'single'],
    ['abs(-(a))', 'many'],
    ['max(a) * 100', 'single'],
  ] as const) {
    it(`is ${expected} for ${query}`, () => {
      assert.equal(shown(query), expected);
    });
  }
});

describe('the selectors of a query', () => {
  it('know whether they are subtracted, divided by, stand in for others, and lie within the window', () => {
    const query =
      'sum(a) - sum(b) / sum(c) or sum(d) - -e + rate(f[5m]) + sum_over_time(rate(g[5m])[{{.window}}:])';
    const facts = selectorsOf(queryTree(query)).map((each) => [
      each.metric,
      each.isSubtracted,
      each.isDivisor,
      each.isFallback,
      each.literalRange?.text ?? '',
      each.isInWindow,
    ]);
    assert.deepEqual(facts, [
      ['a', false, false, false, '', false],
      ['b', true, false, false, '', false],
      ['c', true, true, false, '', false],
      ['d', false, false, true, '', false],
      ['e', false, false, true, '', false],
      ['f', false, false, true, '5m', false],
      ['g', false, false, true, '5m', true],
    ]);
  });
});

describe('a query without a window', () => {
  it('has every counter by its rate, and anything else summed over steps', () => {
    assert.equal(
      overWindow('sum(a{b="c"}) + d', true),
      'sum(rate(a{b="c"}[{{.window}}])) + rate(d[{{.window}}])',
    );
    assert.equal(overWindow('sum(a)', false), 'sum_over_time((sum(a))[{{.window}}:])');
    assert.equal(
      overWindow(' max(delta(a[5m]))\n', true),
      'sum_over_time((max(delta(a[5m])))[{{.window}}:])',
    );
    assert.equal(overWindow('sum(rate(a[{{ .window }}]))\n', true), 'sum(rate(a[{{ .window }}]))\n');
  });
});
