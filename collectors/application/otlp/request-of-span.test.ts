import assert from 'node:assert/strict';
import type { Span } from '../../wire/otlp-messages.ts';
import { requestOf } from './request-of-span.ts';
import { attributes, span, tracesOf } from './test-messages.ts';

function only(given: object): Span {
  const found = tracesOf([given]).resourceSpans[0]?.scopeSpans[0]?.spans[0];
  assert.ok(found);
  return found;
}

const routeOf = (given: object) => requestOf(only({ kind: 2, ...given }))?.route;

describe('the request that a span stands for', () => {
  it('is one of server and consumer spans only', () => {
    const kinds = [0, 1, 2, 3, 4, 5].filter((kind) => requestOf(only({ name: 'x', kind })) !== null);
    assert.deepEqual(kinds, [2, 5]);
  });

  it('has the route that the framework names, whatever it looks like', () => {
    assert.equal(routeOf({ name: 'GET', attributes: attributes({ 'http.route': '/a/{id}' }) }), '/a/{id}');
    assert.equal(routeOf({ name: 'GET', attributes: attributes({ 'http.route': '/plain' }) }), '/plain');
  });

  const names: readonly (readonly [name: string, route: string])[] = [
    ['GET /users/:id', '/users/:id'],
    ['GET /users/{id}/orders', '/users/{id}/orders'],
    ['grpc.health.v1.Health/Check', 'grpc.health.v1.Health/Check'],
    ['订单查询', '订单查询'],
    ['GET', 'other'],
    ['GET /users/17', 'other'],
    ['GET /users', 'other'],
    ['/users/17', 'other'],
    ['GET https://city.example/a', 'other'],
    ['GET /a?b=1', 'other'],
    ['job 20261104', 'other'],
    ['task 5b8efff798038103d269b633813fc60c', 'other'],
    ['', 'other'],
    ['x'.repeat(201), 'other'],
  ];
  for (const [name, route] of names) {
    it(`has the route ${route} from the name ${name.slice(0, 40)}`, () =>
      assert.equal(routeOf({ name }), route));
  }

  it('never has a URL as its route, even where a framework gives one', () => {
    assert.equal(routeOf({ attributes: attributes({ 'http.route': 'https://city.example/a' }) }), 'other');
  });

  it('has a message queue as its route where the name holds an identifier', () => {
    const queue = attributes({ 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' });
    assert.equal(routeOf({ name: 'process 20261104', kind: 5, attributes: queue }), 'orders');
  });

  it('has a method out of a fixed set', () => {
    const methodOf = (kind: number, given: Parameters<typeof attributes>[0]) =>
      requestOf(only({ kind, attributes: attributes(given) }))?.method;
    assert.deepEqual(
      [
        methodOf(2, { 'http.request.method': 'POST' }),
        methodOf(2, { 'http.method': 'patch' }),
        methodOf(2, { 'http.request.method': 'BREW' }),
        methodOf(2, { 'rpc.system': 'grpc' }),
        methodOf(5, {}),
        methodOf(2, {}),
      ],
      ['POST', 'PATCH', '_OTHER', 'rpc', 'message', '_OTHER'],
    );
  });

  it('has failed when its status says so or the answer is 500 or above', () => {
    const isError = (given: object) => requestOf(only({ kind: 2, ...given }))?.isError;
    assert.deepEqual(
      [
        isError(span({ status: 499 })),
        isError(span({ status: 500 })),
        isError({ attributes: attributes({ 'http.status_code': 503 }) }),
        isError({ status: { code: 2 } }),
        isError({ status: { code: 1 } }),
      ],
      [false, true, true, true, false],
    );
  });

  it('takes as long as from its start to its end', () => {
    const { durationSeconds = 0 } = requestOf(only(span({ seconds: 0.375 }))) ?? {};
    assert.ok(Math.abs(durationSeconds - 0.375) < 1e-6, String(durationSeconds));
  });
});
