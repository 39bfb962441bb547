import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, type QualityRun, scoreOfRun } from '../collectors/contract.ts';
import { parseChecks, runChecks } from '../collectors/data-quality.ts';
import { sqlClient } from '../collectors/ports/sql/sql-client.ts';
import { bostonTables } from './boston-tables.ts';
import { type MariadbServer, startMariadbServer } from './mariadb-server.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { requireSharedData } from './real-parts.ts';
import { scratchFolder } from './scratch-folder.ts';

/** The same for every engine; counted beside it by Python's csv, datetime and zoneinfo over the raw file. */
const checks = `
    key: [CASE_ENQUIRY_ID]
    times: { formats: [MM/dd/yyyy hh:mm:ss a], zone: America/New_York }
    checks:
      - completeness: TARGET_DT
        max: 0.25
      - completeness: [neighborhood, OnTime_Status]
      - uniqueness: CASE_ENQUIRY_ID
      - uniqueness: [TARGET_DT, TYPE]
      - validity: OPEN_DT
        type: instant
        range: { min: '2015-01-01' }
      - validity: CASE_ENQUIRY_ID
        type: integer
        pattern: '[0-9]{12}'
      - validity: CASE_TITLE
        length: { max: 40 }
      - validity: Source
        codes: [Constituent Call, Citizens Connect App, Employee Generated, City Worker App, Self Service]
      - columns: CLOSED_DT >= OPEN_DT
      - completeness: CLOSED_DT
        id: closed-has-time
        where: CASE_STATUS_IS_CLOSED
      - lag: { from: OPEN_DT, to: CLOSED_DT }
        within: 30d
      - freshness: OPEN_DT
        each: 200d
      - volume: { min: 121245, max: 121245 }
      - drift: neighborhood
        baseline: { Dorchester: 15000, Roxbury: 9000, Downtown / Financial District: 9000, Boston: 2600 }
      - similarity: QUEUE
        atLeast: 0.95
`;

const counts: Readonly<Record<string, readonly [checked: number, failed: number]>> = {
  access: [1, 0],
  'completeness-TARGET_DT': [121_245, 27_051],
  'uniqueness-CASE_ENQUIRY_ID': [121_245, 0],
  'uniqueness-TARGET_DT-TYPE': [94_194, 20_525],
  'validity-OPEN_DT': [121_245, 100],
  'validity-CASE_ENQUIRY_ID': [121_245, 0],
  'validity-CASE_TITLE': [121_229, 4353],
  'validity-Source': [121_245, 198 + 61],
  'columns-CLOSED_DT-OPEN_DT': [101_371, 197],
  'closed-has-time': [101_371, 0],
  'lag-OPEN_DT-CLOSED_DT': [101_174, 12_588],
  'freshness-OPEN_DT': [121_245, 52_653 + 8],
  volume: [1, 0],
};

const places = (folder: string, postgres: string, mariadb: string) => {
  process.env.BOSTON_POSTGRESQL = postgres;
  process.env.BOSTON_MARIADB = mariadb;
  return {
    csv: `csv: ${join(folder, 'boston.csv.gz')}`,
    parquet: `parquet: ${join(folder, 'boston.parquet')}`,
    sqlite: `sqlite: { path: ${join(folder, 'boston.db')}, table: boston }`,
    postgresql: 'postgresql: { url: { env: BOSTON_POSTGRESQL }, table: public.boston }',
    mariadb: 'mysql: { url: { env: BOSTON_MARIADB }, table: boston }',
  };
};

type Place = keyof ReturnType<typeof places>;

/** What has to be the same wherever the table is: everything but statements and last digits of a mean. */
const comparable = ({ check, state, checked, failed, figure, isMissed, reason, memory }: CheckResult) => ({
  check,
  state,
  checked,
  failed,
  figure: figure && { ...figure, value: Number(figure.value.toPrecision(9)) },
  isMissed,
  reason: reason?.en ?? null,
  memory,
});

describe('the checks of the Boston work orders', function () {
  this.timeout(170_000);
  const folder = scratchFolder();
  let postgres: PostgresServer;
  let mariadb: MariadbServer;
  const runs = new Map<Place, QualityRun>();

  async function check(place: string): Promise<QualityRun> {
    const closed = place.startsWith('mysql') ? "CASE_STATUS = 'Closed'" : `"CASE_STATUS" = 'Closed'`;
    const own = checks.replace('CASE_STATUS_IS_CLOSED', JSON.stringify(closed));
    const file = parseChecks(
      `schema: citygauge/checks@1\nsources:\n  - id: boston\n    ${place}${own}`,
      'boston.yaml',
    );
    const [source] = file.sources;
    assert.ok(source);
    return runChecks({
      subject: 'boston',
      file,
      source,
      ports: {
        sql: sqlClient,
        clock: {
          now: () => Date.parse('2016-01-01T00:00:00Z'),
          monotonic: () => performance.now(),
          sleep: () => Promise.reject(new Error('nothing waits')),
        },
        secret: async (ref) => ('env' in ref ? (process.env[ref.env] ?? '') : ''),
      },
      history: async () => [],
      signal: new AbortController().signal,
    });
  }

  before(async function () {
    const csv = join(folder.path, 'boston.csv.gz');
    copyFileSync(requireSharedData(this, 'boston-311-2015/boston-311-2015.csv.gz'), csv);
    postgres = await startPostgresServer(this);
    mariadb = await startMariadbServer(this);
    const url = await postgres.createDatabase('city');
    await bostonTables({ csv, folder: folder.path, postgres, mariadb });
    for (const [name, place] of Object.entries(places(folder.path, url, mariadb.urlOf()))) {
      runs.set(name as Place, await check(place));
    }
  });
  after(async () => {
    await postgres?.stop();
    await mariadb?.stop();
  });

  it('count what Python counts in the raw file', () => {
    const results = runs.get('csv')?.results ?? [];
    const found = Object.fromEntries(
      results.map(({ check, checked, failed }) => [check, [checked, failed]] as const),
    );
    for (const [check, expected] of Object.entries(counts)) assert.deepEqual(found[check], expected, check);
  });

  for (const place of ['parquet', 'sqlite', 'postgresql', 'mariadb'] as const) {
    it(`give on ${place} what they give on the CSV file`, () => {
      const [one, other] = [runs.get('csv'), runs.get(place)];
      assert.ok(one && other);
      assert.equal(other.rows, 121_245);
      assert.deepEqual(other.results.map(comparable), one.results.map(comparable));
      assert.deepEqual(scoreOfRun(other).missed, scoreOfRun(one).missed);
    });
  }

  it('read the table once for all checks that can share it', () => {
    const results = runs.get('postgresql')?.results ?? [];
    const [scan] = results.find(({ check }) => check === 'completeness-TARGET_DT')?.sql ?? [];
    const sharing = results.filter(({ sql }) => sql[0] === scan);
    assert.ok(sharing.length >= 13, `${sharing.length} share`);
  });

  it('show offending rows by their key', () => {
    const sample = runs.get('csv')?.results.find(({ kind }) => kind === 'columns')?.sample;
    assert.deepEqual(
      sample?.columns.map(({ name }) => name),
      ['CASE_ENQUIRY_ID', 'CLOSED_DT', 'OPEN_DT'],
    );
    assert.equal(sample?.rows.length, 5);
    assert.match(sample?.rows[0]?.[0] ?? '', /^\d{12}$/);
  });
});
