import assert from 'node:assert/strict';
import { type MariadbServer, startMariadbServer } from '../../test/mariadb-server.ts';
import { type PostgresServer, startPostgresServer } from '../../test/postgres-server.ts';
import { gapsOf, linesOf, startedAt } from '../cloud/table/test-tables.ts';
import type { CollectorYield } from '../contract.ts';
import { createPorts } from '../ports.ts';
import { useSql } from './use-sql.ts';

interface Database {
  readonly driver: 'postgresql' | 'mysql';
  readonly url: string;
  run(statement: string): Promise<unknown>;
  stop(): Promise<void>;
}

const table = `create table use_of_apps (application varchar(40), is_listed int, registered bigint, activated bigint,
  active int, used_at timestamp null)`;
const rows = `insert into use_of_apps values
  ('城市服务', 1, 520000, 405600, 228800, '2026-11-03 21:14:05'),
  ('招商地图', 1, 270, 113, 0, '2026-08-01 00:00:00'),
  ('over', 1, 10, 12, 3, null),
  ('below', 1, -4, 0, 0, null)`;
const query =
  'select application, is_listed as listed, registered, activated, active as active_30_days, used_at as last_used from use_of_apps';

function collectFrom(
  { driver, url }: Pick<Database, 'driver' | 'url'>,
  given: object,
): Promise<CollectorYield> {
  return useSql.collect({
    job: 'use',
    subject: 'hexi',
    settings: useSql.settings.parse({ driver, url: { env: 'USE_URL' }, ...given }),
    state: undefined,
    ports: createPorts({ settingsFolder: '/', environment: { USE_URL: url } }),
    startedAt,
    signal: new AbortController().signal,
  });
}

const expected = [
  'application_is_listed{application="城市服务"} 1',
  'application_is_effective{application="城市服务"} 1',
  'application_users_registered{application="城市服务"} 520000',
  'application_users_activated{application="城市服务"} 405600',
  'application_users_active_30_days{application="城市服务"} 228800',
  'application_is_listed{application="招商地图"} 1',
  'application_is_effective{application="招商地图"} 0',
  'application_users_registered{application="招商地图"} 270',
  'application_users_activated{application="招商地图"} 113',
  'application_users_active_30_days{application="招商地图"} 0',
];

function readsUse(name: string, start: (context: Mocha.Context) => Promise<Database>): void {
  describe(`the use of applications in ${name}`, function () {
    this.timeout(40_000);
    let database: Database;
    before(async function () {
      database = await start(this);
      await database.run(table);
      await database.run(rows);
    });
    after(() => database?.stop());

    it('reads all figures with one query, and names the rows that cannot be', async () => {
      const brought = await collectFrom(database, { query: `${query} order by registered desc` });
      assert.deepEqual(linesOf(brought), expected);
      assert.deepEqual(gapsOf(brought), [
        '* below failed: -4 in column registered is below 0',
        '* over failed: activated is 12 where only 10 are registered',
      ]);
    });

    it('reads the same with a statement per figure', async () => {
      const from = 'from use_of_apps where registered > 200 order by registered desc';
      const statements = {
        listed: `select application, is_listed ${from}`,
        registered: `select application, registered ${from}`,
        activated: `select application, activated ${from}`,
        active30Days: `select application, active ${from}`,
        lastUsed: `select application, used_at ${from}`,
      };
      const brought = await collectFrom(database, { statements });
      assert.deepEqual([linesOf(brought), gapsOf(brought)], [expected, []]);
    });

    it('refuses an answer without the column of applications, and one without rows', async () => {
      await assert.rejects(collectFrom(database, { query: 'select registered from use_of_apps' }), {
        message: 'SQL: the column "application" is missing; there are registered',
      });
      await assert.rejects(collectFrom(database, { query: `${query} where registered > 1000000` }), {
        message: 'the query gives no application',
      });
      await assert.rejects(collectFrom(database, { statements: { registered: query } }), {
        message:
          'the statement registered gives the columns application, listed, registered, activated, active_30_days, last_used: two are needed, application and the figure',
      });
    });

    it('never changes anything', async () => {
      await assert.rejects(collectFrom(database, { query: 'delete from use_of_apps' }));
      assert.equal(linesOf(await collectFrom(database, { query })).length, 10);
    });
  });
}

readsUse('PostgreSQL', async (context) => {
  const server: PostgresServer = await startPostgresServer(context);
  const url = await server.createDatabase('city');
  return { driver: 'postgresql', url, run: (sql) => server.run('city', sql), stop: () => server.stop() };
});

readsUse('MariaDB', async (context) => {
  const server: MariadbServer = await startMariadbServer(context);
  await server.run('alter database city character set utf8mb4');
  return { driver: 'mysql', url: server.urlOf(), run: (sql) => server.run(sql), stop: () => server.stop() };
});

describe('the settings of a query of the use of applications', () => {
  it('take one query or statements, not both and not none', () => {
    const faults = (given: object) =>
      useSql.settings
        .safeParse({ driver: 'mysql', url: { env: 'X' }, ...given })
        .error?.issues.map(({ message }) => message);
    const either = ['needs either query or statements, not both'];
    assert.deepEqual(faults({}), either);
    assert.deepEqual(faults({ query: 'select 1', statements: { listed: 'select 1' } }), either);
    assert.deepEqual(faults({ statements: {} }), ['needs at least one statement']);
    assert.equal(faults({ query: 'select 1' }), undefined);
  });
});
