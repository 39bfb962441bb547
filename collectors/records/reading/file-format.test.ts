import assert from 'node:assert/strict';
import { fileFormatOf } from './file-format.ts';

const text = Buffer.from('id,accepted');
const gzip = Buffer.from([0x1f, 0x8b, 8, 0]);
const zip = Buffer.from('PK\u0003\u0004');

describe('the format of a file', () => {
  it('is told from name and first bytes together', () => {
    assert.deepEqual(fileFormatOf('a/orders.CSV', text), { format: 'csv', isGzip: false, delimiter: null });
    assert.deepEqual(fileFormatOf('orders.csv.gz', gzip), { format: 'csv', isGzip: true, delimiter: null });
    assert.deepEqual(fileFormatOf('orders.tsv', text), { format: 'csv', isGzip: false, delimiter: '\t' });
    assert.deepEqual(fileFormatOf('o.jsonl.gz', gzip), { format: 'ndjson', isGzip: true, delimiter: null });
    assert.deepEqual(fileFormatOf('o.json', text), { format: 'json', isGzip: false, delimiter: null });
    assert.deepEqual(fileFormatOf('工单.xlsx', zip), { format: 'xlsx', isGzip: false, delimiter: null });
  });

  for (const { name, head, fault } of [
    { name: 'orders.dat', head: text, fault: /the ending "dat" is not of a known format; known are CSV/ },
    { name: 'orders', head: text, fault: /the ending "" is not of a known format/ },
    { name: 'orders.csv.gz', head: text, fault: /named \.gz but is not gzip data/ },
    { name: 'orders.csv', head: zip, fault: /named \.csv but is a ZIP or XLSX file: name it \.xlsx/ },
    { name: 'orders.xlsx', head: text, fault: /named \.xlsx but is not an XLSX file/ },
    { name: 'orders.xlsx', head: gzip, fault: /XLSX is compressed already/ },
    {
      name: 'orders.xls',
      head: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      fault: /old \(\.xls\) or password-protected/,
    },
    { name: 'orders.constructor', head: text, fault: /not of a known format/ },
  ]) {
    it(`is an error for ${name} starting ${JSON.stringify(head.toString('latin1').slice(0, 4))}`, () => {
      assert.throws(() => fileFormatOf(name, head), { name: 'InputError', message: fault });
    });
  }
});
