import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { readJson } from './json-document.ts';
import { EntryFault } from './report-fault.ts';

async function* once(text: string) {
  yield Buffer.from(text);
}
const read = (text: string) =>
  readJson({
    fileName: 'a.json',
    chunks: once(text),
    ...{ asset: null, timeZone: 'UTC', now: '2031-03-05T06:00:00.000Z' },
  });
const faultOf = async (text: string) => (await rejectionOf(read(text))).message;

describe('reading a JSON document', () => {
  it('gives parts by their paths; null is absent', async () => {
    const document = await read('\ufeff{"a":[{"b":"x"},{"b":null}],"n":3,"e":""}');
    const [first, second] = document.at('a').items();
    assert.deepEqual(
      [first?.at('b').text(), second?.at('b').text(), document.at('e').text(), document.at('n').number()],
      ['x', null, null, 3],
    );
    assert.equal(second?.at('b').at('c').item(4).path, 'a[1].b.c[4]');
    assert.deepEqual(document.at('toString').isAbsent, true);
    const faults = [
      () => document.at('n').text(),
      () => document.at('a').at('b'),
      () => document.at('n').items(),
      () => document.at('q').at('r').needText(),
    ].map((act) => {
      try {
        return act();
      } catch (error) {
        assert.ok(error instanceof EntryFault);
        return error.message;
      }
    });
    assert.deepEqual(faults, [
      'n: is "3" where a text is needed',
      'a: is [...] where an object is needed',
      'n: is "3" where a list is needed',
      'q.r: is missing',
    ]);
  });

  it('names the line of what is wrong, and says when the end is missing', async () => {
    assert.equal(
      await faultOf('{\n"a": 1,\n"b": x}'),
      'a.json line 3: is not JSON here: export the report again',
    );
    assert.match(await faultOf('<a>\n</a>'), /^a\.json line 1: is not JSON here/);
    assert.match(await faultOf('{"a": tru,\n"b": 1,\n"c": "\\x"}\n\n'), /^a\.json line 1: /);
    assert.match(await faultOf('{"a": true,\n"b": 1,\n"c": "\\x"}\n\n'), /^a\.json line 3: /);
    const truncated = 'ends in the middle of a value: the file is truncated, export or fetch it again';
    assert.equal(await faultOf('{\n"a": ["b'), `a.json line 2: ${truncated}`);
    assert.equal(await faultOf('[['), `a.json line 1: ${truncated}`);
    assert.match(await faultOf(']'), /is not JSON here/);
  });

  it('refuses a million levels before it builds them', async () => {
    const fault = 'a.json line 1: nested deeper than 64 levels, which no scan report is: it is refused';
    assert.equal(await faultOf('['.repeat(1_000_000)), fault);
    assert.equal(await faultOf(`${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`), fault);
  });
});
