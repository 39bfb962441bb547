import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { startMariadbServer } from '../../../../test/mariadb-server.ts';
import { startPostgresServer } from '../../../../test/postgres-server.ts';
import { scratchFolder } from '../../../../test/scratch-folder.ts';
import type { CheckResult } from '../../../contract.ts';
import { openSession } from '../../../ports/sql/session/open-session-client.ts';
import { parseChecks } from '../../check-file/check-yaml.ts';
import { runChecks } from '../../run/run-checks.ts';

/** Rows: id, dept, status, amount, place, firm; the same for every engine, all texts but the amount. */
const orders: readonly (readonly (string | null)[])[] = [
  ['a1', 'roads', 'open', '10.50', 'north', '华兴物业有限公司'],
  ['a2', 'roads', 'closed', '20', 'north', '华兴物业有限责任公司'],
  ['a3', 'Roads', 'open', '30', 'north', '华兴物业有限公司'],
  ['a4', 'parks ', 'open', '40', 'south', '华兴物业有限责任公司'],
  ['a5', null, null, '50', 'south', '临江水务'],
  ['a6', 'water', 'closed', null, 'south', null],
  ['a7', 'water', "o'pen", '70', 'south', '临江水务集团有限公司'],
  ['a7', 'light', 'open', '71.004', 'south', '临江水务'],
];
const orderColumns = ['id', 'dept', 'status', 'amount', 'place', 'firm'];
const departments = [['roads'], ['parks'], ['water'], [null], ['water']];
const archive: readonly (readonly (string | null)[])[] = [
  ['a1', 'open', '10.5'],
  ['a2', 'open', '20.004'],
  ['a4', 'open', '40.2'],
  ['a5', null, '50'],
  ['a6', 'closed', '60'],
  ['a7', 'other', '70'],
  ['a7', 'open', '71'],
];

const tables = {
  orders: { columns: orderColumns, rows: orders },
  departments: { columns: ['code'], rows: departments },
  archive: { columns: ['key', 'state', 'sum'], rows: archive },
};

const quoted = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
const statements = (type: (column: string) => string) =>
  Object.entries(tables).flatMap(([name, { columns, rows }]) => [
    `create table ${name} (${columns.map((column) => `${column === 'key' ? 'k' : column} ${type(column)}`).join(', ')})`,
    `insert into ${name} values ${rows.map((row) => `(${row.map(quoted).join(', ')})`).join(', ')}`,
  ]);
const typed = (column: string) => (['amount', 'sum'].includes(column) ? 'decimal(10,3)' : 'varchar(40)');
const csv = ({ columns, rows }: (typeof tables)['orders'] | (typeof tables)['departments']) =>
  [columns.map((column) => (column === 'key' ? 'k' : column)), ...rows]
    .map((row) => row.map((value) => value ?? '').join(','))
    .concat('')
    .join('\n');

const checks = `
    key: [id]
    sampleRows: 4
    checks:
      - id: known
        reference: { columns: [dept], source: SIDE, to: [code] }
      - id: same
        agreement: { key: [id], columns: [status, amount], source: ARCHIVE, to: { key: [k], columns: [state, sum] }, tolerance: 0.01 }
      - id: firms
        similarity: firm
      - id: firms-near
        similarity: firm
        within: [place]
      - id: shift
        drift: dept
        baseline: { roads: 0.25, water: 0.25, light: 0.125, (other): 0.25, (missing): 0.125 }
      - id: amounts
        drift: amount
      - id: enough
        volume: { min: 10 }
      - id: usual
        volume: { history: 3, tolerance: 0.25 }
      - id: only-open
        where: "status = 'open'"
        reference: { columns: [dept], source: SIDE, to: [code] }
`;

const schemaCheck = `      - id: form
        schema: { columns: { id: text, amount: number, status: integer, gone: text }, extra: true }
`;

interface Engine {
  readonly title: string;
  /** Gives the place of a table as the check file writes it. */
  start(context: Mocha.Context): Promise<(table: string) => string>;
  stop(): Promise<void>;
}

