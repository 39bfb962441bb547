import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { startMariadbServer } from '../../../test/mariadb-server.ts';
import { startPostgresServer } from '../../../test/postgres-server.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { languages } from '../../contract.ts';
import { openSession } from '../../ports/sql/session/open-session-client.ts';
import { parseChecks } from '../check-file/check-yaml.ts';
import { runChecks } from '../run/run-checks.ts';
import { checksFromProfile, profileSource, type SourceProfile } from './profile.ts';

type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] };

const days = Array.from({ length: 60 }, (_, index) => index);
const two = (value: number) => String(value).padStart(2, '0');
const people = ['王小明', '李建国', '张丽华'];

/** Sixty orders; every seventh lacks its note. */
const orders: Table = {
  columns: ['id', 'opened', 'status', 'amount', 'phone', '姓名', 'note', 'code'],
  rows: days.map((day) => [
    `W-${1001 + day}`,
    `2026/0${1 + (day % 2)}/${two(1 + (day % 28))} ${two(day % 24)}:05:00`,
    ['open', 'closed', "it's"][day % 3] ?? null,
    String(12.5 + day * 3),
    `138${String(12345678 + day * 7919)}`,
    people[day % 3] ?? null,
    day % 7 === 0 ? null : `note of day ${'x'.repeat(day)}`,
    two(day % 40).padStart(4, '0'),
  ]),
};
const visits: Table = {
  columns: ['district', 'day', 'visits'],
  rows: ['north', 'south', 'east'].flatMap((district) =>
    days.slice(0, 20).map((day) => [district, `2026-02-${two(1 + day)}`, String((day * 13) % 7)]),
  ),
};
const tables = { orders, visits };

const quoted = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
/** Columns with types of their own. */
const readings = [
  'create table readings (at timestamp null, n integer, x numeric(8,2), d date, word varchar(9))',
  "insert into readings values ('2026-01-02 03:04:05', 7, 1.25, '2026-01-02', '17'), (null, -3, 99.75, '2026-02-03', '18')",
];
const statements = (quote: string) =>
  Object.entries(tables).flatMap(([name, { columns, rows }]) => [
    `create table ${name} (${columns.map((column) => `${quote}${column}${quote} varchar(80)`).join(', ')})`,
    `insert into ${name} values ${rows.map((row) => `(${row.map(quoted).join(', ')})`).join(', ')}`,
  ]);
const csv = ({ columns, rows }: Table) =>
  [columns, ...rows].map((row) => row.map((value) => value ?? '').join(',')).join('\n');

interface Engine {
  readonly title: string;
  start(context: Mocha.Context): Promise<(table: string) => string>;
  stop(): Promise<void>;
}

const secrets = new Map<string, string>();

function engines(folder: { readonly path: string }): Engine[] {
  let postgres: Awaited<ReturnType<typeof startPostgresServer>> | undefined;
  let mariadb: Awaited<ReturnType<typeof startMariadbServer>> | undefined;
  return [
    { title: 'DuckDB', start: async () => (table) => `csv: ${table}.csv`, stop: async () => {} },
    {
      title: 'SQLite',
      async start() {
        const database = new DatabaseSync(`${folder.path}/city.db`);
        for (const statement of statements('"')) database.exec(statement);
        database.close();
        return (table) => `sqlite: { path: city.db, table: ${table} }`;
      },
      stop: async () => {},
    },
    {
      title: 'PostgreSQL',
      async start(context) {
        postgres = await startPostgresServer(context);
        secrets.set('PG', await postgres.createDatabase('city'));
        for (const statement of [...statements('"'), ...readings]) await postgres.run('city', statement);
        return (table) => `postgresql: { url: { env: PG }, table: ${table} }`;
      },
      stop: async () => postgres?.stop(),
    },
    {
      title: 'MariaDB',
      async start(context) {
        mariadb = await startMariadbServer(context);
        secrets.set('MY', mariadb.urlOf());
        await mariadb.run('alter database city character set utf8mb4');
        for (const statement of [...statements('`'), ...readings]) await mariadb.run(statement);
        return (table) => `mysql: { url: { env: MY }, table: ${table} }`;
      },
      stop: async () => mariadb?.stop(),
    },
  ];
}

const ports = {
  sql: { open: openSession, query: () => assert.fail('sessions are asked, not the port') },
  clock: { now: () => Date.parse('2026-03-01T00:00:00Z'), monotonic: () => 0, sleep: async () => {} },
  secret: async (ref: object) =>
    secrets.get('env' in ref ? String(ref.env) : '') ?? assert.fail('no such secret'),
};
const { signal } = new AbortController();

