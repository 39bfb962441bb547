import assert from 'node:assert/strict';
import { type MariadbServer, startMariadbServer } from '../../../test/mariadb-server.ts';
import { type PostgresServer, startPostgresServer } from '../../../test/postgres-server.ts';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { InputError } from '../../contract.ts';
import type { SqlRequest } from './request.ts';
import { sqlClient } from './sql-client.ts';

type Asked = Pick<SqlRequest, 'driver' | 'url' | 'sql'> & Partial<SqlRequest>;

const query = (request: Asked) =>
  sqlClient.query({
    timeoutMilliseconds: 5000,
    maxRows: 10,
    signal: new AbortController().signal,
    ...request,
  });

async function faultOf(request: Asked): Promise<string> {
  const error = await rejectionOf(query(request));
  assert.ok(error instanceof InputError, String(error));
  assert.equal(error.cause, undefined);
  return error.message;
}

const table =
  'create table applications (name varchar(40), users bigint, share decimal(6,3), seen timestamp null)';
const rows =
  "insert into applications values ('parking', 1234, 0.625, '2031-02-03 04:05:06'), ('bus', 77, null, null)";
const read = 'select name, users, share, seen from applications order by users desc;';

describe('SQL of PostgreSQL', function () {
  this.timeout(30_000);
  let server: PostgresServer;
  let url: string;
  before(async function () {
    server = await startPostgresServer(this);
    url = await server.createDatabase('city');
    await server.run('city', table);
    await server.run('city', rows);
  });
  after(() => server?.stop());

  it('gives rows as plain values', async () => {
    assert.deepEqual(await query({ driver: 'postgresql', url, sql: read }), [
      { name: 'parking', users: 1234, share: 0.625, seen: '2031-02-03 04:05:06' },
      { name: 'bus', users: 77, share: null, seen: null },
    ]);
    const sql = "select timestamptz '2031-02-03 04:05:06+08' as at, 9007199254740993 as big, true as yes";
    assert.deepEqual(await query({ driver: 'postgresql', url, sql }), [
      { at: '2031-02-02T20:05:06.000Z', big: '9007199254740993', yes: true },
    ]);
  });

  it('refuses to write, also behind the end of its transaction', async () => {
    const [table] = await server.run('city', 'select count(*) as n from applications');
    const wrote = await faultOf({
      driver: 'postgresql',
      url,
      sql: 'delete from applications returning name',
    });
    assert.match(wrote, /syntax error|cannot execute|read-only/);
    const sql = 'select 1; commit; delete from applications';
    assert.match(await faultOf({ driver: 'postgresql', url, sql }), /multiple commands/);
    assert.deepEqual(await server.run('city', 'select count(*) as n from applications'), [table]);
  });

  it('ends a slow query, and one with more rows than wanted', async () => {
    const slow = { driver: 'postgresql', url, sql: 'select pg_sleep(20)', timeoutMilliseconds: 200 } as const;
    assert.match(await faultOf(slow), /statement timeout \(57014\)/);
    const many = { driver: 'postgresql', url, sql: 'select * from generate_series(1, 11)' } as const;
    assert.equal(await faultOf(many), 'the query gives more than 10 rows: aggregate in SQL or narrow it');
    assert.equal((await query({ ...many, maxRows: 11 })).length, 11);
  });

  it('keeps the password out of what it says', async () => {
    const wrong = server.urlOf('city', 'wr0ng-word');
    const fault = await faultOf({ driver: 'postgresql', url: wrong, sql: 'select 1' });
    assert.equal(
      fault,
      'postgresql at localhost/city: password authentication failed for user "citygauge" (28P01)',
    );
    const echoed = await faultOf({ driver: 'postgresql', url, sql: `select "${server.password}"` });
    assert.equal(echoed, 'postgresql at localhost/city: column "***" does not exist (42703)');
  });
});

describe('SQL of MariaDB', function () {
  this.timeout(30_000);
  let server: MariadbServer;
  let url: string;
  before(async function () {
    server = await startMariadbServer(this);
    url = server.urlOf();
    await server.run(table);
    await server.run(rows);
  });
  after(() => server?.stop());

  it('gives rows as plain values', async () => {
    assert.deepEqual(await query({ driver: 'mysql', url, sql: read }), [
      { name: 'parking', users: 1234, share: 0.625, seen: '2031-02-03 04:05:06' },
      { name: 'bus', users: 77, share: null, seen: null },
    ]);
  });

  it('refuses to write and to run two statements', async () => {
    const wrote = await faultOf({ driver: 'mysql', url, sql: 'delete from applications' });
    assert.match(wrote, /Cannot execute statement in a READ ONLY transaction/);
    assert.match(await faultOf({ driver: 'mysql', url, sql: 'select 1; commit' }), /ER_PARSE_ERROR/);
  });

  it('ends a slow query, and one with more rows than wanted', async () => {
    const slow = { driver: 'mysql', url, sql: 'select sleep(20)', timeoutMilliseconds: 200 } as const;
    assert.match(await faultOf(slow), /max_statement_time/);
    const many = { driver: 'mysql', url, sql: 'select seq from seq_1_to_11' } as const;
    assert.equal(await faultOf(many), 'the query gives more than 10 rows: aggregate in SQL or narrow it');
  });

  it('keeps the password out of what it says', async () => {
    const fault = await faultOf({ driver: 'mysql', url: server.urlOf('wr0ng-word'), sql: 'select 1' });
    assert.match(
      fault,
      /^mysql at 127\.0\.0\.1:\d+\/city: Access denied for user 'citygauge'@'127\.0\.0\.1'/,
    );
    assert.ok(!fault.includes('wr0ng'));
  });

  it('names a server that does not answer', async () => {
    const fault = await faultOf({ driver: 'mysql', url: 'mysql://a:b@127.0.0.1:1/city', sql: 'select 1' });
    assert.equal(fault, 'mysql at 127.0.0.1:1/city: connect ECONNREFUSED 127.0.0.1:1');
  });
});
