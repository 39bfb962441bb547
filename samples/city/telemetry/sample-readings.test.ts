import assert from 'node:assert/strict';
import { type Reading, scoreOfRun } from '../../../collectors/contract.ts';
import { buildSampleCity } from '../sample-city.ts';

const city = buildSampleCity('2026-11-20');
const months = [...city.readings()];
const all = months.flat();

const local = (iso: string) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString();
const seriesOf = (readings: readonly Reading[]) =>
  new Set(readings.map(({ metric, labels }) => `${metric}${JSON.stringify(labels)}`));
const find = (metric: string, labels: Reading['labels'], month?: string) =>
  all.filter(
    (reading) =>
      reading.metric === metric &&
      Object.entries(labels).every(([name, value]) => reading.labels[name] === value) &&
      (month === undefined || local(reading.at).startsWith(month)),
  );
const mean = (readings: readonly Reading[]) =>
  readings.reduce((sum, { value }) => sum + value, 0) / readings.length;
const last = (readings: readonly Reading[]) => readings.at(-1)?.value ?? Number.NaN;

describe("the sample city's telemetry", () => {
  it('is the same for the same date and seed, and another for another seed', () => {
    assert.deepEqual([...city.readings()][3], months[3]);
    assert.deepEqual([...buildSampleCity('2026-11-01').readings()][3], months[3]);
    assert.notDeepEqual([...buildSampleCity('2026-11-20', 7).readings()][3], months[3]);
  });

  it('comes a month at a time, each sample in its month, oldest first', () => {
    const ids = Array.from({ length: 12 }, (_, i) =>
      i < 2 ? `2025-1${i + 1}` : `2026-${String(i - 1).padStart(2, '0')}`,
    );
    assert.deepEqual(
      months.map((month) => [...new Set(month.map(({ at }) => local(at).slice(0, 7)))]),
      ids.map((id) => [id]),
    );
    assert.ok(all.every(({ at }) => at >= city.from && at < city.to));
  });

  it('is of sample subjects and sample jobs only, finite, and without two samples at one instant', () => {
    const subjects = new Set(city.subjects.map(({ id }) => id));
    for (const { labels, value, metric } of all) {
      assert.ok(subjects.has(labels.subject ?? ''), JSON.stringify(labels));
      assert.match(labels.job ?? '', /^sample-/);
      assert.ok(Number.isFinite(value), metric);
    }
    const keys = all.map(({ metric, labels, at }) => `${metric} ${JSON.stringify(labels)} ${at}`);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('stays small enough to be filled in within seconds', () => {
    assert.deepEqual([all.length, seriesOf(all).size], [170_084, 518]);
  });

  it('says nothing of service level objectives itself, for they are counted from it once it is filled in', () => {
    const metrics = new Set(all.map(({ metric }) => metric));
    assert.deepEqual(
      [...metrics].filter((metric) => metric.startsWith('citygauge_slo_')),
      [],
    );
  });

  it('says of data quality what the runs of its checks found', () => {
    const run = city.qualityRuns.findLast(({ source }) => source.id === 'hotline-orders');
    assert.ok(run);
    const [reading] = find('citygauge_quality_problem_ratio', {
      source: 'hotline-orders',
      problem: 'fragmentation',
    }).slice(-1);
    const ratio = scoreOfRun(run).problems.fragmentation ?? Number.NaN;
    assert.ok(Math.abs((reading?.value ?? 0) - ratio) < 0.001, `${reading?.value} ${ratio}`);
  });

  it('says of findings what the scans found, from the first scan on, suppressed ones left out', () => {
    const open = find('citygauge_findings_open', { subject: 'sample', severity: 'high' });
    assert.equal(local(open[0]?.at ?? '').slice(0, 10), '2025-11-04');
    const lastScans = city.scans.filter(
      ({ subject, report }) => subject === 'sample' && report.producedAt?.startsWith('2026-10-02'),
    );
    const high = lastScans
      .flatMap(({ report }) => report.findings)
      .filter(({ severity }) => severity === 'high');
    assert.deepEqual([last(open), high.length], [3, 3]);
    const low = find('citygauge_findings_open', { subject: 'sample', severity: 'low' });
    assert.deepEqual([low[0]?.value, last(low)], [1, 0]);
  });

  it('probes by the hour and reads tables by the day', () => {
    const portal = { target: 'https://portal.sample.example/' };
    assert.equal(find('citygauge_probe_success', portal, '2026-10').length, 31 * 24);
    assert.equal(
      find('citygauge_backup_success', { subject: 'sample', system: '门户' }, '2026-02').length,
      28,
    );
  });

  it('has the districts join four months before its end', () => {
    const first = all.find(({ labels }) => labels.subject === 'sample/west');
    assert.equal(local(first?.at ?? ''), '2026-07-01T00:07:00.000Z');
  });

  it('has counters that grow but for one restart', () => {
    const requests = find('citygauge_service_requests_total', { subject: 'sample', service: 'portal' });
    const falls = requests.filter(({ value }, i) => value < (requests[i - 1]?.value ?? 0));
    assert.deepEqual(
      falls.map(({ at }) => local(at).slice(0, 10)),
      ['2026-04-14'],
    );
  });

  it('has histograms whose buckets add up to their count', () => {
    const names = { subject: 'sample', service: 'exchange' };
    const counts = find('citygauge_service_request_duration_seconds_count', names);
    const buckets = ['0.1', '0.25', '0.5', '1', '2.5', '5', '+Inf'].map((le) =>
      find('citygauge_service_request_duration_seconds_bucket', { ...names, le }),
    );
    for (const [i, { value }] of counts.entries()) {
      const steps = buckets.map((bucket) => bucket[i]?.value ?? Number.NaN);
      assert.deepEqual(
        steps.toSorted((a, b) => a - b),
        steps,
      );
      assert.equal(steps.at(-1), value);
    }
  });
});

describe("the story of the sample city's telemetry", () => {
  it('has one outage: the hotline is down for sixteen hours of one night, and its errors show it', () => {
    const hotline = { target: 'https://hotline.sample.example/' };
    const down = find('citygauge_probe_success', hotline, '2026-06').filter(({ value }) => value === 0);
    const night = down.filter(({ at }) => local(at) >= '2026-06-11T19' && local(at) < '2026-06-12T11');
    assert.equal(night.length, 16);
    assert.ok(down.length < 16 + 8, String(down.length));
    const errors = (month: string) => {
      const counted = find('citygauge_service_errors_total', { service: 'hotline' }, month);
      return last(counted) - (counted[0]?.value ?? 0);
    };
    assert.ok(errors('2026-06') > 2 * errors('2026-07'), `${errors('2026-06')} ${errors('2026-07')}`);
  });

  it('has one announced maintenance: the hotline is down for eight hours of a night of the last month, and it is signed for', () => {
    const hotline = { target: 'https://hotline.sample.example/' };
    const down = find('citygauge_probe_success', hotline, '2026-10').filter(({ value }) => value === 0);
    assert.equal(down.length, 8);
    const signed = city.exclusions.find(({ kind }) => kind === 'maintenance');
    assert.deepEqual(
      [signed?.from, signed?.to, signed?.recordedAt],
      ['2026-10-17T14:00:00.000Z', '2026-10-17T22:00:00.000Z', '2026-10-18T22:00:00.000Z'],
    );
    assert.ok(down.every(({ at }) => at >= (signed?.from ?? '') && at < (signed?.to ?? '')));
  });

  it('has one gap: the exchange is not probed for seven days', () => {
    const exchange = { target: 'https://exchange.sample.example/api' };
    const days = new Set(
      find('citygauge_probe_success', exchange, '2026-09').map(({ at }) => Number(local(at).slice(8, 10))),
    );
    assert.deepEqual([...days], [1, 2, 3, 4, 5, 6, 7, 8, ...Array.from({ length: 15 }, (_, i) => i + 16)]);
  });

  it('has a storage pool that fills up ever faster, and one that does not', () => {
    const headroom = (pool: string, month: string) =>
      last(find('citygauge_capacity_headroom_days', { pool }, month));
    assert.ok(headroom('对象存储', '2026-02') > 250);
    assert.equal(headroom('对象存储', '2026-10'), 100);
    assert.ok(headroom('计算集群', '2026-10') > 1000);
  });

  it('has processors that are busier in summer', () => {
    const cpu = (month: string) =>
      mean(find('citygauge_resource_utilisation_ratio', { subject: 'sample', kind: 'cpu' }, month));
    assert.ok(cpu('2026-07') > cpu('2026-01') + 0.12, `${cpu('2026-01')} ${cpu('2026-07')}`);
  });

  it('ends with two certificates about to expire', () => {
    const expiring = find(
      'citygauge_certificate_expires_within_30_days',
      { subject: 'sample' },
      '2026-10-31',
    );
    assert.deepEqual(
      expiring.map(({ labels, value }) => [labels.target, value]),
      [
        ['https://portal.sample.example/', 0],
        ['https://hotline.sample.example/', 1],
        ['https://exchange.sample.example/', 1],
      ],
    );
  });

  it('has an application that is listed and not used', () => {
    const effective = find('citygauge_application_is_effective', { subject: 'sample' }, '2026-10-31');
    assert.deepEqual(
      effective.filter(({ value }) => value === 0).map(({ labels }) => labels.application),
      ['招商地图'],
    );
  });
});
