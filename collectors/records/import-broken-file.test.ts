import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { importFile } from './import-file.ts';
import { runImport, testCity } from './test-imports.ts';

const orders = 'id,accepted,closed,due,channel\nA-1,2015-03-04T05:06:07,2015-03-05,2015-03-01,app\n';

describe('importing a file that is not whole', () => {
  const folder = scratchFolder();
  const csv = (text: string | Uint8Array, name = 'orders.csv') => folder.write(name, text);

  it('is an error for a truncated and for a damaged gzip file', async () => {
    const whole = gzipSync(orders.repeat(5000));
    const cut = await rejectionOf(
      runImport({ path: csv(whole.subarray(0, -12), 'cut.csv.gz'), name: 'cut.csv.gz', kind: 'work-orders' }),
    );
    assert.equal(
      cut.message,
      'cut.csv.gz ends in the middle of its gzip data: it is truncated, fetch it again',
    );
    const wrong = Buffer.from(whole);
    wrong.fill(0xff, 100, 140);
    const error = await rejectionOf(runImport({ path: csv(wrong, 'bad.csv.gz'), kind: 'work-orders' }));
    assert.match(error.message, /bad\.csv\.gz holds damaged gzip data \(Z_DATA_ERROR\): fetch it again/);
  });

  it('is an error for a file that is absent, a folder or empty', async () => {
    const of = (path: string) => rejectionOf(runImport({ path, kind: 'work-orders', name: 'x.csv' }));
    assert.equal((await of(`${folder.path}/none.csv`)).message, 'x.csv does not exist: check the path');
    assert.equal((await of(folder.path)).message, 'x.csv is a folder: name one file in it');
    assert.equal(
      (await of(csv('', 'empty.csv'))).message,
      'x.csv is empty: it needs a header line with the names of its columns',
    );
  });

  it('is an error for an empty file, in words of its format', async () => {
    for (const [name, message] of [
      ['e.json', 'e.json is empty: it needs an array of records, [{...}, {...}]; without records write []'],
      ['e.ndjson', 'e.ndjson is empty: it needs one record {...} per line'],
      ['e.xlsx', 'e.xlsx is empty: it is no workbook, save or fetch it again'],
      ['e.csv.gz', 'e.csv.gz is empty: it needs a header line with the names of its columns'],
    ] as const) {
      const error = await rejectionOf(runImport({ path: csv('', name), name, kind: 'work-orders' }));
      assert.equal(error.message, message);
    }
  });

  it('notes a file without one record, with and without a mapping', async () => {
    const noRows = { zh: '表头之下没有数据行', en: 'there are no rows below the header' };
    const noRecord = { zh: '文件中没有任何记录', en: 'the file holds no record' };
    const yaml = 'kind: work-orders\nid: id\nfields: {accepted: accepted}\n';
    for (const [name, text, note] of [
      ['n.csv', 'id,accepted\n', noRows],
      ['n.json', '[]', noRecord],
      ['n.ndjson', '\n\n', noRecord],
    ] as const) {
      for (const mapping of [{}, { yaml }]) {
        const { summary } = await runImport({ path: csv(text, name), kind: 'work-orders', ...mapping });
        assert.deepEqual([summary.read, summary.notes], [0, [note]], name);
      }
    }
  });

  it('names the faults of lines that are no objects, and those of objects without keys', async () => {
    const lines = csv('7\n', 'seven.ndjson');
    const { rejects, summary } = await runImport({ path: lines, kind: 'work-orders' });
    assert.deepEqual(
      rejects.map(({ line, text }) => [line, text]),
      [
        [
          1,
          {
            zh: '"7" 不是一个对象：每条记录是一个 {...}',
            en: '"7" is not an object; each record is one {...}',
          },
        ],
      ],
    );
    assert.deepEqual([summary.read, summary.notes], [1, []]);
    const bare = await rejectionOf(
      runImport({ path: csv('[{}]', 'bare.json'), name: 'bare.json', kind: 'security-events' }),
    );
    assert.match(bare.message, /; its records have no keys$/);
  });

  it('stops when the signal says so, with the reason given', async () => {
    const path = csv(
      `id,accepted\n${Array.from({ length: 60_000 }, (_, i) => `${i},2015-03-02`).join('\n')}`,
      'long.csv',
    );
    const controller = new AbortController();
    const run = importFile({
      path,
      kind: 'work-orders',
      subject: testCity,
      mapping: null,
      isSubject: () => false,
      indicators: null,
      signal: controller.signal,
    });
    let batches = 0;
    const reading = async () => {
      for await (const batch of run.batches) {
        batches += 1;
        assert.ok(batch.records.length >= 1000 && batch.records.length < 2000);
        controller.abort(new Error('interrupted'));
      }
    };
    const error = await rejectionOf(reading());
    assert.equal(error.message, 'interrupted');
    assert.equal(batches, 1);
    assert.throws(() => run.summary(), /has not been read to its end/);
  });
});
