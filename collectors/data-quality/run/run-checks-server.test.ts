import assert from 'node:assert/strict';
import { type PostgresServer, startPostgresServer } from '../../../test/postgres-server.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { scoreOfRun } from '../../contract.ts';
import { sqlClient } from '../../ports/sql/sql-client.ts';
import { counts, resultOf, runYaml } from './test-runs.ts';

const place = 'postgresql: { url: { env: CITY }, table: public.orders }';

const source = (checks: string, where = place) => `
  - id: orders
    ${where}
    checks:
${checks}`;

describe('a run of checks on PostgreSQL', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let server: PostgresServer;
  let url: string;

  before(async function () {
    server = await startPostgresServer(this);
    url = await server.createDatabase('city');
    await server.run(
      'city',
      `create table orders (id integer, due date, opened timestamptz, size numeric, note text);
       insert into orders select i, case when i % 4 > 0 then date '2031-01-01' + i end, '2031-01-01 08:00+08', i * 1.5, '13800138000' from generate_series(1, 20) as i;
       create table secret (id integer);
       create role reader login password 'reader';
       grant connect on database city to reader`,
    );
  });
  after(() => server?.stop());

  const run = (yaml: string, own = url) => runYaml(folder.path, yaml, { ports: { secret: async () => own } });

  it('reads numbers and times of their own types, and the rows of a query', async () => {
    const checks = `
      - completeness: due
      - validity: size
        range: { min: 3 }
      - columns: due >= opened
      - lag: { from: opened, to: due }
        within: 10d
      - uniqueness: id
`;
    const query = "postgresql: { url: { env: CITY }, query: 'select * from orders where id > 2;' }";
    const [whole, part] = [await run(source(checks)), await run(source(checks, query))];
    assert.deepEqual(whole.results.map(counts), [
      ['measured', 1, 0],
      ['measured', 20, 5],
      ['measured', 20, 1],
      ['measured', 15, 0],
      ['measured', 15, 7],
      ['measured', 20, 0],
    ]);
    assert.deepEqual(part.results.map(counts).slice(0, 3), [
      ['measured', 1, 0],
      ['measured', 18, 5],
      ['measured', 18, 0],
    ]);
    assert.equal(part.rows, 18);
  });

  it('says of a table that it may not read that the right is missing', async () => {
    const reader = url.replace('citygauge:test-only', 'reader:reader');
    const denied = await run(source('      - completeness: id\n'), reader);
    assert.equal(denied.rows, null);
    assert.deepEqual(denied.results.map(counts), [
      ['measured', 1, 1],
      ['failed', null, null],
    ]);
    const { reason, remedy } = resultOf(denied, 'completeness-id');
    assert.match(reason?.en ?? '', /permission denied for table orders/);
    assert.match(reason?.zh ?? '', /^没有读取权限：/);
    assert.equal(remedy?.zh, '请为检核账号授予该表（及其模式）的只读权限');
    assert.equal(scoreOfRun(denied).score, null);
    assert.ok(!JSON.stringify(denied).includes('reader:reader'));
  });

  it('fails, without zeros, where the table is dropped in the middle', async () => {
    await server.run('city', 'create table fleeting as select 1 as id');
    const open: typeof sqlClient.open = async (target, bounds) => {
      const session = await sqlClient.open(target, bounds);
      const query: typeof session.query = async (sql, own) => {
        const rows = await session.query(sql, own);
        if (sql.includes('pg_attribute')) await server.run('city', 'drop table fleeting');
        return rows;
      };
      return { ...session, query };
    };
    const yaml = source(
      '      - completeness: id\n      - volume: { min: 1 }\n',
      place.replace('orders', 'fleeting'),
    );
    const dropped = await runYaml(folder.path, yaml, {
      ports: { secret: async () => url, sql: { ...sqlClient, open } },
    });
    assert.deepEqual([dropped.rows, dropped.scans], [null, 0]);
    assert.deepEqual(dropped.results.map(counts), [
      ['measured', 1, 1],
      ['failed', null, null],
      ['failed', null, null],
    ]);
    assert.match(resultOf(dropped, 'volume').reason?.en ?? '', /relation "public.fleeting" does not exist/);
    assert.match(resultOf(dropped, 'volume').remedy?.en ?? '', /still there/);
  });

  it('masks what a database quotes in its messages', async () => {
    const checks = `
      - completeness: due
        where: note::integer > 5
`;
    const { reason, state } = resultOf(await run(source(checks)), 'completeness-due');
    assert.equal(state, 'failed');
    assert.match(reason?.en ?? '', /out of range|invalid input/);
    assert.ok(!`${reason?.en}${reason?.zh}`.includes('13800138000'));
  });

  it('ends a statement at the timeout of its source', async () => {
    const checks = `
      - completeness: due
        where: (select true from pg_sleep(5))
`;
    const yaml = source(checks).replace('    checks:', '    timeout: 900ms\n    checks:');
    const late = resultOf(await run(yaml), 'completeness-due');
    assert.equal(late.state, 'failed');
    assert.match(late.reason?.en ?? '', /timeout|not done within/);
    assert.match(late.remedy?.zh ?? '', /timeout/);
  });
});
