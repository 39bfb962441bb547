import assert from 'node:assert/strict';
import { readYaml } from './bounded-yaml.ts';

/** Line and column at which the character at a column of the value of `query` is found. */
function placeOf(text: string, of: string): string {
  const { value, fault } = readYaml(text);
  const query = (value as { query: string }).query;
  const { line, column } = fault(['query'], '', { column: query.indexOf(of) + 1 });
  return `${line}:${column}`;
}

describe('the place of a character within a YAML scalar', () => {
  for (const [written, text, place] of [
    ['without quotes, over two lines', 'query: sum(a)\n  by !\nz: 1', '2:6'],
    ['as a block', 'query: |\n  sum(\n    a !\n  )\n', '3:7'],
    ['as a block with its indent and a comment', 'query: |2- # of it\n    sum(a !)\n', '2:11'],
    ['folded', 'query: >-\n  sum(\n\n  a ! )\n', '4:5'],
    ['in single quotes', "query: 'a{b=''c''} !'", '1:20'],
    ['in double quotes with escapes', String.raw`query: "a{b=\"c\"}\n\t\u0041\x42\U00000043 !"`, '1:44'],
    ['in double quotes over two lines', 'query: "a{b=\\"c\\"} \\\n  !"', '2:3'],
    ['in Chinese', 'query: "门户{市=\\"河西\\"} !"', '1:22'],
    ['with an anchor', 'query: &q "a{b=\\"c\\"} !"', '1:23'],
  ] as const) {
    it(`is found ${written}`, () => {
      assert.equal(placeOf(text, '!'), place);
    });
  }

  it('is that of its last character where the value ends before', () => {
    const { fault } = readYaml('query: |\n  sum(a\n\nnext: 1\n');
    const { line, column } = fault(['query'], '', { column: 7 });
    assert.deepEqual([line, column], [2, 7]);
    const quoted = readYaml('{ query: "sum(a", next: 1 }').fault(['query'], '', { column: 6 });
    assert.deepEqual([quoted.line, quoted.column], [1, 15]);
  });
});
