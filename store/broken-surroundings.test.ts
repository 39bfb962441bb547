import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type PostgresServer, startPostgresServer } from '../test/postgres-server.ts';
import type { EvidenceStore } from './contract.ts';
import { openStore, type StoreLocation } from './open-store.ts';
import { importRecords, record, subject } from './test-suites/fixtures.ts';

const city = 'broken';

function orders(count: number) {
  const accepted = '2015-01-05T00:00:00.000Z';
  const filler = 'a long name of a type of work order that takes some space on the disk'.repeat(4);
  return Array.from({ length: count }, (_, index) =>
    record(
      'work-orders',
      `n${index}`,
      { accepted, type: `${filler}${index}` },
      { subject: city, line: index + 2 },
    ),
  );
}

async function refusal(location: StoreLocation): Promise<string> {
  let opened: EvidenceStore;
  try {
    opened = await openStore(location);
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'InputError', error.stack);
    return error.message;
  }
  await opened.close();
  assert.fail('the store was opened');
}

describe('the embedded store in broken surroundings', () => {
  let pristine: string;
  let folder: string;

  before(async function () {
    this.timeout(60_000);
    pristine = mkdtempSync(join(tmpdir(), 'citygauge-broken-'));
    const store = await openStore({ dataFolder: pristine });
    await store.subjects.put([subject(city, null)]);
    await store.close();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'citygauge-broken-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  after(() => rmSync(pristine, { recursive: true, force: true }));

  it('names a damaged folder and the remedy, and gives the lock back', async () => {
    cpSync(pristine, folder, { recursive: true });
    truncateSync(join(folder, 'pg', 'global', 'pg_control'), 100);
    assert.match(
      await refusal({ dataFolder: folder }),
      new RegExp(`^The evidence store ${folder}/pg cannot be opened, its files are damaged .* --data `),
    );
    assert.deepEqual(readdirSync(folder), ['pg']);
  });

  it('leaves a folder that holds something else alone', async () => {
    mkdirSync(join(folder, 'pg'));
    writeFileSync(join(folder, 'pg', 'letter.txt'), 'dear reader');
    assert.match(await refusal({ dataFolder: folder }), /is not an evidence store/);
    assert.deepEqual(readdirSync(join(folder, 'pg')), ['letter.txt']);
  });

  it('refuses a file in place of the folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    assert.match(await refusal({ dataFolder: file }), /cannot be made: name another one with --data/);
  });

  it('refuses a schema that a newer program wrote', async () => {
    cpSync(pristine, folder, { recursive: true });
    const engine = await PGlite.create(join(folder, 'pg'));
    await engine.query("insert into kysely_migration values ('0099-later', '2030-01-01')");
    await engine.close();
    assert.match(
      await refusal({ dataFolder: folder }),
      /has schema 0099-later, which is newer than this program .*: start the newer CityGauge/,
    );
    assert.deepEqual(readdirSync(folder), ['pg']);
  });

  describe('on a small disk', () => {
    let disk: string;

    before(function () {
      disk = mkdtempSync(join(tmpdir(), 'citygauge-disk-'));
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', disk], { stdio: 'pipe' });
      } catch {
        rmSync(disk, { recursive: true, force: true });
        console.log('      skipped: mounting a small disk needs root');
        this.skip();
      }
    });

    afterEach(() => execFileSync('mount', ['-o', 'remount,size=60m', disk], { stdio: 'pipe' }));

    after(() => {
      try {
        // An engine that failed to start leaves files open until the process ends.
        execFileSync('umount', ['--lazy', disk], { stdio: 'pipe' });
      } finally {
        rmSync(disk, { recursive: true, force: true });
      }
    });

    const sizeDisk = (megabytes: number) =>
      execFileSync('mount', ['-o', `remount,size=${megabytes}m`, disk], { stdio: 'pipe' });

    async function importUntilFull(dataFolder: string): Promise<void> {
      const store = await openStore({ dataFolder });
      try {
        await assert.rejects(importRecords(store, city, orders(60_000)), {
          name: 'InputError',
          message: new RegExp(`^There is no space left on the disk of the evidence store ${dataFolder}/pg`),
        });
      } finally {
        await store.close();
      }
    }

    /** With space again: nothing of the failed import is there, and it can be repeated. */
    async function repeat(dataFolder: string): Promise<void> {
      const store = await openStore({ dataFolder });
      try {
        assert.deepEqual(await store.imports.list(), []);
        assert.equal((await importRecords(store, city, orders(20))).new, 20);
      } finally {
        await store.close();
      }
    }

    it('says that it is full while rows are staged, and stays whole', async () => {
      const dataFolder = join(disk, 'staging');
      cpSync(pristine, dataFolder, { recursive: true });
      await importUntilFull(dataFolder);
      await repeat(dataFolder);
      rmSync(dataFolder, { recursive: true });
    });

    it('says that it is full while the log is written, and is whole again at the next start with space', async () => {
      const dataFolder = join(disk, 'log');
      cpSync(pristine, dataFolder, { recursive: true });
      sizeDisk(95);
      await importUntilFull(dataFolder);
      sizeDisk(300);
      await repeat(dataFolder);
      rmSync(dataFolder, { recursive: true });
    });

    it('says that it is full at the very first start, and leaves nothing behind', async () => {
      const dataFolder = join(disk, 'first');
      sizeDisk(16);
      assert.match(await refusal({ dataFolder }), new RegExp(`no space left .* ${dataFolder}/pg: free some`));
      assert.deepEqual(readdirSync(dataFolder), []);
      rmSync(dataFolder, { recursive: true });
    });
  });
});

