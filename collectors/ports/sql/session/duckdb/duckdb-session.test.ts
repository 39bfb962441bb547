import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { rejectionOf, scratchFolder } from '../../../../../test/scratch-folder.ts';
import { testBounds } from '../../../../../test/sql-tables.ts';
import { type DataFile, InputError, type SqlSession } from '../../../../contract.ts';
import { openSession } from '../open-session-client.ts';

type Given = Partial<DataFile> & { readonly path: string };

const open = (...files: readonly Given[]): Promise<SqlSession> =>
  openSession(
    { driver: 'duckdb', files: files.map((file) => ({ name: 'data', format: 'csv', ...file })) },
    testBounds(),
  );

async function rowsOf(...files: readonly Given[]) {
  const session = await open(...files);
  try {
    return await session.query('select * from data', testBounds());
  } finally {
    await session.close();
  }
}

/** Of opening or of reading, with the folder taken out. */
async function faultOf(file: Given): Promise<string> {
  const error = await rejectionOf(rowsOf(file));
  assert.ok(error instanceof InputError, String(error.stack));
  assert.equal(error.cause, undefined);
  return error.message.replaceAll(file.path, basename(file.path));
}

const privateFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('citygauge-duckdb-'));

describe('files seen through DuckDB', function () {
  this.timeout(30_000);
  const folder = scratchFolder();

  it('gives every cell of a CSV file as it is written, empty ones as NULL', async () => {
    const path = folder.write('a.csv', 'id,name,,Name\r\n007, x ,1e5,NaN\r\n"8","","say ""hi""\r\n",\r\n');
    assert.deepEqual(await rowsOf({ path }), [
      { id: '007', name: ' x ', column2: '1e5', Name_1: 'NaN' },
      { id: '8', name: null, column2: 'say "hi"\r\n', Name_1: null },
    ]);
  });

  it('takes a file with a byte order mark, without a last line end, or with no row at all', async () => {
    assert.deepEqual(await rowsOf({ path: folder.write('bom.csv', '\uFEFFid;名称\n1;甲'), delimiter: ';' }), [
      { id: '1', 名称: '甲' },
    ]);
    assert.deepEqual(await rowsOf({ path: folder.write('none.csv', 'id,name\n') }), []);
  });

  it('takes file and view names literally', async () => {
    const path = folder.write(`it's [a-z]* "q" ?.csv`, 'id\n3\n');
    folder.write(`it's a "q" x.csv`, 'id\n4\n');
    const session = await open({ path, name: `da"ta'` });
    assert.deepEqual(await session.query(`select * from "da""ta'"`, testBounds()), [{ id: '3' }]);
    await session.close();
  });

  it('unpacks and recodes into a private folder that goes with the session', async () => {
    const before = privateFolders();
    const gb18030 = Buffer.from([
      0xc3,
      0xfb,
      0x0a,
      0xb9,
      0xab,
      0xd4,
      0xb0,
      0x0a,
      0x80 + 0x01,
      0x30,
      0x81,
      0x30,
      0x0a,
    ]);
    const cases: readonly [string, Uint8Array, Partial<DataFile>, unknown][] = [
      ['g.csv', gb18030, { encoding: 'gb18030' }, [{ 名: '公园' }, { 名: '\u0080' }]],
      ['g.csv.gz', gzipSync(gb18030), { encoding: 'GB18030' }, [{ 名: '公园' }, { 名: '\u0080' }]],
      ['l.csv', Buffer.from('a\ncaf\xe9\n', 'latin1'), { encoding: 'latin1' }, [{ a: 'café' }]],
      ['u.csv', Buffer.from('\uFEFFa\n桥\n', 'utf16le'), { encoding: 'utf-16le' }, [{ a: '桥' }]],
      ['p.csv.gz', gzipSync('a\n桥\n'), {}, [{ a: '桥' }]],
      ['n.json', gzipSync('{"a":"桥"}\n'), { format: 'json' }, [{ a: '桥' }]],
    ];
    for (const [name, bytes, rest, expected] of cases)
      assert.deepEqual(await rowsOf({ path: folder.write(name, bytes), ...rest }), expected, name);
    assert.deepEqual(privateFolders(), before);
  });

  it('reads JSON as an array or line by line, its scalars as texts and its objects as JSON', async () => {
    const expected = [
      { id: '1', when: '2015-02-30', list: null, ok: 'true', n: '1.5' },
      { id: 'x', when: null, list: '[1,{"a":2}]', ok: null, n: null },
    ];
    const rows = [
      '{"id":1,"when":"2015-02-30","ok":true,"n":1.50}',
      '{"id":"x","when":null,"list":[1,{"a":2}]}',
    ];
    const read = async (path: string) =>
      (await rowsOf({ path, format: 'json' })).map(({ id, when, list, ok, n }) => ({
        id,
        when,
        list,
        ok,
        n,
      }));
    assert.deepEqual(await read(folder.write('lines.ndjson', `${rows.join('\n')}\n`)), expected);
    assert.deepEqual(await read(folder.write('array.json', ` [${rows.join(',\n')}]`)), expected);
  });

  it('reads Parquet with its own types', async () => {
    const path = `${folder.path}/t.parquet`;
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `copy (select 7 as id, timestamp '2015-01-02 03:04:05' as opened, timestamptz '2015-01-02 03:04:05+08' as seen, 1.25::decimal(9,2) as share, date '2015-06-07' as day, 9007199254740993::bigint as big) to '${path}' (format parquet)`,
    );
    connection.closeSync();
    assert.deepEqual(await rowsOf({ path, format: 'parquet' }), [
      {
        id: 7,
        opened: '2015-01-02 03:04:05',
        seen: '2015-01-01T19:04:05.000Z',
        share: 1.25,
        day: '2015-06-07',
        big: '9007199254740993',
      },
    ]);
  });

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

  it('says when a file changes while it is read, or is another one', async () => {
    const path = folder.write('changing.csv', 'id\n1\n');
    const session = await open({ path });
    writeFileSync(path, 'id\n1\n2\n');
    const changed = await rejectionOf(session.query('select count(*) from data', testBounds()));
    assert.equal(changed.message, `${path}: changed while it was read: run again when nobody writes to it`);
    await session.close();
    const other = await open({ path });
    renameSync(folder.write('other.csv', 'id\n1\n2\n'), path);
    assert.match(
      (await rejectionOf(other.query('select 1 from data', testBounds()))).message,
      /changed while/,
    );
    await other.close();
  });

  it('reaches no other file, no extension and no setting', async () => {
    const path = folder.write('only.csv', 'id\n1\n');
    const other = folder.write('other-secret.csv', 'id\n2\n');
    const session = await open({ path });
    const refusals: readonly [string, RegExp][] = [
      [`select * from '${other}'`, /disabled by configuration/],
      [`select * from read_text('${other}')`, /disabled by configuration/],
      [`select * from glob('${folder.path}/*')`, /disabled by configuration/],
      ["select * from read_csv('https://127.0.0.1/x.csv')", /httpfs|disabled/],
      [`copy data to '${folder.path}/out.csv'`, /only a query can run/],
      ['set threads = 1', /only a query can run/],
      ['install httpfs', /only a query can run/],
      [`attach '${folder.path}/x.db'`, /only a query can run/],
      ["select * from query('copy (select 1) to ''/tmp/citygauge-never.csv''')", /SELECT|disabled|Expected/],
    ];
    for (const [sql, refusal] of refusals) {
      const error = await rejectionOf(session.query(sql, testBounds()));
      assert.match(error.message, refusal, sql);
    }
    assert.equal(existsSync(`${folder.path}/out.csv`), false);
    assert.deepEqual(await session.query('select * from data', testBounds()), [{ id: '1' }]);
    await session.close();
  });

  it('takes rows from elsewhere as a table of its own', async () => {
    const session = await open();
    const columns = ['k"ey', 'v'];
    await session.load?.('loaded "x"', columns, [
      ['a', null],
      ['桥', "it's"],
    ]);
    await session.load?.(
      'loaded "x"',
      columns,
      Array.from({ length: 5000 }, (_, index) => [`n${index}`, '']),
    );
    assert.deepEqual(
      await session.query(
        'select count(*) as n, count(v) as v, max("k""ey") as k from "loaded ""x"""',
        testBounds(),
      ),
      [{ n: 5002, v: 5001, k: '桥' }],
    );
    await session.close();
  });
});
