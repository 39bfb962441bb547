import assert from 'node:assert/strict';
import { readYaml } from './bounded-yaml.ts';

function faultsOf(text: string): string[] {
  return readYaml(text).faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('reading bounded YAML', () => {
  it('gives plain data and the place of each part', () => {
    const document = readYaml('a: &x [1, 2]\nb: *x\n');
    assert.deepEqual(document.value, { a: [1, 2], b: [1, 2] });
    assert.deepEqual(document.fault(['a', 1], 'wrong'), {
      path: 'a[1]',
      line: 1,
      column: 11,
      message: 'wrong',
    });
    assert.deepEqual(document.fault(['b'], 'wrong', 'key'), {
      path: 'b',
      line: 2,
      column: 1,
      message: 'wrong',
    });
  });

  it('takes an alias for the last anchor of its name', () => {
    assert.deepEqual(readYaml('- &x 3\n- *x\n- &x 5\n- *x\n').value, [3, 3, 5, 5]);
  });

  it('says once what the parser says at every level of an unclosed bracket', () => {
    assert.deepEqual(faultsOf('['.repeat(150)), [
      '1:151 YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      '1:151 YAML: Flow sequence must end with a ]',
    ]);
  });

  it('names every key that stands twice', () => {
    assert.deepEqual(faultsOf('a: 1\nb: { c: 1, c: 2 }\na: 2\n'), [
      '2:12 the key "c" stands twice in this mapping',
      '3:1 the key "a" stands twice in this mapping',
    ]);
  });

  const slow: readonly (readonly [title: string, text: string, first: string])[] = [
    [
      'tens of thousands of keys',
      'k:\n'.repeat(100_000),
      '1:1 more than 20000 values once its aliases are expanded',
    ],
    ['tags in a row', '!a '.repeat(100_000), 'null:null the file piles up tags or anchors without values'],
    [
      'anchors on lines of their own',
      '&a\n'.repeat(100_000),
      'null:null the file piles up tags or anchors without values',
    ],
    ['unknown tags without end', `[${'!a,'.repeat(50_000)}]`, '1:2 YAML: Unresolved tag: !a'],
  ];
  for (const [title, text, first] of slow) {
    it(`refuses ${title} within seconds`, () => {
      const before = performance.now();
      const faults = faultsOf(text);
      assert.equal(faults[0], first);
      assert.ok(faults.length <= 20);
      assert.ok(performance.now() - before < 5000);
    });
  }
});
