import assert from 'node:assert/strict';
import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateFromStore, periodAndCutoff } from '../cli/compose/evaluate.ts';
import { importRecords } from '../cli/compose/import.ts';
import { findModel } from '../cli/compose/models.ts';
import { readMappingFile } from '../collectors/records.ts';
import type { Evaluation } from '../scoring/contract.ts';
import { flattenNodes } from '../scoring/contract.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { requireSharedData } from './real-parts.ts';
import { scratchFolder } from './scratch-folder.ts';

const columns =
  'id, open_dt, target_dt, closed_dt, on_time, case_status, title, subject, reason, type, queue, department, neighborhood, source';

/** PostgreSQL takes the second of two equal local times, the definition the first: an hour earlier on 1 November 2015. */
const instant = (column: string) => `${column} at time zone 'America/New_York' - case
  when ${column} >= '2015-11-01 01:00' and ${column} < '2015-11-01 02:00' then interval '1 hour' else interval '0' end`;

/** The figures of a quarter counted by PostgreSQL itself over the raw file: nothing of the program takes part. */
const independent = (quarter: number) => `
  with local_times as (
    select to_timestamp(open_dt, 'MM/DD/YYYY HH12:MI:SS AM')::timestamp as o,
      to_timestamp(nullif(target_dt, ''), 'MM/DD/YYYY HH12:MI:SS AM')::timestamp as t,
      to_timestamp(nullif(closed_dt, ''), 'MM/DD/YYYY HH12:MI:SS AM')::timestamp as c, source
    from raw),
  raw_times as (select ${instant('o')} as o, ${instant('t')} as t, ${instant('c')} as c, source from local_times),
  cut as (select timestamp '2016-01-01' at time zone 'America/New_York' as at),
  quarter as (
    select raw_times.*, extract(epoch from c - o) / 3600 as h, cut.at from raw_times, cut
    where o >= (timestamp '2015-01-01' + interval '${3 * (quarter - 1)} months') at time zone 'America/New_York'
      and o < (timestamp '2015-01-01' + interval '${3 * quarter} months') at time zone 'America/New_York'),
  sound as (select * from quarter where c is null or c >= o),
  closed as (select * from sound where c <= at)
  select (select count(*) from sound) as cohort, (select count(*) from quarter where c < o) as faulty,
    (select count(*) from closed) as closed,
    (select count(*) from sound where t is not null and (c <= at or t <= at)) as due,
    (select count(*) from sound where t is not null and c <= at and c <= t) as on_time,
    (select count(*) from sound where c is null or c > at) as open,
    (select count(*) from sound where (c is null or c > at) and t < at) as overdue,
    (select count(*) from sound where source in ('Constituent Call', 'Self Service', 'Twitter', 'Citizens Connect App')) as citizen,
    (select avg(h)::float8 from closed) as mean,
    (select percentile_cont(0.5) within group (order by h) from closed) as median,
    (select percentile_cont(0.9) within group (order by h) from closed) as p90`;

const near = (actual: number | null, expected: unknown, what: string) =>
  assert.ok(
    actual !== null && Math.abs(actual - Number(expected)) <= 1e-9 * Math.abs(Number(expected)),
    `${what}: ${actual} is not ${expected}`,
  );

