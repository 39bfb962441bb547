import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { open, rowsOf } from '../../../../../test/duckdb-files.ts';
import { rejectionOf, scratchFolder } from '../../../../../test/scratch-folder.ts';
import { testBounds } from '../../../../../test/sql-tables.ts';
import type { DataFile } from '../../../../contract.ts';

/** Of this process: others may have theirs at the same time. */
const privateFolders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`citygauge-duckdb-${process.pid}-`));

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