function engines(folder: { readonly path: string; write(name: string, text: string): string }): Engine[] {
  let postgres: Awaited<ReturnType<typeof startPostgresServer>> | undefined;
  let mariadb: Awaited<ReturnType<typeof startMariadbServer>> | undefined;
  return [
    {
      title: 'DuckDB',
      start: async () => (table) => `csv: ${table}.csv`,
      stop: async () => {},
    },
    {
      title: 'SQLite',
      async start() {
        const database = new DatabaseSync(`${folder.path}/city.db`);
        for (const statement of statements((column) => (column === 'dept' ? 'text collate nocase' : 'text')))
          database.exec(statement);
        database.close();
        return (table) => `sqlite: { path: city.db, table: ${table} }`;
      },
      stop: async () => {},
    },
    {
      title: 'PostgreSQL',
      async start(context) {
        postgres = await startPostgresServer(context);
        const url = await postgres.createDatabase('city');
        for (const statement of statements(typed)) await postgres.run('city', statement);
        secrets.set('PG', url);
        return (table) => `postgresql: { url: { env: PG }, table: ${table} }`;
      },
      stop: async () => postgres?.stop(),
    },
    {
      title: 'MariaDB',
      async start(context) {
        mariadb = await startMariadbServer(context);
        await mariadb.run('alter database city character set utf8mb4');
        for (const statement of statements(typed)) await mariadb.run(statement);
        secrets.set('MY', mariadb.urlOf());
        return (table) => `mysql: { url: { env: MY }, table: ${table} }`;
      },
      stop: async () => mariadb?.stop(),
    },
  ];
}

const secrets = new Map<string, string>();
const startedAt = Date.parse('2026-03-01T06:00:00Z');
const ports = {
  sql: { open: openSession, query: () => assert.fail('sessions are asked, not the port') },
  clock: { now: () => startedAt, monotonic: () => 0, sleep: async () => {} },
  secret: async (ref: object) =>
    secrets.get('env' in ref ? String(ref.env) : '') ?? assert.fail('no such secret'),
};