describe('profile of a source', () => {
  const folder = scratchFolder();
  before(() => {
    for (const [name, table] of Object.entries(tables)) folder.write(`${name}.csv`, `${csv(table)}\n`);
  });

  for (const engine of engines(folder)) {
    describe(`on ${engine.title}`, function () {
      this.timeout(60_000);
      let placeOf: (table: string) => string;
      let ofOrders: SourceProfile;
      before(async function () {
        placeOf = await engine.start(this);
        ofOrders = await profileOf('orders');
      });
      after(() => engine.stop());

      const profileOf = (table: string) => {
        const yaml = `schema: citygauge/checks@1\nsources:\n  - id: ${table}\n    ${placeOf(table)}\n    checks:\n      - volume: { min: 1 }\n`;
        const file = parseChecks(yaml, `${folder.path}/checks.yaml`);
        const [source = assert.fail('no source')] = file.sources;
        return profileSource({ file, source, ports, signal });
      };

      it('says of each column what it holds', async () => {
        const { rows, columns, keys } = ofOrders;
        assert.equal(rows, 60);
        assert.deepEqual(keys, [['id'], ['opened'], ['amount'], ['phone']]);
        const short = columns.map(({ name, guess, present, range, pattern }) => [
          name,
          guess.type,
          present,
          range && [range.min, range.max],
          pattern?.regex ?? null,
        ]);
        assert.deepEqual(short, [
          ['id', 'text', 60, null, '[A-Z]-\\d{4}'],
          [
            'opened',
            'instant',
            60,
            [Date.UTC(2026, 0, 1, 0, 5) / 1000, Date.UTC(2026, 1, 28, 7, 5) / 1000],
            null,
          ],
          ['status', 'text', 60, null, null],
          ['amount', 'number', 60, [12.5, 189.5], null],
          ['phone', 'integer', 60, null, null],
          ['姓名', 'text', 60, null, null],
          ['note', 'text', 51, null, null],
          ['code', 'text', 60, null, '\\d{4}'],
        ]);
        const [id, opened, status, amount, phone, name] = columns;
        assert.equal(opened?.timeFormat, 'yyyy/MM/dd HH:mm:ss');
        assert.deepEqual(id?.distinct, { count: 60, isExact: true });
        assert.deepEqual(
          status?.values?.map((each) => each.rows),
          [20, 20, 20],
        );
        assert.deepEqual(
          amount?.quantiles?.map((each) => each.toFixed(2)),
          ['21.35', '56.75', '101.00', '145.25', '180.65'],
        );
        assert.deepEqual(
          [phone?.isSensitive, phone?.format, name?.isSensitive],
          [true, { as: 'mobile', rows: 60 }, true],
        );
      });

      it('keeps no value of a sensitive column, neither in the profile nor in what it proposes', async () => {
        for (const text of [JSON.stringify(ofOrders), checksFromProfile(ofOrders, { language: 'zh' })]) {
          assert.doesNotMatch(text, /138\d{8}/);
          for (const person of people) assert.ok(!text.includes(person));
        }
      });

      it('proposes checks that are read in both languages, and that the source they come from passes', async () => {
        for (const language of languages) {
          const yaml = checksFromProfile(ofOrders, { language });
          const file = parseChecks(yaml, `${folder.path}/proposed.yaml`);
          const [source = assert.fail('no source')] = file.sources;
          assert.deepEqual([source.sensitive, source.key], [['phone', '姓名'], ['id']]);
          const run = await runChecks({
            subject: 'city',
            file,
            source,
            ports,
            history: async () => [],
            signal,
          });
          const others = run.results.filter(({ state, isMissed }) => state !== 'measured' || isMissed);
          assert.deepEqual(
            others.map(({ check, state, reason }) => [check, state, reason?.en]),
            [['volume', 'notApplicable', 'no earlier run to compare with']],
          );
        }
      });

      if (engine.title === 'PostgreSQL' || engine.title === 'MariaDB') {
        it('takes types from an engine that has them', async () => {
          const { columns } = await profileOf('readings');
          const short = columns.map(({ name, guess, present, range }) => [
            name,
            guess.type,
            present,
            range?.min,
            range?.max,
          ]);
          const at = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
          assert.deepEqual(short, [
            ['at', 'instant', 1, at, at],
            ['n', 'integer', 2, -3, 7],
            ['x', 'number', 2, 1.25, 99.75],
            ['d', 'date', 2, Date.UTC(2026, 0, 2) / 1000, Date.UTC(2026, 1, 3) / 1000],
            ['word', 'integer', 2, 17, 18],
          ]);
        });
      }

      it('finds a key of two columns where none alone is one', async () => {
        const { keys, columns } = await profileOf('visits');
        assert.deepEqual(keys, [['day', 'district']]);
        assert.deepEqual(
          columns.map(({ guess }) => guess.type),
          ['text', 'date', 'integer'],
        );
      });
    });
  }
});
