import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { startMariadbServer } from '../../../../test/mariadb-server.ts';
import { startPostgresServer } from '../../../../test/postgres-server.ts';
import { rejectionOf, scratchFolder } from '../../../../test/scratch-folder.ts';
import {
  InputError,
  type SqlBounds,
  type SqlRecord,
  type SqlSession,
  type SqlTarget,
} from '../../../contract.ts';
import { openSession } from './open-session-client.ts';

const bounds = (some: Partial<SqlBounds> = {}): SqlBounds => ({
  timeoutMilliseconds: 10_000,
  maxRows: 100,
  signal: new AbortController().signal,
  ...some,
});

/** One engine, with a table `streets` (id, name) of 5,001 rows. */
interface Engine {
  readonly title: string;
  /** Gives the target; skips where the engine is not installed. */
  start(context: Mocha.Context): Promise<SqlTarget>;
  stop(): Promise<void>;
  /** Runs as its owner a change to the table, where another may do so. */
  change?(): Promise<void>;
  readonly server: RegExp;
  /** Runs for minutes. */
  readonly slow: string;
  readonly write: string;
  readonly refusal: RegExp;
}

const numbers = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 5001)';
const many = 5001;

function engines(folder: { readonly path: string; write(name: string, text: string): string }): Engine[] {
  let postgres: Awaited<ReturnType<typeof startPostgresServer>> | undefined;
  let mariadb: Awaited<ReturnType<typeof startMariadbServer>> | undefined;
  return [
    {
      title: 'PostgreSQL',
      async start(context) {
        postgres = await startPostgresServer(context);
        const url = await postgres.createDatabase('city');
        await postgres.run(
          'city',
          `create table streets as ${numbers} select i as id, 'street ' || i as name from n`,
        );
        return { driver: 'postgresql', url };
      },
      stop: async () => postgres?.stop(),
      change: async () => {
        await postgres?.run('city', 'delete from streets where id > 17');
      },
      server: /^postgresql \d+/,
      slow: 'select pg_sleep(100)',
      write: 'with gone as (delete from streets returning id) select * from gone',
      refusal: /must not contain data-modifying|read-only/,
    },
    {
      title: 'MariaDB',
      async start(context) {
        mariadb = await startMariadbServer(context);
        await mariadb.run('create table streets (id int, name varchar(40))');
        await mariadb.run("insert into streets select seq, concat('street ', seq) from seq_1_to_5001");
        return { driver: 'mysql', url: mariadb.urlOf() };
      },
      stop: async () => mariadb?.stop(),
      change: async () => mariadb?.run('delete from streets where id > 17'),
      server: /^mariadb \d+/,
      slow: 'select sleep(100)',
      write: "select * from streets into outfile '/tmp/citygauge-never.txt'",
      refusal: /denied/i,
    },
    {
      title: 'SQLite',
      async start() {
        const path = `${folder.path}/city.db`;
        const database = new DatabaseSync(path);
        database.exec(`create table streets as ${numbers} select i as id, 'street ' || i as name from n`);
        database.close();
        return { driver: 'sqlite', path };
      },
      stop: async () => {},
      server: /^sqlite 3\./,
      slow: 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n',
      write: 'with x as (select 1) delete from streets',
      refusal: /not authorized|readonly/,
    },
    {
      title: 'DuckDB',
      async start() {
        const lines = Array.from({ length: many }, (_, index) => `${index + 1},street ${index + 1}`);
        const path = folder.write('streets.csv', ['id,name', ...lines, ''].join('\n'));
        return { driver: 'duckdb', files: [{ name: 'streets', path, format: 'csv' }] };
      },
      stop: async () => {},
      server: /^duckdb 1\./,
      slow: 'select count(*) from range(100000000000) a, range(100000000) b where hash(a.range) = hash(b.range + 1)',
      write: "with x as (select 1) insert into streets values ('1', 'a')",
      refusal: /only a query can run|is not an table/,
    },
  ];
}

