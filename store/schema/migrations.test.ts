import assert from 'node:assert/strict';
import { Migrator, sql } from 'kysely';
import { startPostgresServer } from '../../test/postgres-server.ts';
import { connectToServer } from '../driver/postgresql-server.ts';
import { openReadings } from '../telemetry/reading-table.ts';
import { migrate, migrations, schemaVersion } from './migrations.ts';

describe('migrations', function () {
  this.timeout(30_000);

  it('carry the readings of the first schema into series and samples', async function () {
    const server = await startPostgresServer(this);
    const connection = await connectToServer(await server.createDatabase('migrated'));
    const { db } = connection;
    const first = Object.entries(migrations).slice(0, 1);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(first) } });
    const { error } = await migrator.migrateToLatest();
    assert.equal(error, undefined);
    await sql`insert into readings (metric, labels_hash, labels, at, value) values
      ('up', 'h1', '{"subject": "hexi", "job": "a"}', '2026-02-01T00:00:00.123Z', 1),
      ('up', 'h1', '{"subject": "hexi", "job": "a"}', '2026-02-01T00:01:00.456Z', 0.25),
      ('up', 'h2', '{"job": "b"}', '2026-02-01T00:00:30Z', 7)`.execute(db);
    await migrate(db, 'memory');
    const readings = openReadings(db);
    assert.deepEqual(await readings.list('up', '2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z'), [
      { metric: 'up', labels: { subject: 'hexi', job: 'a' }, at: '2026-02-01T00:00:00.123Z', value: 1 },
      { metric: 'up', labels: { job: 'b' }, at: '2026-02-01T00:00:30.000Z', value: 7 },
      { metric: 'up', labels: { subject: 'hexi', job: 'a' }, at: '2026-02-01T00:01:00.456Z', value: 0.25 },
    ]);
    assert.equal((await readings.describe()).series, 2);
    assert.equal(schemaVersion, '0006-thresholds');
    await connection.close();
    await server.stop();
  });
});
