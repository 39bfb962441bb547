import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './open-store.ts';
import { importRecords, record, subject } from './test-suites/fixtures.ts';

const city = 'killed';
const earlier = 3;
const rows = 12_000;

const orders = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const accepted = new Date(Date.UTC(2015, 0, 5, 0, index)).toISOString();
    return record('work-orders', `n${index}`, { accepted }, { subject: city, line: index + 2 });
  });

const urlOf = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Imports `rows` records, saying how far it is; it waits for nobody. */
const importerScript = `
  const { openStore } = await import(${urlOf('./open-store.ts')});
  const { record } = await import(${urlOf('./test-suites/fixtures.ts')});
  const say = async (word) => {
    process.stdout.write(word + '\\n');
    await new Promise(setImmediate);
  };
  const store = await openStore({ dataFolder: process.argv[1] });
  const session = await store.imports.begin({
    kind: 'work-orders', subject: '${city}', fileName: 'big.csv',
    mappingSha256: null, importedAt: '2026-01-01T00:00:00Z', covers: null,
  });
  for (let index = 0; index < ${rows}; index += 1) {
    const accepted = new Date(Date.UTC(2015, 0, 5, 0, index)).toISOString();
    await session.stage([record('work-orders', 'n' + index, { accepted }, { subject: '${city}', line: index + 2 })]);
    if (index === ${rows / 2}) await say('staging');
  }
  await say('committing');
  await session.commit({ sha256: 'aa', read: ${rows}, rejected: 0 });
  await say('committed');
  process.stdin.resume();`;

describe('a process killed with SIGKILL on the embedded store', () => {
  let pristine: string;
  let folder: string;
  let child: ChildProcess | undefined;

  before(async () => {
    pristine = mkdtempSync(join(tmpdir(), 'citygauge-killed-'));
    const store = await openStore({ dataFolder: pristine });
    await store.subjects.put([subject(city, null)]);
    await importRecords(store, city, orders(earlier));
    await store.close();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'citygauge-killed-'));
  });

  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) await kill(child);
    child = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  after(() => rmSync(pristine, { recursive: true, force: true }));

  function start(): ChildProcess {
    child = spawn(process.execPath, ['--input-type=module', '-e', importerScript, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return child;
  }

  async function kill(running: ChildProcess): Promise<void> {
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    const [, signal] = await ended;
    assert.equal(signal, 'SIGKILL');
  }

  async function killAt(word: string): Promise<void> {
    const running = start();
    for await (const text of running.stdout as NodeJS.ReadableStream) {
      if (String(text).split('\n').includes(word)) break;
    }
    await kill(running);
  }

  /** What the next start finds, and what repeating the import then does. */
  async function reopenAndRepeat(): Promise<{ found: number; imports: number; repeated: number[] }> {
    const store = await openStore({ dataFolder: folder });
    try {
      const found = (await store.describe()).recordCounts['work-orders'];
      const imports = (await store.imports.list()).length;
      const counts = await importRecords(store, city, orders(rows), { fileName: 'big.csv' });
      assert.equal((await store.describe()).recordCounts['work-orders'], rows);
      return { found, imports, repeated: [counts.new, counts.changed, counts.unchanged] };
    } finally {
      await store.close();
    }
  }

  it('while staging leaves the store as it was, and the import can be repeated', async () => {
    cpSync(pristine, folder, { recursive: true });
    await killAt('staging');
    assert.deepEqual(await reopenAndRepeat(), {
      found: earlier,
      imports: 1,
      repeated: [rows - earlier, 0, earlier],
    });
  });

  it('while committing leaves all of the import or nothing of it', async () => {
    cpSync(pristine, folder, { recursive: true });
    await killAt('committing');
    const { found, imports, repeated } = await reopenAndRepeat();
    const isCommitted = imports === 2;
    assert.equal(found, isCommitted ? rows : earlier);
    assert.deepEqual(repeated, isCommitted ? [0, 0, rows] : [rows - earlier, 0, earlier]);
  });

  it('leaves no files of half-done sorts behind after the next start', async () => {
    cpSync(pristine, folder, { recursive: true });
    const spilled = join(folder, 'pg', 'base', 'pgsql_tmp');
    mkdirSync(spilled, { recursive: true });
    writeFileSync(join(spilled, 'pgsql_tmp42.0'), 'half a sort');
    const store = await openStore({ dataFolder: folder });
    try {
      assert.equal(existsSync(join(spilled, 'pgsql_tmp42.0')), false);
      assert.equal((await importRecords(store, city, orders(earlier))).unchanged, earlier);
    } finally {
      await store.close();
    }
  });

  it('after the commit has lost nothing', async () => {
    cpSync(pristine, folder, { recursive: true });
    await killAt('committed');
    assert.deepEqual(await reopenAndRepeat(), { found: rows, imports: 2, repeated: [0, 0, rows] });
  });

  it('during the very first start leaves nothing in the way of the next one', async () => {
    const watcher = watch(folder);
    const made = new Promise<void>((resolve) => {
      watcher.on('change', (_, name) => {
        if (name === 'pg.new') resolve();
      });
    });
    const running = start();
    await made;
    watcher.close();
    await kill(running);
    const store = await openStore({ dataFolder: folder });
    try {
      assert.deepEqual(await store.subjects.list(), []);
    } finally {
      await store.close();
    }
  });
});
