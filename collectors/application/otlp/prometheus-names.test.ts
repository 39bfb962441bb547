import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelName, metricName, type NameKind } from './prometheus-names.ts';

describe('names of OpenTelemetry metrics in Prometheus', () => {
  const cases: readonly (readonly [name: string, unit: string, kind: NameKind, expected: string])[] = [
    ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
    ['db.time_ms', 'ms', 'other', 'db_time_ms_milliseconds'],
    ['disk.read.bytes', 'By', 'counter', 'disk_read_bytes_total'],
    ['orders.placed', '{order}', 'counter', 'orders_placed_total'],
    ['jobs.total.done', '', 'counter', 'jobs_done_total'],
    ['pool.use', '1', 'gauge', 'pool_use_ratio'],
    ['pool.use_ratio', '1', 'gauge', 'pool_use_ratio'],
    ['queue.length', '1', 'other', 'queue_length'],
    ['net.io', 'By/s', 'gauge', 'net_io_bytes_per_second'],
    ['cpu.share', '%', 'gauge', 'cpu_share_percent'],
    ['water.level', 'cm', 'gauge', 'water_level_cm'],
    ['5xx--rate', '', 'gauge', '_5xx_rate'],
    ['业务.量', '', 'gauge', ''],
  ];
  for (const [name, unit, kind, expected] of cases) {
    it(`writes ${name} in "${unit}" (${kind}) as ${expected || 'no name at all'}`, () => {
      assert.equal(metricName(name, unit, kind), expected);
    });
  }

  it('writes labels with letters, digits and _ only', () => {
    assert.deepEqual(['http.route', 'k8s.pod-name', '2nd', '__name__'].map(labelName), [
      'http_route',
      'k8s_pod_name',
      'key_2nd',
      'name__',
    ]);
  });

  it('never makes a name that Prometheus refuses', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom<NameKind>('gauge', 'counter', 'other'),
        (name, unit, kind) => {
          assert.match(metricName(name, unit, kind), /^(?:[a-zA-Z_:][a-zA-Z0-9_:]*)?$/);
          assert.match(labelName(name), /^(?:[a-zA-Z_][a-zA-Z0-9_]*)?$/);
        },
      ),
    );
  });
});
