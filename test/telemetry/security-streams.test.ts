import assert from 'node:assert/strict';
import { appendFileSync, renameSync, utimesSync } from 'node:fs';
import { shippedIndicator } from '../../cli/compose/models.ts';
import { recordsSink, scansSink } from '../../cli/compose/telemetry/store-sink.ts';
import {
  type Collected,
  type Collector,
  type CollectorYield,
  parsePeriod,
  type Subject,
} from '../../collectors/contract.ts';
import { createPorts } from '../../collectors/ports.ts';
import { logCoverage } from '../../collectors/security/log-coverage.ts';
import { securityEventsTable } from '../../collectors/security/security-events-table.ts';
import { tailEve } from '../../collectors/security/tail-eve.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';

const city = {
  ...{ id: 'hexi', name: { zh: '河西市', en: 'Hexi' }, kind: 'city', parent: null },
  ...{ timeZone: 'Asia/Shanghai', isSample: false },
} satisfies Subject;
const now = '2031-03-05T12:00:00.000Z';

const alert = (time: string) =>
  `${JSON.stringify({
    timestamp: `2031-03-05T${time}+0000`,
    event_type: 'alert',
    host: 'sensor-3',
    src_ip: '203.0.113.9',
    dest_ip: '10.20.3.4',
    alert: { gid: 1, signature_id: 2018358, rev: 10, signature: 'ET SCAN', severity: 2 },
  })}\n`;

/** What streams of alarms, logs and events leave in the store. */
describe('security streams into the store', () => {
  const folder = scratchFolder();
  let store: EvidenceStore;

  /** Changed at the time of the runs. */
  const write = (name: string, text: string) => {
    const path = folder.write(name, text);
    utimesSync(path, Date.parse(now) / 1000, Date.parse(now) / 1000);
    return path;
  };

  before(async function () {
    this.timeout(60_000);
    store = await openStore({ dataFolder: `${folder.path}/data` });
    await store.subjects.put([city]);
  });
  after(() => store.close());

  /** A job from its start on; each call is a run whose yield goes into the store. */
  async function job<Settings, State>(
    collector: Collector<Settings, State>,
    given: object,
    subject = city.id,
  ) {
    const ports = createPorts({ settingsFolder: folder.path, environment: {} });
    const settings = collector.settings.parse(given);
    const state = (await collector.start?.(settings, ports)) as State;
    const { signal } = new AbortController();
    const sinks = [scansSink(store, { now: () => now }), recordsSink(store, { now: () => now, signal })];
    return async (): Promise<CollectorYield> => {
      const run = { job: collector.id, subject, settings, state, ports, startedAt: now, signal };
      const brought = await collector.collect(run);
      const outcome = { job: run.job, subject: run.subject } as Collected['outcome'];
      for (const sink of sinks)
        await sink.accept({ records: [], types: {}, ...brought, outcome } as Collected);
      return brought;
    };
  }

  it('counts each alarm once over runs, rotation and starts anew', async () => {
    const counts = async () =>
      (await store.security.alarms({ subjects: [city.id], at: now, offset: 0, limit: 9 })).rows.map(
        ({ signature, asset, count }) => [signature, asset, count],
      );
    const log = write('eve.json', alert('09:00:00') + alert('09:01:00'));
    const run = await job(tailEve, { file: 'eve.json' });
    await run();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 2]]);
    appendFileSync(log, alert('10:00:00'));
    await run();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 3]]);
    await (await job(tailEve, { file: 'eve.json' }))();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 3]], 'read again from its beginning');
    renameSync(log, `${log}.1`);
    utimesSync(`${log}.1`, Date.parse(now) / 1000, Date.parse(now) / 1000);
    write('eve.json', alert('11:00:00'));
    await run();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 4]]);
    const anew = await job(tailEve, { file: 'eve.json' });
    await anew();
    appendFileSync(log, alert('11:30:00'));
    await anew();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 5]]);
    await (await job(tailEve, { file: 'eve.json', maxMegabytes: 0.0003 }))();
    assert.deepEqual(await counts(), [['1:2018358:10', '10.20.3.4', 5]], 'the last lines alone');
  });

  it('tells the log sources that reported in the last day', async () => {
    const due = ['web-1', 'db-1', 'fw-1'].map((id) => ({
      ...{
        id,
        name: id,
        kind: 'host',
        owner: null,
        aliases: id === 'fw-1' ? ['10.0.0.1'] : [],
        sendsLogs: true,
      },
    }));
    await store.security.putAssets(city.id, due, now);
    write(
      'hosts.csv',
      'host,last log at\nweb-1,2031-03-05T11:00:00Z\ndb-1,2031-03-03T11:00:00Z\n10.0.0.1,2031-03-05T09:00:00Z\n',
    );
    await (await job(logCoverage, { table: 'hosts.csv' }))();
    const { logSources } = await store.security.figures({ subjects: [city.id], at: now });
    assert.deepEqual(logSources, { expected: 3, reporting: 2 });
  });

  it('keeps security events by id, however often the list is read', async () => {
    const read = await job(securityEventsTable, { file: 'events.csv' });
    write('events.csv', '编号,类别,发现时间,遏制时间\nS-1,C3,2031-03-01 08:00,\n');
    await read();
    await read();
    write('events.csv', '编号,类别,发现时间,遏制时间\nS-1,C3,2031-03-01 08:00,2031-03-01 09:30\n');
    await read();
    assert.deepEqual(
      (await store.imports.list()).map((each) => [each.fileName, each.new, each.changed, each.unchanged]),
      [
        ['collector/security-events-table.json', 0, 1, 0],
        ['collector/security-events-table.json', 0, 0, 1],
        ['collector/security-events-table.json', 1, 0, 0],
      ],
    );
    assert.equal((await store.describe()).recordCounts['security-events'], 1);
  });

  it('counts 0 security events of a month only where the list says that it is complete', async () => {
    const district = { ...city, id: 'hexi-east', parent: null };
    await store.subjects.put([district]);
    const leaf = shippedIndicator('citygauge-operations', 'security.events.c1');
    assert.ok(leaf);
    const counted = async (month: string) => {
      const period = parsePeriod(month, city.timeZone);
      const request = { subject: district.id, period, cutoff: period.end, leaves: [leaf] };
      const [seen] = await store.evidence.observe(request);
      return [seen?.state, seen?.value];
    };
    const changedAt = Date.parse('2030-10-09T00:00:00Z') / 1000;
    const head = 'id,class,found\n';
    utimesSync(
      write('list.csv', `${head}S-1,C1,2030-08-03 09:00\nS-2,C2,2030-08-20\n`),
      changedAt,
      changedAt,
    );
    const settings = { file: 'list.csv', maxAgeDays: 365 };
    await (await job(securityEventsTable, settings, district.id))();
    assert.deepEqual(await counted('2030-08'), ['measured', 1]);
    assert.deepEqual(await counted('2030-09'), ['notReported', null]);
    await (await job(securityEventsTable, { ...settings, isComplete: true }, district.id))();
    assert.deepEqual(await counted('2030-09'), ['measured', 0]);
    assert.deepEqual(await counted('2030-10'), ['notReported', null], 'the list ends before the month');
    assert.deepEqual(
      await counted('2030-07'),
      ['notReported', null],
      'nor is it known before its first event',
    );
    utimesSync(write('list.csv', head), changedAt, changedAt);
    const since = { ...settings, isComplete: true, completeFrom: '2030-07-01' };
    await (await job(securityEventsTable, since, district.id))();
    assert.deepEqual(await counted('2030-07'), ['measured', 0]);
  });
});