describe('a session of SQL', () => {
  const folder = scratchFolder();
  for (const engine of engines(folder)) {
    describe(`on ${engine.title}`, function () {
      this.timeout(60_000);
      let target: SqlTarget;
      let session: SqlSession;
      before(async function () {
        target = await engine.start(this);
        session = await openSession(target, bounds());
      });
      after(async () => {
        await session?.close();
        await engine.stop();
      });

      const faultOf = async (sql: string, some: Partial<SqlBounds> = {}) => {
        const error = await rejectionOf(session.query(sql, bounds(some)));
        assert.ok(error instanceof InputError, String(error));
        assert.equal(error.cause, undefined);
        return error.message;
      };
      const isUsable = async () =>
        assert.deepEqual(await session.query('select count(*) as n from streets', bounds()), [{ n: many }]);

      it('names the server and gives rows', async () => {
        assert.match(session.server, engine.server);
        const sql = "select cast(id as decimal(9)) as id, name from streets where name = 'street 77';";
        assert.deepEqual(await session.query(sql, bounds()), [{ id: 77, name: 'street 77' }]);
      });

      it('hands many rows over in batches, one after the other', async () => {
        const sizes: number[] = [];
        let isBusy = false;
        const names = new Set<string>();
        await session.stream('select name from streets', bounds({ maxRows: many }), async (rows) => {
          assert.equal(isBusy, false);
          isBusy = true;
          await new Promise(setImmediate);
          for (const { name } of rows as SqlRecord[]) names.add(String(name));
          sizes.push(rows.length);
          isBusy = false;
        });
        assert.equal(names.size, many);
        assert.equal(
          sizes.reduce((sum, size) => sum + size, 0),
          many,
        );
        assert.ok(sizes.length > 1 && Math.max(...sizes) <= 2048, sizes.join());
      });

      it('ends with the fault of the one who reads, and stays usable', async () => {
        const own = new Error('enough');
        const refused = await rejectionOf(
          session.stream('select name from streets', bounds({ maxRows: many }), async () => {
            throw own;
          }),
        );
        assert.equal(refused, own);
        await isUsable();
      });

      it('refuses more rows than wanted', async () => {
        assert.equal(
          await faultOf('select name from streets', { maxRows: 10 }),
          'the query gives more than 10 rows: aggregate in SQL or narrow it',
        );
        await isUsable();
      });

      it('ends a slow statement at its time, and stays usable', async () => {
        assert.match(
          await faultOf(engine.slow, { timeoutMilliseconds: 300 }),
          /timeout|max_statement_time|not done within 0.3 s/,
        );
        await isUsable();
      });

      it('ends a statement when the run is stopped, and stays usable', async () => {
        const controller = new AbortController();
        const running = faultOf(engine.slow, { signal: controller.signal });
        setTimeout(() => controller.abort(), 100);
        assert.equal(await running, 'the run was stopped');
        assert.equal(await faultOf('select 1', { signal: AbortSignal.abort() }), 'the run was stopped');
        await isUsable();
      });

      it('says what is wrong with a statement, and stays usable', async () => {
        assert.match(await faultOf('select nothing_such from streets'), /nothing_such/);
        await isUsable();
      });

      it('does not repeat the value that a cast fails on', async () => {
        const error = await session
          .query("select cast(name as int) as n from streets where name = 'street 77'", bounds())
          .then(
            () => null,
            (fault: Error) => fault,
          );
        assert.ok(!error?.message.includes('street 77'), error?.message);
      });

      it('refuses to write and to run two statements', async () => {
        assert.match(await faultOf(engine.write), engine.refusal);
        assert.match(await faultOf('select 1; select 2'), /multiple|more than one|syntax/i);
        assert.equal(await faultOf('drop table streets'), 'only a query can run: begin with SELECT or WITH');
        await isUsable();
      });

      it('keeps statements asked at once apart', async () => {
        const answers = await Promise.all(
          [7, 8, 9].map((value) => session.query(`select ${value} as n`, bounds())),
        );
        assert.deepEqual(answers, [[{ n: 7 }], [{ n: 8 }], [{ n: 9 }]]);
      });

      it('sees what was there when it began', async () => {
        if (!engine.change) return;
        const fresh = await openSession(target, bounds());
        await engine.change();
        assert.deepEqual(await fresh.query('select count(*) as n from streets', bounds()), [{ n: many }]);
        await fresh.close();
        await isUsable();
      });
    });
  }
});