describe('the Boston work orders of 2015', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  let server: PostgresServer;
  let store: EvidenceStore;
  const evaluations: Evaluation[] = [];

  before(async function () {
    const file = requireSharedData(this, 'boston-311-2015/boston-311-2015.csv.gz');
    server = await startPostgresServer(this);
    await server.createDatabase('raw');
    // The server runs as a user of its own, who must be able to read the copy.
    const readable = join(folder.path, 'boston.csv.gz');
    chmodSync(folder.path, 0o755);
    copyFileSync(file, readable);
    chmodSync(readable, 0o644);
    await server.run('raw', `create table raw (${columns.split(', ').join(' text, ')} text)`);
    await server.run('raw', `copy raw from program 'zcat ${readable}' with (format csv, header, null '\\N')`);
    store = await openStore({ dataFolder: folder.path });
    await store.subjects.put([
      {
        id: 'boston',
        name: { zh: '波士顿', en: 'Boston' },
        kind: 'city',
        parent: null,
        timeZone: 'America/New_York',
        isSample: false,
      },
    ]);
    const result = await importRecords(store, {
      kind: 'work-orders',
      path: file,
      subject: 'boston',
      mapping: await readMappingFile(join(import.meta.dirname, '../samples/mappings/boston-311.yaml')),
      covers: null,
      isDryRun: false,
      maxRejects: 0,
      rejectsPath: join(folder.path, 'rejects.csv'),
      importedAt: '2016-01-02T00:00:00Z',
      signal: new AbortController().signal,
    });
    assert.deepEqual(
      [result.read, result.new, result.changed, result.unchanged, result.faulty, result.rejected],
      [121_245, 121_245, 0, 0, 197, 0],
    );
    const model = await findModel('event-loop-2022', (path) => path);
    for (const quarter of [1, 2, 3, 4]) {
      const order = { model, subject: 'boston', period: `2015-Q${quarter}`, asOf: '2016-01-01' };
      evaluations.push(await evaluateFromStore(store, order));
    }
  });

  after(async () => {
    await store?.close();
    await server?.stop();
  });

  for (const quarter of [1, 2, 3, 4]) {
    it(`gives for quarter ${quarter} the figures that SQL over the raw file gives`, async () => {
      const [row = {}] = await server.run('raw', independent(quarter));
      const evaluation = evaluations[quarter - 1];
      assert.ok(evaluation);
      const of = (name: string) => {
        const found = evaluation.observations.find((each) => each.indicator.endsWith(`.${name}`));
        assert.ok(found, name);
        return found;
      };
      const counts = (name: string) => [of(name).numerator, of(name).denominator];
      const n = (name: string) => Number(row[name]);
      assert.ok(n('cohort') > 20_000);
      assert.deepEqual(counts('closureRatio'), [n('closed'), n('cohort')]);
      assert.deepEqual(counts('onTimeClosureRatio'), [n('on_time'), n('due')]);
      assert.deepEqual(counts('overdueBacklogRatio'), [n('overdue'), n('open')]);
      assert.deepEqual(counts('citizenFoundRatio'), [n('citizen'), n('cohort')]);
      assert.deepEqual(counts('faultyRatio'), [n('faulty'), n('cohort') + n('faulty')]);
      near(of('meanHandlingHours').value, row.mean, 'mean');
      near(of('medianHandlingHours').value, row.median, 'median');
      near(of('p90HandlingHours').value, row.p90, 'p90');
    });
  }

  it('drills down to parts that add up to the whole', async () => {
    const model = await findModel('event-loop-2022', (path) => path);
    const leaf = flattenNodes(model.nodes).find((node) => node.localId === 'onTimeClosureRatio');
    assert.ok(leaf);
    const range = periodAndCutoff('2015-Q1', 'America/New_York', '2016-01-01');
    for (const by of ['unit', 'type', 'neighbourhood', 'channel', 'subject']) {
      const { parts, whole } = await store.evidence.drill({ subject: 'boston', ...range, leaf, by });
      const sum = (key: 'numerator' | 'denominator') => parts.reduce((total, part) => total + part[key], 0);
      assert.ok(parts.length > 1, by);
      assert.deepEqual([sum('numerator'), sum('denominator')], [whole.numerator, whole.denominator], by);
      assert.deepEqual([whole.numerator, whole.denominator], [10_264, 18_042], by);
    }
  });

  it('gives the value model no grade, and says how little is known', async () => {
    const model = await findModel('scie-2021-value', (path) => path);
    const evaluation = await evaluateFromStore(store, {
      model,
      subject: 'boston',
      period: '2015-Q1',
      asOf: '2016-01-01',
    });
    assert.equal(evaluation.overall.grade, null);
    assert.equal(evaluation.overall.coverage, 0);
    assert.deepEqual(new Set(evaluation.observations.map(({ state }) => state)), new Set(['notReported']));
    assert.deepEqual(
      evaluation.nodes.filter((node) => node.value !== null || node.score !== null || node.grade !== null),
      [],
    );
  });
});
