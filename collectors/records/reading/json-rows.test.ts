import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { jsonRows } from './json-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import type { RowGroup } from './row.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function gather(groups: AsyncIterable<RowGroup>) {
  let columns: readonly string[] = [];
  const rows: object[] = [];
  const rejects: object[] = [];
  for await (const group of groups) {
    columns = group.columns;
    for (const { line, cells } of group.rows) {
      rows.push({
        line,
        ...Object.fromEntries(group.columns.map((column, i) => [column, cells[i] ?? null])),
      });
    }
    rejects.push(...group.rejects.map(({ line, reason }) => ({ line, reason })));
  }
  return { columns, rows, rejects };
}

const json = (text: string, size = 5) => gather(jsonRows(inPieces(text, size), 'f.json'));
const ndjson = (text: string, size = 5) => gather(ndjsonRows(inPieces(text, size), 'f.ndjson'));

describe('the rows of a JSON file', () => {
  it('are its objects, with the keys met so far as columns', async () => {
    const text = '[\n {"id": "a", "rating": 4.5},\n {"id": "b", "closed": null, "tags": ["x", "y"]}\n]\n';
    const { columns, rows } = await json(text, 1000);
    assert.deepEqual(columns, ['id', 'rating', 'closed', 'tags']);
    assert.deepEqual(rows, [
      { line: 2, id: 'a', rating: 4.5, closed: null, tags: null },
      { line: 3, id: 'b', rating: null, closed: null, tags: ['x', 'y'] },
    ]);
  });

  it('have the keys of inner objects joined by a dot', async () => {
    assert.deepEqual((await json('[{"unit":{"owner":{"name":"城管局"},"n":3}}]')).rows, [
      { line: 1, 'unit.owner.name': '城管局', 'unit.n': 3 },
    ]);
  });

  for (const [text, fault] of [
    ['{"id": 1}', /line 1: "\{" is not expected here; the file must be an array of objects/],
    ['[{"id": 1}, 7]', /line 1: "7" is not expected here; objects of the array are separated by commas/],
    ['[{"id": 1}\n{"id": 2}]', /line 2: "\{" is not expected here/],
    ['[{"id": 1},\n{"id": }]', /line 2: not valid JSON/],
    ['[{"id": 1}] x', /"x" is not expected here/],
    ['[{"id": 1},\n{"id"', /line 2: the file ends before its array is closed; it is truncated/],
    ['', /the file ends before its array is closed/],
  ] as const) {
    it(`are an error for ${JSON.stringify(text)}`, async () => {
      const error = await rejectionOf(json(text));
      assert.equal(error.name, 'InputError');
      assert.match(error.message, fault);
    });
  }

  it('nested without end or with keys without end are an error', async () => {
    const deep = await rejectionOf(json(`[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, 50_000));
    assert.equal(deep.message, 'f.json line 1: the object is nested too deeply: lay it flat');
    const keys = Array.from({ length: 2001 }, (_, i) => `{"k${i}":1}`).join(',');
    assert.match(
      (await rejectionOf(json(`[${keys}]`, 5000))).message,
      /more than 2000 different keys so far/,
    );
  });

  it('beyond 1 MB are an error long before the whole object is in memory', async () => {
    let pieces = 0;
    async function* endless() {
      yield '[{"id":1},\n{"id":"';
      for (; pieces < 1000; pieces += 1) yield 'x'.repeat(100_000);
    }
    const error = await rejectionOf(gather(jsonRows(endless(), 'f.json')));
    assert.match(error.message, /^f\.json line 2: the object that starts here is larger than 1 MB/);
    assert.ok(pieces <= 11, `${pieces} pieces of 100 kB were read`);
  });

  it('come back as they were written, however the text is cut (property)', async () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: value, b: value }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(undefined, 2),
        async (objects, size, indent) => {
          const { rows } = await json(JSON.stringify(objects, null, indent), size);
          const plain = JSON.parse(JSON.stringify(objects)) as object[];
          assert.deepEqual(
            rows.map(({ line: _, ...rest }: object & { line?: number }) => rest),
            plain,
          );
        },
      ),
    );
  });
});

describe('the rows of an NDJSON file', () => {
  it('are its lines; a line that is not an object is rejected and the next one read', async () => {
    const { rows, rejects } = await ndjson('{"id": 1}\r\n\n{"id": \n[3]\n{"id": 4}');
    assert.deepEqual(rows, [
      { line: 1, id: 1 },
      { line: 5, id: 4 },
    ]);
    assert.equal(rejects.length, 2);
    assert.deepEqual(rejects[1], { line: 4, reason: '"[3]" is not an object; each record is one {...}' });
  });

  it('too deep to lay out are rejected by reason alone, for the line is named beside it', async () => {
    const { rows, rejects } = await ndjson(`{"a":${'['.repeat(9000)}${']'.repeat(9000)}}\n{"id": 2}`, 50_000);
    assert.deepEqual(rejects, [{ line: 1, reason: 'the object is nested too deeply: lay it flat' }]);
    assert.equal(rows.length, 1);
  });

  it('beyond 1 MB are an error', async () => {
    const error = await rejectionOf(ndjson(`{"id": 1}\n{"id": "${'x'.repeat(1_000_001)}"}`, 50_000));
    assert.match(error.message, /^f\.ndjson line 2: the line is larger than 1 MB/);
  });
});
