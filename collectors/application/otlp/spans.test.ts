import assert from 'node:assert/strict';
import type { Intake } from './intake.ts';
import { gauge, later, metricsOf, openIntake, span, tracesOf } from './test-messages.ts';

const requests = 'citygauge_service_requests_total';

describe('traces by OTLP', () => {
  it('counts requests, errors and durations by route from zero on, and keeps them between runs', () => {
    const intake = openIntake({ buckets: [0.25, 1] });
    const spans = [
      span({ route: '/a/:id' }),
      span({ route: '/a/:id', status: 503, seconds: 0.5 }),
      span({ kind: 3 }),
    ];
    assert.equal(intake.takeTraces(tracesOf(spans), later(2)).rejected, 0);
    const of = ({ readings }: ReturnType<Intake['drain']>) =>
      readings.map(({ metric, labels, at, value }) => [
        metric.replace('citygauge_service_', ''),
        labels.le ?? '',
        (Date.parse(at) - later(0)) / 1000,
        value,
      ]);
    const values = (at: number, list: readonly number[]) =>
      [
        ['requests_total', ''],
        ['errors_total', ''],
        ['successes_total', ''],
        ['request_duration_seconds_bucket', '0.25'],
        ['request_duration_seconds_bucket', '1'],
        ['request_duration_seconds_bucket', '+Inf'],
        ['request_duration_seconds_sum', ''],
        ['request_duration_seconds_count', ''],
      ].map(([name, le], i) => [name, le, at, list[i]]);
    const first = intake.drain(later(15));
    assert.deepEqual(of(first), [
      ...values(0, [0, 0, 0, 0, 0, 0, 0, 0]),
      ...values(15, [2, 1, 1, 1, 2, 2, 0.7, 2]),
    ]);
    assert.deepEqual(first.readings[0]?.labels, { service: 'parking', route: '/a/:id', method: 'GET' });
    intake.takeTraces(tracesOf([span({ route: '/a/:id', at: 20 })]), later(21));
    assert.deepEqual(of(intake.drain(later(30))), values(30, [3, 1, 2, 2, 3, 3, 0.8999999999999999, 3]));
  });

  it('counts further routes than it may keep as other', () => {
    const intake = openIntake({ maxRoutesPerService: 2 });
    const spans = ['/a', '/b', '/c', '/d', '/a'].map((route) => span({ route }));
    intake.takeTraces(tracesOf(spans), later(2));
    const counted = intake
      .drain(later(15))
      .readings.filter(({ metric, value }) => metric === requests && value > 0);
    assert.deepEqual(
      counted.map(({ labels, value }) => [labels.route, value]),
      [
        ['/a', 2],
        ['/b', 1],
        ['other', 2],
      ],
    );
  });

  it('forgets a route of which nothing came for long enough', () => {
    const intake = openIntake({ forgetAfter: '5m' });
    intake.takeTraces(tracesOf([span({ route: '/a' })]), later(2));
    assert.notEqual(intake.drain(later(301)).readings.length, 0);
    assert.deepEqual(intake.drain(later(303)).readings, []);
  });

  it('rejects spans that end before they start, have no times, or come from another time', () => {
    const intake = openIntake();
    const spans = [
      span({ route: '/a', seconds: -1 }),
      { name: 'x', kind: 2 },
      span({ route: '/a', at: 400 }),
      span({ route: '/a', at: -3700 }),
    ];
    assert.equal(intake.takeTraces(tracesOf(spans), later(2)).rejected, 4);
    assert.deepEqual(intake.drain(later(15)).dropped, { notFinite: 2, future: 1, tooOld: 1 });
  });

  it('shows each service with what it sent, and says when one falls silent', () => {
    const intake = openIntake();
    intake.takeTraces(tracesOf([span({ route: '/a' })], 'bus'), later(2));
    const detail = (now: number) =>
      intake.drain(later(now)).targets?.map(({ target, isUp, detail: { en } }) => [target, isUp, en]);
    assert.deepEqual(detail(15), [
      ['bus', true, 'this time: spans 1, points 0, dropped 0; series in all 20'],
    ]);
    assert.deepEqual(detail(303), [
      ['bus', false, 'silent for 301 s: look at the application and its exporter'],
    ]);
  });

  it('takes resource attributes as labels that the settings name', () => {
    const intake = openIntake({ resourceLabels: { layer: 'deployment.layer' } });
    const bus = {
      'service.name': 'bus',
      'service.namespace': 'transit',
      'deployment.layer': 'platform',
      'host.name': 'n1',
    };
    intake.takeTraces(tracesOf([span({ route: '/a' })], bus), later(2));
    intake.takeMetrics(metricsOf([gauge('cars', [[1, 2.5]])], bus), later(2));
    const { readings } = intake.drain(later(15));
    const shared = { service: 'bus', service_namespace: 'transit', layer: 'platform' };
    assert.deepEqual(readings[0]?.labels, { ...shared, route: '/a', method: 'GET' });
    assert.deepEqual(readings.at(-1)?.labels, { ...shared, instance: 'n1' });
  });
});
