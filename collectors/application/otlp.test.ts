import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { type Receiver, type Sent, send, startReceiver } from './otlp/test-receiver-server.ts';

describe('the OTLP receiver', () => {
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver({ maxMegabytes: 0.05, maxWaitingSamples: 1000 });
  });
  after(() => receiver.stop());

  const statusOf = async (sent: Sent) => (await send(receiver, sent))[0];
  const gzip = { 'content-encoding': 'gzip' };
  const protobuf = { 'content-type': 'application/x-protobuf' };

  it('answers an empty request with success', async () => {
    assert.deepEqual(await send(receiver, {}), [200, undefined, Buffer.from('{}')]);
    assert.deepEqual(await send(receiver, { headers: protobuf, body: '' }), [
      200,
      undefined,
      Buffer.alloc(0),
    ]);
    assert.equal(await statusOf({ headers: { 'content-type': 'application/json; charset=utf-8' } }), 200);
  });

  it('refuses garbage with a status in the encoding of the request', async () => {
    const [jsonStatus, , jsonBody] = await send(receiver, { body: '{"resourceSpans":7}' });
    assert.equal(jsonStatus, 400);
    assert.deepEqual(JSON.parse(String(jsonBody)), {
      code: 3,
      message: 'no traces request in json: TraceRequest.resourceSpans: an array is expected, found 7',
    });
    const [status, , body] = await send(receiver, { headers: protobuf, body: 'garbage' });
    assert.deepEqual([status, body.subarray(0, 2).toString('hex')], [400, '0803']);
  });

  it('refuses what is broken or too large once unpacked, another type, method and path', async () => {
    const whole = gzipSync(JSON.stringify({ resourceSpans: [], filler: 'x'.repeat(1000) }));
    const bomb = gzipSync(Buffer.alloc(60_000, 0x20));
    assert.deepEqual(
      [
        await statusOf({ headers: gzip, body: whole }),
        await statusOf({ headers: gzip, body: whole.subarray(0, whole.length / 2) }),
        await statusOf({ headers: gzip, body: 'no gzip' }),
        await statusOf({ headers: gzip, body: bomb }),
        await statusOf({ body: Buffer.alloc(60_000, 0x20) }),
        await statusOf({ headers: { 'content-type': 'text/plain' } }),
        await statusOf({ method: 'GET', body: '' }),
        await statusOf({ path: '/v1/profiles' }),
      ],
      [200, 400, 400, 413, 413, 415, 405, 404],
    );
  });

  it('takes logs and rejects every record, so that the sender knows', async () => {
    const body = JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }, {}] }] }],
    });
    const [status, , answered] = await send(receiver, { path: '/v1/logs', body });
    assert.deepEqual(
      [status, JSON.parse(String(answered))],
      [
        200,
        {
          partialSuccess: {
            rejectedLogRecords: '2',
            errorMessage: 'logs are not kept here: send traces and metrics only',
          },
        },
      ],
    );
  });

  it('says how many points it rejected and why, and keeps the others', async () => {
    const at = `${Date.now()}000000`;
    const dataPoints = [
      { timeUnixNano: at, asDouble: 2.5 },
      { timeUnixNano: '1000000000', asDouble: 3.5 },
    ];
    const body = JSON.stringify({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'cars', gauge: { dataPoints } }] }] }],
    });
    const [status, , answered] = await send(receiver, { path: '/v1/metrics', body });
    assert.deepEqual(
      [status, JSON.parse(String(answered))],
      [
        200,
        {
          partialSuccess: {
            rejectedDataPoints: '1',
            errorMessage: 'a time lies further back than is taken (oldest)',
          },
        },
      ],
    );
    const { readings, dropped } = await receiver.collect();
    assert.deepEqual([readings.map(({ value }) => value), dropped], [[2.5], { tooOld: 1 }]);
  });

  it('asks senders of metrics to come again when full, and takes traces meanwhile', async () => {
    const now = Date.now();
    const dataPoints = Array.from({ length: 500 }, (_, i) => ({
      timeUnixNano: `${now - 500 + i}000000`,
      asInt: String(i),
    }));
    const metrics = ['a', 'b'].map((name) => ({ name, gauge: { dataPoints } }));
    const body = gzipSync(
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: metrics.slice(0, 1) }] }] }),
    );
    const other = gzipSync(
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: metrics.slice(1) }] }] }),
    );
    const sent = { path: '/v1/metrics', headers: gzip };
    assert.deepEqual(
      [await statusOf({ ...sent, body }), await statusOf({ ...sent, body: other })],
      [200, 200],
    );
    const [status, retryAfter, answered] = await send(receiver, { path: '/v1/metrics' });
    assert.deepEqual([status, JSON.parse(String(answered)).code], [503, 14]);
    assert.match(retryAfter ?? '', /^[1-9]\d*$/);
    assert.equal(await statusOf({}), 200);
    assert.equal((await receiver.collect()).readings.length, 1000);
    assert.equal(await statusOf({ path: '/v1/metrics' }), 200);
  });

  it('begins its counters at zero again after a restart, and frees its port', async () => {
    const first = await startReceiver();
    const [, port] = /:(\d+)$/.exec(first.url) ?? [];
    const at = Date.now();
    const span = { name: 'x', kind: 2, startTimeUnixNano: `${at - 9}000000`, endTimeUnixNano: `${at}000000` };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span, span] }] }] });
    await send(first, { body });
    const counted = async (from: Receiver) =>
      (await from.collect()).readings
        .filter(({ metric }) => metric === 'citygauge_service_requests_total')
        .at(-1)?.value;
    assert.equal(await counted(first), 2);
    await first.stop();
    const second = await startReceiver({ port: Number(port) });
    await send(second, { body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }) });
    assert.equal(await counted(second), 1);
    await second.stop();
  });

  it('names the port that another program holds', async () => {
    const [, port] = /:(\d+)$/.exec(receiver.url) ?? [];
    await assert.rejects(startReceiver({ port: Number(port) }), {
      message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE): another program listens there: give another port`,
    });
  });
});