describe('the PostgreSQL store in broken surroundings', () => {
  let server: PostgresServer | undefined;

  before(async function () {
    server = await startPostgresServer(this);
  });

  after(() => server?.stop());

  const started = () => {
    if (!server) throw new Error('PostgreSQL was not started');
    return server;
  };

  it('says that nobody answers, without showing the password', async () => {
    for (const host of ['127.0.0.1:1', 'localhost']) {
      const databaseUrl = `postgresql://me:hidden@${host}/city${host === 'localhost' ? '?host=/nowhere' : ''}`;
      const message = await refusal({ databaseUrl });
      assert.match(
        message,
        /^PostgreSQL does not answer at postgresql:\/\/.*: start it or correct DATABASE_URL\.$/,
      );
      assert.doesNotMatch(message, /hidden/);
    }
  });

  it('says that the password is wrong', async () => {
    const databaseUrl = started().urlOf('postgres', 'wrong');
    assert.match(await refusal({ databaseUrl }), /refuses the user or the password: correct DATABASE_URL\.$/);
  });

  it('says that the database does not exist', async () => {
    const databaseUrl = started().urlOf('atlantis');
    assert.match(
      await refusal({ databaseUrl }),
      /The database of postgresql:.*\/atlantis does not exist: create it/,
    );
  });

  it('refuses what is no URL of PostgreSQL', async () => {
    assert.match(await refusal({ databaseUrl: 'city' }), /^DATABASE_URL is not a URL: write postgresql:/);
    assert.match(await refusal({ databaseUrl: 'mysql://a/b' }), /^DATABASE_URL begins with "mysql:"/);
  });

  it('refuses a schema that a newer program wrote', async () => {
    const databaseUrl = await started().createDatabase('newer');
    await (await openStore({ databaseUrl })).close();
    await started().run('newer', "insert into kysely_migration values ('0099-later', '2030-01-01')");
    assert.match(await refusal({ databaseUrl }), /has schema 0099-later, which is newer than this program/);
  });

  it('says that the connection was cut in the middle of an import, of which nothing stays', async () => {
    const databaseUrl = await started().createDatabase('cut');
    const store = await openStore({ databaseUrl });
    try {
      await store.subjects.put([subject(city, null)]);
      const request = { kind: 'work-orders', subject: city, fileName: 'c.csv', mappingSha256: null } as const;
      const importedAt = '2026-01-01T00:00:00Z';
      const session = await store.imports.begin({ ...request, importedAt, covers: null });
      await session.stage(orders(2500));
      await started().run(
        'cut',
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'insert into \"staged%'",
      );
      await assert.rejects(session.commit({ sha256: 'aa', read: 2500, rejected: 0 }), {
        name: 'InputError',
        message: /The connection to .*\/cut was cut during the import of c\.csv: nothing of it was stored/,
      });
      await session.abort();
      assert.deepEqual(await store.imports.list(), []);
      assert.equal((await importRecords(store, city, orders(2500))).new, 2500);
    } finally {
      await store.close();
    }
  });

  it('lets several processes open a new database at once', async () => {
    const databaseUrl = await started().createDatabase('together');
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl })));
    for (const store of stores) assert.deepEqual(await store.subjects.list(), []);
    for (const store of stores) await store.close();
  });
});
