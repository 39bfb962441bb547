import assert from 'node:assert/strict';
import { type PostgresServer, startPostgresServer } from '../test/postgres-server.ts';
import type { EvidenceStore } from './contract.ts';
import { openStore } from './open-store.ts';
import { evaluationOf, modelOf, reportOf } from './test-suites/archived.ts';
import { freshSubject, importedAt, importRecords, record } from './test-suites/fixtures.ts';

describe('what is in the database', () => {
  let server: PostgresServer | undefined;
  let store: EvidenceStore;

  before(async function () {
    server = await startPostgresServer(this);
    store = await openStore({ databaseUrl: await server.createDatabase('altered') });
  });

  after(async () => {
    await store?.close();
    await server?.stop();
  });

  async function run(statement: string): Promise<Record<string, unknown>[]> {
    if (!server) throw new Error('PostgreSQL was not started');
    return server.run('altered', statement);
  }

  it('keeps every content that an import replaced, with the imports that wrote and replaced it', async () => {
    const city = await freshSubject(store);
    const order = (type: string, line: number) =>
      record('work-orders', '7', { type }, { subject: city, line });
    await importRecords(store, city, [order('first', 2)]);
    await importRecords(store, city, [order('second', 3)]);
    await importRecords(store, city, [order('third', 4)]);
    const rows = await run(`select content->>'type' as type, content->'line' as line, import_id, replaced_by
      from record_revisions where root_id = '${city}' and kind = 'work-orders' and id = '7' order by replaced_by`);
    const [newest, middle, oldest] = (await store.imports.list(city)).map(({ id }) => id);
    assert.deepEqual(rows, [
      { type: 'first', line: 2, import_id: oldest, replaced_by: middle },
      { type: 'second', line: 3, import_id: middle, replaced_by: newest },
    ]);
  });

  it('does not touch the rows that an import finds unchanged', async () => {
    const city = await freshSubject(store);
    const order = record('work-orders', '1', { type: 'same' }, { subject: city });
    await importRecords(store, city, [order]);
    const place = `select ctid::text, xmin::text from work_orders where root_id = '${city}'`;
    const before = await run(place);
    await importRecords(store, city, [order]);
    assert.equal(before.length, 1);
    assert.deepEqual(await run(place), before);
  });

  it('leaves no staging table behind', async () => {
    const city = await freshSubject(store);
    await importRecords(store, city, [record('work-orders', '1', {}, { subject: city })]);
    assert.deepEqual(await run(`select relname from pg_class where relname like 'staged%'`), []);
  });

  it('holds instants as instants, lists as JSON and ratios as doubles', async () => {
    const rows = await run(`select column_name, data_type from information_schema.columns
      where table_name = 'work_orders' and column_name in
        ('accepted', 'supporting_units', 'invalid', 'reopened', 'rating', 'owner_unit') order by column_name`);
    assert.deepEqual(
      rows.map(({ column_name, data_type }) => [column_name, data_type]),
      [
        ['accepted', 'timestamp with time zone'],
        ['invalid', 'boolean'],
        ['owner_unit', 'text'],
        ['rating', 'double precision'],
        ['reopened', 'bigint'],
        ['supporting_units', 'jsonb'],
      ],
    );
  });

  it('is not believed when an evaluation was changed', async () => {
    const city = await freshSubject(store);
    const evaluation = evaluationOf(city, '2015-Q1');
    await store.evaluations.save(evaluation, modelOf(), importedAt);
    await run(`update evaluations set body = replace(body, '"grade":"B"', '"grade":"A"')
      where sha256 = '${evaluation.sha256}'`);
    const altered = {
      name: 'InputError',
      message: new RegExp(`^The stored evaluation ${evaluation.sha256} was altered: .* Restore`),
    };
    await assert.rejects(store.evaluations.get(evaluation.sha256), altered);
    await assert.rejects(store.evaluations.latest(evaluation.model.id, city), altered);
  });

  it('is not believed when a model or a report was changed', async () => {
    const city = await freshSubject(store);
    await store.evaluations.save(evaluationOf(city, '2015-Q2'), modelOf(), importedAt);
    await run(`update models set yaml = yaml || '#' where sha256 = '${modelOf().sha256}'`);
    await assert.rejects(store.evaluations.modelYaml(modelOf().sha256), { name: 'InputError' });
    const bytes = Uint8Array.of(3, 1, 4);
    await store.reports.save(reportOf(city, bytes), bytes);
    await run(`update reports set bytes = '\\x030105' where subject_id = '${city}'`);
    await assert.rejects(store.reports.get(reportOf(city, bytes).sha256), {
      name: 'InputError',
      message: /^The stored report CG-2015-Q1-0001 was altered/,
    });
  });

  it('says unknown for an ambiguous prefix of an evaluation', async () => {
    const digits = '0123456789abcdef'.repeat(4);
    await run(`insert into models values ('m', 'm', '1', 'y') on conflict do nothing`);
    for (const last of ['0', '1']) {
      await run(`insert into evaluations (sha256, model_id, model_version, model_sha256, subject_id, period,
          period_end, as_of, coverage, created_at, body)
        values ('${digits.slice(0, 63)}${last}', 'm', '1', 'm', 's', '2015', now(), '', 0, '', '{}')`);
    }
    await assert.rejects(store.evaluations.get(digits.slice(0, 63)), {
      name: 'RangeError',
      message: /is ambiguous: write more digits/,
    });
  });
});
