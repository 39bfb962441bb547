import assert from 'node:assert/strict';
import { type PostgresServer, startPostgresServer } from '../postgres-server.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ordersCsv, runIn } from './run.ts';

describe('the command line on PostgreSQL', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let server: PostgresServer;
  let url: string;

  before(async function () {
    server = await startPostgresServer(this);
    url = await server.createDatabase('citygauge');
    folder.write('orders.csv', ordersCsv(300));
  });
  after(() => server?.stop());

  async function evaluateOn(environment: Record<string, string>): Promise<string> {
    const cg = (...argv: string[]) => runIn(folder.path, { environment }, '--json', ...argv);
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    const imported = await cg('import', 'work-orders', 'orders.csv', '--subject', 'lin');
    assert.equal(JSON.parse(imported.stdout).new, 300, imported.stderr);
    const evaluated = await cg(
      'evaluate',
      '--model',
      'event-loop-2022',
      '--subject',
      'lin',
      '--period',
      '2026-01',
    );
    assert.equal(evaluated.exitCode, 0, evaluated.stderr);
    return evaluated.stdout;
  }

  it('comes to the same evaluation, byte for byte, as on the embedded store', async () => {
    const onServer = await evaluateOn({ DATABASE_URL: url });
    const embedded = await evaluateOn({});
    assert.equal(JSON.parse(onServer).observations[0].denominator, 300);
    assert.equal(onServer, embedded);
  });

  it('names the server, not its password, when it cannot be reached', async () => {
    const gone = server.urlOf('citygauge', 'wrong-secret');
    const { exitCode, stderr } = await runIn(
      folder.path,
      { environment: { DATABASE_URL: gone } },
      'subject',
      'list',
    );
    assert.equal(exitCode, 2);
    assert.match(stderr, /password/);
    assert.doesNotMatch(stderr, /wrong-secret|\n\s+at /);
  });
});