describe('comparisons of data quality', () => {
  const folder = scratchFolder();
  before(() => {
    for (const [name, table] of Object.entries(tables))
      folder.write(`${name}.csv`, csv(table as (typeof tables)['orders']));
  });

  for (const engine of engines(folder)) {
    describe(`on ${engine.title}`, function () {
      this.timeout(60_000);
      let placeOf: (table: string) => string;
      before(async function () {
        placeOf = await engine.start(this);
      });
      after(() => engine.stop());

      const run = async (text: string, history: readonly CheckResult[] = []) => {
        const sources = ['departments', 'archive'].flatMap((name) => [
          `  - id: ${name}\n    ${placeOf(name)}\n`,
          `  - id: far-${name}\n    ${engine.title === 'DuckDB' ? `sqlite: { path: far.db, table: ${name} }` : `csv: ${name}.csv`}\n`,
        ]);
        const yaml = `schema: citygauge/checks@1\nsources:\n  - id: orders\n    ${placeOf('orders')}${text}${sources.join('')}`;
        const file = parseChecks(yaml, `${folder.path}/checks.yaml`);
        const [source = assert.fail('no source')] = file.sources;
        const found = await runChecks({
          subject: 'city',
          file,
          source,
          ports,
          history: async (id, limit) =>
            history
              .filter(({ check }) => check === id)
              .slice(0, limit)
              .map((each) => ({ ...each, at: '2026-02-01T00:00:00Z' })),
          signal: new AbortController().signal,
        });
        return new Map(found.results.map((result) => [result.check, result]));
      };
      const short = (result: CheckResult | undefined) =>
        result && [result.state, result.checked, result.failed, result.reason?.en ?? null];

      for (const [where, side, other] of [
        ['where the data are', 'departments', 'archive'],
        ['across engines', 'far-departments', 'far-archive'],
      ] as const) {
        it(`counts ${where} rows without a match and rows in conflict`, async () => {
          if (engine.title === 'DuckDB' && side !== 'departments') {
            const database = new DatabaseSync(`${folder.path}/far.db`);
            for (const statement of statements(() => 'text')) database.exec(statement);
            database.close();
          }
          const results = await run(checks.replaceAll('SIDE', side).replaceAll('ARCHIVE', other));
          assert.deepEqual(short(results.get('known')), ['measured', 7, 3, null]);
          assert.deepEqual(results.get('known')?.sample?.rows, [
            ['a3', 'Roads'],
            ['a4', 'parks '],
            ['a7', 'light'],
          ]);
          const kept = [results.get('known'), results.get('same')].flatMap((each) => each?.sql ?? []);
          assert.ok(kept.some((sql) => sql.includes('/* keys of the sample */')));
          assert.ok(kept.every((sql) => !/'(?:light|Roads|a2|a4)'/.test(sql)));
          assert.deepEqual(short(results.get('only-open')), ['measured', 4, 3, null]);
          assert.deepEqual(short(results.get('same')), ['measured', 7, 4, null]);
          assert.deepEqual(
            results.get('same')?.sample?.rows.map(([source, id, status]) => [source, id, status]),
            [
              ['orders', 'a2', 'closed'],
              [other, 'a2', 'open'],
              ['orders', 'a4', 'open'],
              [other, 'a4', 'open'],
            ],
          );
        });
      }

      it('finds the same similar names, in all rows and within a place', async () => {
        const results = await run(checks.replaceAll('SIDE', 'departments').replaceAll('ARCHIVE', 'archive'));
        assert.deepEqual(short(results.get('firms')), ['measured', 7, 3, null]);
        assert.deepEqual(results.get('firms')?.figure, { name: 'clusters', value: 2, unit: '' });
        assert.deepEqual(results.get('firms')?.sample?.rows, [
          ['华兴物业有限公司', '2'],
          ['华兴物业有限责任公司', '2'],
          ['临江水务', '2'],
          ['临江水务集团有限公司', '1'],
        ]);
        assert.deepEqual(short(results.get('firms-near')), ['measured', 7, 2, null]);
      });

      it('measures drift from a given base line, and from the first run once there is one', async () => {
        const text = checks.replaceAll('SIDE', 'departments').replaceAll('ARCHIVE', 'archive');
        const first = await run(text);
        const shift = first.get('shift');
        assert.deepEqual(
          shift?.memory?.kind === 'bins' && shift.memory.bins.map(({ count }) => count),
          [2, 2, 1, 2, 1],
        );
        assert.deepEqual([shift?.ratio, shift?.figure?.value, shift?.isMissed], [0, 0, false]);
        const amounts = first.get('amounts');
        assert.equal(amounts?.state, 'notApplicable');
        const bins = amounts?.memory?.kind === 'bins' ? amounts.memory.bins.map(({ count }) => count) : [];
        assert.deepEqual(bins, [1, 1, 1, 1, 1, 1, 1, 0, 1]);
        const again = (await run(text, amounts ? [amounts] : [])).get('amounts');
        assert.deepEqual([again?.state, again?.figure?.value], ['measured', 0]);
      });

      it('refuses a base line of a sensitive column, whose values it would keep', async () => {
        const text = '\n    sensitive: [status]\n    checks:\n      - id: mood\n        drift: status\n';
        const result = (await run(text)).get('mood');
        assert.deepEqual([result?.state, result?.memory], ['failed', null]);
        assert.match(result?.reason?.en ?? '', /^drift of status would keep personal values/);
      });

      it('compares the number of rows with a bound, and with the median of earlier runs', async () => {
        const text = checks.replaceAll('SIDE', 'departments').replaceAll('ARCHIVE', 'archive');
        const first = await run(text);
        assert.deepEqual([first.get('enough')?.ratio, first.get('enough')?.figure?.value], [0.2, 8]);
        const usual = first.get('usual');
        assert.deepEqual(short(usual), ['notApplicable', null, null, 'no earlier run to compare with']);
        const earlier = [7, 20, 16].map((count) => ({
          ...(usual ?? assert.fail()),
          memory: { kind: 'bins' as const, bins: [{ label: 'rows', count }], borders: null },
        }));
        assert.equal((await run(text, earlier)).get('usual')?.ratio, (12 - 8) / 12);
      });

      it('finds columns that are gone or of another type, and remembers those it saw', async () => {
        const result = await run(`\n    checks:\n${schemaCheck}      - id: as-before\n        schema: {}\n`);
        assert.deepEqual(short(result.get('form')), ['measured', 4, 2, null]);
        assert.deepEqual(
          result.get('form')?.sample?.rows.map(([column, wanted]) => [column, wanted]),
          [
            ['gone', 'text'],
            ['status', 'integer'],
          ],
        );
        const before = result.get('as-before');
        assert.equal(before?.state, 'notApplicable');
        assert.ok(before?.memory?.kind === 'columns');
        const [first = assert.fail(), ...others] = before.memory.columns;
        const earlier = {
          ...before,
          memory: {
            ...before.memory,
            columns: [{ ...first, type: 'ring' }, ...others.slice(1), { name: 'lost', type: 'text' }],
          },
        };
        const after = (
          await run(`\n    checks:\n      - id: as-before\n        schema: {}\n`, [earlier])
        ).get('as-before');
        assert.deepEqual(short(after), ['measured', 7, 3, null]);
      });
    });
  }
});
