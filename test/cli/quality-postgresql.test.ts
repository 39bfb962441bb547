import assert from 'node:assert/strict';
import type { QualityRun } from '../../collectors/contract.ts';
import { parseChecks } from '../../collectors/data-quality.ts';
import { type PostgresServer, startPostgresServer } from '../postgres-server.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { runIn } from './run.ts';

/** As docs/data-quality.md asks for. */
const rights = `
  create role citygauge_reader login password 'reader-only';
  grant connect on database city to citygauge_reader;
  grant usage on schema public to citygauge_reader;
  grant select on public.events to citygauge_reader;
  alter role citygauge_reader set default_transaction_read_only = on;`;

const checks = `schema: citygauge/checks@1
sources:
  - id: events
    postgresql: { url: { env: CITY_DB_URL }, table: public.events }
    key: [id]
    checks:
      - { completeness: phone, max: 0.5 }
      - { reference: { columns: [unit], source: units, to: [code] } }
  - id: units
    postgresql: { url: { file: secrets.url }, table: public.units }
`;

describe('quality on the command line, of tables of PostgreSQL', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let server: PostgresServer;
  let environment: Record<string, string>;
  const cg = (...argv: string[]) => runIn(folder.path, { environment }, ...argv);

  before(async function () {
    server = await startPostgresServer(this);
    await server.createDatabase('city');
    await server.run('city', 'create table public.units (code text)');
    await server.run('city', 'create table public.events (id integer, phone text, unit text)');
    await server.run(
      'city',
      "insert into public.events values (1, '13000000001', 'CG'), (2, null, 'CG'), (3, '13000000003', 'GA')",
    );
    for (const statement of rights.split(';').filter((each) => each.trim() !== '')) {
      await server.run('city', statement);
    }
    const url = server.urlOf('city', 'reader-only').replace('//citygauge:', '//citygauge_reader:');
    environment = { CITY_DB_URL: url, DATABASE_URL: await server.createDatabase('store') };
    folder.write('secrets.url', url);
    folder.write('checks.yaml', checks);
  });
  after(() => server?.stop());

  it('profiles a table by an address that stands in the environment and nowhere else', async () => {
    const argv = ['--driver', 'postgresql', '--url-env', 'CITY_DB_URL', '--table', 'public.events'];
    const { stdout, exitCode, stderr } = await cg('quality', 'profile', ...argv);
    assert.equal(exitCode, 0, stderr);
    const [events] = parseChecks(stdout, 'stdout').sources;
    const place = { driver: 'postgresql', url: { env: 'CITY_DB_URL' }, from: { table: 'public.events' } };
    assert.deepEqual([events?.id, events?.place, events?.sensitive], ['events', place, ['phone']]);
    assert.doesNotMatch(stdout, /reader-only|1300000000/);
  });

  it('checks with the rights of the documentation, and says of which table they are missing', async () => {
    const { stdout, exitCode, stderr } = await cg('--json', 'quality', 'check', '--checks', 'checks.yaml');
    assert.equal(exitCode, 1, stderr);
    const [events, units] = (JSON.parse(stdout) as { runs: readonly QualityRun[] }).runs;
    assert.deepEqual(
      events?.results.map(({ check, state, failed }) => [check, state, failed]),
      [
        ['access', 'measured', 0],
        ['completeness-phone', 'measured', 1],
        ['reference-unit', 'failed', null],
      ],
    );
    assert.match(events?.results[2]?.reason?.en ?? '', /permission denied for table units/);
    assert.match(events?.results[2]?.remedy?.zh ?? '', /只读权限/);
    assert.match(units?.results[0]?.reason?.en ?? '', /permission denied for table units/);
    assert.doesNotMatch(stdout + stderr, /reader-only/);
  });
});
