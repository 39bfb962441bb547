import assert from 'node:assert/strict';
import type { Intake } from './intake.ts';
import {
  attributes,
  gauge,
  later,
  metricsOf,
  nanoseconds,
  openIntake,
  samplesOf,
  sum,
} from './test-messages.ts';

function rejected(intake: Intake, metrics: readonly object[], now = 60): readonly [number, string] {
  const tally = intake.takeMetrics(metricsOf(metrics), later(now));
  return [tally.rejected, tally.firstReason];
}

describe('metrics by OTLP', () => {
  it('keeps every point of a gauge with its own time, until the next run', () => {
    const intake = openIntake();
    assert.deepEqual(
      rejected(intake, [
        gauge('pool.free', [
          [10, 7.5],
          [20, 6.25],
        ]),
      ]),
      [0, ''],
    );
    const drained = intake.drain(later(60));
    assert.deepEqual(samplesOf(drained.readings), [
      ['pool_free', 10, 7.5],
      ['pool_free', 20, 6.25],
    ]);
    assert.deepEqual(drained.readings[0]?.labels, { service: 'parking' });
    assert.deepEqual(drained.types, { pool_free: { type: 'gauge', help: '' } });
    assert.deepEqual(intake.drain(later(120)).readings, []);
  });

  it('adds up deltas to a counter that begins at zero, across runs', () => {
    const intake = openIntake();
    rejected(intake, [
      sum(
        'orders',
        [
          [10, 3, 0],
          [20, 4, 10],
        ],
        { temporality: 1 },
      ),
    ]);
    assert.deepEqual(samplesOf(intake.drain(later(60)).readings), [
      ['orders_total', 0, 0],
      ['orders_total', 10, 3],
      ['orders_total', 20, 7],
    ]);
    rejected(intake, [sum('orders', [[70, 5, 20]], { temporality: 1 })], 80);
    assert.deepEqual(samplesOf(intake.drain(later(120)).readings), [['orders_total', 70, 12]]);
  });

  it('puts a zero where a counter began again with more than it had', () => {
    const intake = openIntake();
    rejected(intake, [
      sum('orders', [
        [10, 3, -500],
        [30, 40, 25],
      ]),
    ]);
    assert.deepEqual(samplesOf(intake.drain(later(60)).readings), [
      ['orders_total', 10, 3],
      ['orders_total', 25, 0],
      ['orders_total', 30, 40],
    ]);
  });

  it('sees a counter from its zero that began after the receiver did, not one that began before', () => {
    const intake = openIntake();
    rejected(intake, [sum('young', [[10, 3, 5]]), sum('old', [[10, 3, -5]])]);
    assert.deepEqual(samplesOf(intake.drain(later(60)).readings), [
      ['young_total', 5, 0],
      ['young_total', 10, 3],
      ['old_total', 10, 3],
    ]);
  });

  it('keeps a sum that may fall as a gauge, deltas added up', () => {
    const intake = openIntake();
    rejected(intake, [
      sum(
        'open',
        [
          [10, 5, 0],
          [20, -2, 10],
        ],
        { temporality: 1, isMonotonic: false },
      ),
    ]);
    const { readings, types } = intake.drain(later(60));
    assert.deepEqual(samplesOf(readings), [
      ['open', 10, 5],
      ['open', 20, 3],
    ]);
    assert.equal(types?.open?.type, 'gauge');
  });

  it('keeps a histogram as buckets that add up, count and sum', () => {
    const intake = openIntake();
    const point = {
      timeUnixNano: nanoseconds(10),
      count: '6',
      sum: 7.5,
      bucketCounts: ['1', '3', '2'],
      explicitBounds: [0.25, 2.5],
    };
    rejected(intake, [
      { name: 'db.time', unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [point] } },
    ]);
    assert.deepEqual(
      intake.drain(later(60)).readings.map(({ metric, labels, value }) => [metric, labels.le, value]),
      [
        ['db_time_seconds_bucket', '0.25', 1],
        ['db_time_seconds_bucket', '2.5', 4],
        ['db_time_seconds_bucket', '+Inf', 6],
        ['db_time_seconds_count', undefined, 6],
        ['db_time_seconds_sum', undefined, 7.5],
      ],
    );
  });

  it('adds up delta histograms, and begins again when their boundaries change', () => {
    const intake = openIntake();
    const histogram = (at: number, bucketCounts: number[], explicitBounds: number[]) => ({
      name: 'wait',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          {
            timeUnixNano: nanoseconds(at),
            count: bucketCounts.reduce((a, b) => a + b),
            bucketCounts,
            explicitBounds,
          },
        ],
      },
    });
    rejected(intake, [histogram(10, [2, 1], [5])]);
    rejected(intake, [histogram(20, [1, 1], [5])]);
    rejected(intake, [histogram(30, [4, 0], [7])]);
    assert.deepEqual(samplesOf(intake.drain(later(60)).readings, 'wait_count'), [
      ['wait_count', 10, 3],
      ['wait_count', 20, 5],
      ['wait_count', 30, 4],
    ]);
  });

  it('never lets the buckets of an exponential histogram fall when its scale shrinks', () => {
    const intake = openIntake();
    const histogram = (at: number, scale: number, offset: number, bucketCounts: number[]) => ({
      name: 'size',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            timeUnixNano: nanoseconds(at),
            startTimeUnixNano: nanoseconds(1),
            count: 4,
            scale,
            positive: { offset, bucketCounts },
          },
        ],
      },
    });
    // Four values up to 4 lie below 5; at scale -2 their bucket reaches up to 16.
    rejected(intake, [histogram(10, 0, 1, [4])]);
    rejected(intake, [histogram(20, -2, 0, [4])]);
    const five = intake.drain(later(60)).readings.filter(({ labels }) => labels.le === '5');
    assert.deepEqual(samplesOf(five), [
      ['size_bucket', 1, 0],
      ['size_bucket', 10, 4],
      ['size_bucket', 20, 4],
    ]);
  });

  it('keeps a summary as its quantiles, sum and count', () => {
    const intake = openIntake();
    const point = {
      timeUnixNano: nanoseconds(10),
      count: 8,
      sum: 12.5,
      quantileValues: [{ quantile: 0.99, value: 4.5 }],
    };
    rejected(intake, [{ name: 'lag', summary: { dataPoints: [point] } }]);
    assert.deepEqual(
      intake.drain(later(60)).readings.map(({ metric, labels, value }) => [metric, labels.quantile, value]),
      [
        ['lag', '0.99', 4.5],
        ['lag_sum', undefined, 12.5],
        ['lag_count', undefined, 8],
      ],
    );
  });

  it('drops with a count and a reason what cannot be', () => {
    const intake = openIntake();
    const cases = [
      [
        gauge('a', [
          [10, 1.5],
          [10, 2.5],
        ]),
        'a series has two points at one instant: give each replica its service.instance.id',
      ],
      [
        gauge('b', [
          [10, 1.5],
          [9, 2.5],
        ]),
        'a point is older than the one before it in its series',
      ],
      [gauge('c', [[10, 'NaN']]), 'a point has no finite number, or buckets that do not fit together'],
      [gauge('d', [[361, 1.5]]), 'a time lies more than five minutes ahead: check the clock of the sender'],
      [gauge('e', [[-3541, 1.5]]), 'a time lies further back than is taken (oldest)'],
      [sum('f', [[10, -1]], { temporality: 1 }), 'a delta of a monotonic sum is negative'],
      [sum('g', [[10, 1]], { temporality: 0 }), 'a metric says neither delta nor cumulative'],
      [gauge('。', [[10, 1.5]]), 'a metric has no name'],
      [
        {
          name: 'h',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [{ timeUnixNano: nanoseconds(9), bucketCounts: [1], explicitBounds: [5] }],
          },
        },
        'a point has no finite number, or buckets that do not fit together',
      ],
    ] as const;
    for (const [metric, reason] of cases) assert.deepEqual(rejected(intake, [metric]), [1, reason]);
    assert.deepEqual(intake.drain(later(60)).dropped, {
      duplicate: 1,
      outOfOrder: 1,
      notFinite: 4,
      future: 1,
      tooOld: 1,
      badName: 1,
    });
    assert.deepEqual(intake.drain(later(120)).dropped, {});
  });

  it('takes a point without time as of now, and no point that says there is no value', () => {
    const intake = openIntake();
    const dataPoints = [{ asInt: '41' }, { asInt: '9', flags: 1 }];
    assert.deepEqual(rejected(intake, [{ name: 'cars', gauge: { dataPoints } }], 33), [0, '']);
    assert.deepEqual(samplesOf(intake.drain(later(60)).readings), [['cars', 33, 41]]);
  });

  it('makes labels of attributes, joins keys that become one, and moves names of its own aside', () => {
    const intake = openIntake();
    const given = { 'car.kind': 'e', 'car-kind': 'f', service: 'x', le: '7', empty: '', floor: 3 };
    const dataPoints = [{ timeUnixNano: nanoseconds(10), asDouble: 2.5, attributes: attributes(given) }];
    rejected(intake, [{ name: 'cars', gauge: { dataPoints } }]);
    assert.deepEqual(intake.drain(later(60)).readings[0]?.labels, {
      service: 'parking',
      car_kind: 'f;e',
      exported_service: 'x',
      exported_le: '7',
      floor: '3',
    });
  });

  it('refuses points with endless labels', () => {
    const intake = openIntake();
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`a${i}`, 'x']));
    for (const given of [many, { a: 'x'.repeat(1025) }]) {
      const dataPoints = [{ timeUnixNano: nanoseconds(10), asDouble: 1.5, attributes: attributes(given) }];
      assert.equal(rejected(intake, [{ name: 'cars', gauge: { dataPoints } }])[0], 1);
    }
    assert.deepEqual(intake.drain(later(60)).dropped, { limit: 2 });
  });

  it('keeps no more series of a service, and no more services, than it may', () => {
    const intake = openIntake({ maxSeriesPerService: 2, maxServices: 2 });
    const four = ['a', 'b', 'c', 'd'].map((name) => gauge(name, [[10, 1.5]]));
    assert.equal(rejected(intake, four)[0], 2);
    const other = (service: string) => intake.takeMetrics(metricsOf(four.slice(0, 1), service), later(60));
    assert.deepEqual([other('bus').rejected, other('tram').rejected], [0, 1]);
    assert.deepEqual(intake.drain(later(60)).dropped, { limit: 3 });
  });

  it('gives room back when a series was silent for long enough', () => {
    const intake = openIntake({ maxSeriesPerService: 1, forgetAfter: '5m' });
    rejected(intake, [gauge('a', [[10, 1.5]])], 10);
    intake.drain(later(60));
    intake.drain(later(600));
    assert.deepEqual(rejected(intake, [gauge('b', [[610, 1.5]])], 610), [0, '']);
  });

  it('is full when as many samples wait as may, until they are drained', () => {
    const intake = openIntake({ maxWaitingSamples: 1000 });
    const metric = gauge(
      'a',
      Array.from({ length: 1000 }, (_, i) => [i / 20, i] as const),
    );
    assert.equal(intake.fullFor(later(60)), null);
    rejected(intake, [metric]);
    assert.equal(intake.fullFor(later(5)), 10);
    intake.drain(later(60));
    assert.equal(intake.fullFor(later(61)), null);
  });
});
