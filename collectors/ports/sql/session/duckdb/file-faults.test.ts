import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { faultOf, open } from '../../../../../test/duckdb-files.ts';
import { scratchFolder } from '../../../../../test/scratch-folder.ts';
import { testBounds } from '../../../../../test/sql-tables.ts';
import type { DataFile } from '../../../../contract.ts';

describe('files that DuckDB cannot read', function () {
  this.timeout(30_000);
  const folder = scratchFolder();

  it('names the file, the line and the remedy of what is broken, and never the line itself', async () => {
    const invalid = Buffer.concat([
      Buffer.from('a,b\n1,x\n2,'),
      Buffer.from([0xd6, 0xd0]),
      Buffer.from('\n'),
    ]);
    const cases: readonly [string, string | Uint8Array, Partial<DataFile>, string][] = [
      ['short.csv', 'a,b\n1,secret\n2\n', {}, 'short.csv: line 3: 1 columns instead of 2'],
      ['long.csv', 'a,b\n1,secret,3\n', {}, 'long.csv: line 2: 3 columns instead of 2'],
      [
        'quote.csv',
        'a,b\n1,"secret\n2,b\n',
        {},
        'quote.csv: line 2: a quote that is not closed, or text after it',
      ],
      [
        'behind.csv',
        'a,b\n1,"secret"x\n',
        {},
        'behind.csv: line 2: a quote that is not closed, or text after it',
      ],
      [
        'ends.csv',
        'a,b\r\n1,x\n2,y\r\n',
        {},
        'ends.csv: no CSV as RFC 4180 has it: are its line ends mixed?',
      ],
      [
        'gbk.csv',
        invalid,
        {},
        "gbk.csv: line 3 is not UTF-8: give the file's encoding, for example encoding: gb18030",
      ],
      [
        'odd.csv',
        'a\n',
        { encoding: 'klingon' },
        'odd.csv: encoding "klingon" is not known: write utf-8, gb18030, latin1, utf-16le ...',
      ],
      [
        'bytes.csv',
        Buffer.from([0x61, 0x0a, 0xff, 0xff]),
        { encoding: 'gb18030' },
        "bytes.csv: not gb18030: give the file's encoding with encoding:",
      ],
      [
        'mark.csv',
        Buffer.from('\uFEFFa\n', 'utf16le'),
        {},
        'mark.csv: UTF-16: give encoding: utf-16le or utf-16be',
      ],
      ['empty.csv', '', {}, 'empty.csv: empty'],
      [
        'head.csv',
        '"a,b\n1,2\n',
        {},
        'head.csv: line 1 is no CSV header: its quotes are not closed, or it is longer than 1 MiB',
      ],
      ['book.csv', 'PK\x03\x04xxxx', {}, 'book.csv: not CSV but a ZIP file or an Excel workbook'],
      ['text.parquet', 'a,b\n', { format: 'parquet' }, 'text.parquet: not a Parquet file'],
      [
        'csv.json',
        'a,b\n',
        { format: 'json' },
        'csv.json: not JSON: neither an array of objects nor one object on each line',
      ],
      ['broken.json', '{"a":1}\n{"a":\n', { format: 'json' }, 'broken.json: record 2: malformed JSON'],
      [
        'list.json',
        '[1, 2]',
        { format: 'json' },
        'list.json: holds no JSON objects: write an array of objects, or one object on each line',
      ],
      [
        'none.json',
        '[]',
        { format: 'json' },
        'none.json: holds no JSON objects: write an array of objects, or one object on each line',
      ],
      [
        'twice.json',
        '[{"a":1},{"a":1,"a":"secret"}]',
        { format: 'json' },
        'twice.json: record 2: no object, or an object with the same key twice',
      ],
      [
        'cut.parquet',
        'PAR1 and no more of it',
        { format: 'parquet' },
        'cut.parquet: damaged or cut off: copy or write it again',
      ],
      [
        'cut.csv.gz',
        gzipSync('a,b\n1,2\n'.repeat(100)).subarray(0, 30),
        {},
        'cut.csv.gz: the gzip file is broken or cut off (unexpected end of file): pack it again',
      ],
    ];
    for (const [name, contents, rest, expected] of cases) {
      const fault = await faultOf({ path: folder.write(name, contents), ...rest });
      assert.equal(fault, expected);
    }
    assert.equal(
      await faultOf({ path: `${folder.path}/absent.csv` }),
      'absent.csv: cannot be read (ENOENT): check the path and the rights',
    );
  });

  it('finds what is not UTF-8 far into a file, and characters that lie across two pieces', async () => {
    const line = `${'桥'.repeat(33)}x\n`;
    const many = line.repeat(90_000);
    const session = await open({ path: folder.write('wide.csv', `name\n${many}`) });
    assert.deepEqual(
      await session.query('select count(*) as n, count(distinct name) as d from data', testBounds()),
      [{ n: 90_000, d: 1 }],
    );
    await session.close();
    const bytes = Buffer.concat([Buffer.from(`name\n${many}`), Buffer.from([0x78, 0xe6, 0xa1])]);
    assert.match(
      await faultOf({ path: folder.write('wide-bad.csv', bytes) }),
      /^wide-bad\.csv: line 90002 is not UTF-8/,
    );
  });
});
