import assert from 'node:assert/strict';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { type CsvOptions, csvRows } from './csv-rows.ts';
import type { Cell, Reject } from './row.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, options: Partial<CsvOptions> & { size?: number } = {}) {
  const { size = 11, ...rest } = options;
  const csv: CsvOptions = { name: 'f.csv', delimiter: ',', quote: '"', headerLine: undefined, ...rest };
  let columns: readonly string[] = [];
  const rows: { line: number; cells: readonly Cell[] }[] = [];
  const rejects: Reject[] = [];
  for await (const group of csvRows(inPieces(text, size), csv)) {
    columns = group.columns;
    rows.push(...group.rows);
    rejects.push(...group.rejects);
  }
  return { columns, rows, rejects: rejects.map(({ line, reason }) => ({ line, reason })) };
}

async function faultOf(text: string, options: Partial<CsvOptions> & { size?: number } = {}): Promise<string> {
  const error = await rejectionOf(read(text, options));
  assert.equal(error.name, 'InputError');
  return error.message;
}

describe('the rows of a CSV file', () => {
  it('come with the line they start on, also after cells of several lines and blank lines', async () => {
    const text = 'id,note\r\n1,"two\r\nlines"\r\n\r\n2,"three\n\nlines"\r\n3,plain\r\n';
    assert.deepEqual((await read(text)).rows, [
      { line: 2, cells: ['1', 'two\r\nlines'] },
      { line: 5, cells: ['2', 'three\n\nlines'] },
      { line: 8, cells: ['3', 'plain'] },
    ]);
  });

  it('may end in LF, CRLF or CR, and the last one in nothing', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      assert.deepEqual((await read(['a,b', '1,2', '3,4'].join(end))).rows, [
        { line: 2, cells: ['1', '2'] },
        { line: 3, cells: ['3', '4'] },
      ]);
    }
  });

  it('take their header from the line named, else from the first that is not blank', async () => {
    const text = '12345 热线工单,,\n\n编号,受理时间,类型\n7,2026-01-02,路灯\n';
    const named = await read(text, { headerLine: 3 });
    assert.deepEqual(named.columns, ['编号', '受理时间', '类型']);
    assert.deepEqual(named.rows, [{ line: 4, cells: ['7', '2026-01-02', '路灯'] }]);
    assert.deepEqual((await read('\n\nid, accepted \n1,2')).columns, ['id', 'accepted']);
  });

  it('of another number of cells than the header are rejected, but for empty cells at the end', async () => {
    const { rows, rejects } = await read('a,b\n1,2,3\n4\n5,6,,\n');
    assert.deepEqual(rows, [{ line: 4, cells: ['5', '6'] }]);
    assert.deepEqual(rejects, [
      { line: 2, reason: '3 cells where the header has 2 columns: check delimiters and quotes' },
      { line: 3, reason: '1 cells where the header has 2 columns: check delimiters and quotes' },
    ]);
  });

  it('with another delimiter than expected are an error that says what to set', async () => {
    assert.equal(
      await faultOf('id;accepted;closed\n1;2;3\n'),
      'f.csv line 1: the header is one column with "," as delimiter but holds ";"; set delimiter: ";" in the mapping',
    );
    assert.match(await faultOf('id\taccepted\n1\t2\n'), /holds "\\t"; set delimiter: "\\t"/);
    assert.deepEqual((await read('id;accepted\n1;2\n', { delimiter: ';' })).columns, ['id', 'accepted']);
  });

  it('that hold JSON are an error', async () => {
    assert.match(await faultOf('{"id": 1}\n'), /f\.csv starts like JSON: name the file \.json or \.ndjson/);
  });

  it('with a quote that is never closed are an error naming the line where its record starts', async () => {
    assert.equal(
      await faultOf('a,b\n1,2\n3,"open\n4,5\n'),
      'f.csv line 3: a quote opened in the record that starts here is never closed',
    );
  });

  it('with a quote inside a cell are an error, unless quotes are ordinary characters', async () => {
    const text = 'a,b\n1,2\n3,5" pipe\n';
    assert.match(await faultOf(text), /^f\.csv line 3: a quote stands inside a cell of this record/);
    assert.match(await faultOf('a,b\n1,"x"y\n'), /^f\.csv line 2: a quote stands inside a cell/);
    assert.deepEqual((await read(text, { quote: null })).rows[1]?.cells, ['3', '5" pipe']);
  });

  it('beyond 1 MB are an error naming the line, long before the whole line is in memory', async () => {
    let pieces = 0;
    async function* endless() {
      yield 'a,b\n1,2\n3,';
      for (; pieces < 1000; pieces += 1) yield 'x'.repeat(100_000);
    }
    const csv = { name: 'f.csv', delimiter: ',', quote: '"', headerLine: undefined };
    const drain = async () => {
      for await (const _ of csvRows(endless(), csv));
    };
    const error = await rejectionOf(drain());
    assert.match(error.message, /^f\.csv line 3: the record that starts here is larger than 1 MB/);
    assert.ok(pieces <= 11, `${pieces} pieces of 100 kB were read`);
  });

  it('of an empty text are an error', async () => {
    assert.match(await faultOf('\n\n'), /f\.csv has no header in line 1: it is empty/);
  });

  it('come back as they were written, however the text is cut (property)', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', '路'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, fc.constantFrom('x', 'y')), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (table, size) => {
          const text = stringify([['a', 'b', 'c'], ...table], { quoted: true });
          const { rows } = await read(text, { size });
          assert.deepEqual(
            rows.map(({ cells }) => cells),
            table,
          );
        },
      ),
    );
  });
});
