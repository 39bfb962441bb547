import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DecodeFault, decodeRequest, encodeFault, encodeResponse, type Signal, signals } from './otlp.ts';
import { millisecondsOf, numberOf, textOf } from './otlp-messages.ts';

const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function faultOf(signal: Signal, body: unknown): string {
  try {
    decodeRequest(signal, 'json', json(body));
  } catch (fault) {
    assert.ok(fault instanceof DecodeFault, String(fault));
    return fault.message;
  }
  return 'none';
}

/** A trace request of one span `a` (kind 2) with a trace id, an event and a list among its attributes, written by hand. */
const traceBytes = Buffer.from(
  '0a37123512330a02beef2a016130023901000000000000004102000000000000' +
    '004a0c0a016b12072a050a030a01785a04120265767a021802',
  'hex',
);

describe('requests of OTLP', () => {
  it('are read from Protobuf by field number, unknown fields and lists among attributes skipped', () => {
    const { resourceSpans } = decodeRequest('traces', 'protobuf', traceBytes);
    const span = resourceSpans[0]?.scopeSpans[0]?.spans[0];
    assert.deepEqual([span?.name, span?.kind, span?.status?.code], ['a', 2, 2]);
    assert.deepEqual([numberOf(span?.startTimeUnixNano ?? 0), numberOf(span?.endTimeUnixNano ?? 0)], [1, 2]);
    assert.deepEqual(
      span?.attributes.map(({ key, value }) => [key, textOf(value)]),
      [['k', null]],
    );
    assert.equal(resourceSpans[0]?.resource, null);
  });

  it('are read from JSON with 64-bit numbers as strings or numbers, and absent fields as empty', () => {
    const dataPoints = [
      { timeUnixNano: '1762214400123456789', asInt: '-41', flags: 1 },
      { timeUnixNano: 1762214400123000000, asDouble: 'Infinity' },
    ];
    const metric = { name: 'm', gauge: { dataPoints }, unheard: { deep: [{}] } };
    const read = decodeRequest(
      'metrics',
      'json',
      json({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }),
    );
    const [found] = read.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    assert.deepEqual([found?.description, found?.unit, found?.sum], ['', '', null]);
    assert.deepEqual(
      found?.gauge?.dataPoints.map((point) => [
        millisecondsOf(point.timeUnixNano),
        point.asInt,
        point.asDouble,
        point.flags,
      ]),
      [
        [1762214400123, -41, null, 1],
        [1762214400123, null, Number.POSITIVE_INFINITY, 0],
      ],
    );
    assert.equal(millisecondsOf(found?.gauge?.dataPoints[0]?.startTimeUnixNano ?? 1), null);
  });

  it('keep every millisecond apart', () => {
    const first = 1_762_214_400_000;
    const read = Array.from({ length: 2000 }, (_, i) => millisecondsOf(Number(`${first + i}000000`)));
    assert.deepEqual(
      read,
      Array.from({ length: 2000 }, (_, i) => first + i),
    );
  });

  it('say what is wrong with JSON that is no request, by field', () => {
    assert.equal(
      faultOf('traces', { resourceSpans: 5 }),
      'no traces request in json: TraceRequest.resourceSpans: an array is expected, found 5',
    );
    assert.match(
      faultOf('traces', { resourceSpans: [null] }),
      /TraceRequest\.resourceSpans: an object is expected, found null$/,
    );
    const span = (given: object) => ({ resourceSpans: [{ scopeSpans: [{ spans: [given] }] }] });
    assert.match(faultOf('traces', span({ name: 7 })), /Span\.name: a string is expected, found 7$/);
    assert.match(
      faultOf('traces', span({ kind: 'SPAN_KIND_SERVER' })),
      /Span\.kind: a whole number is expected, found "SPAN_KIND_SERVER"$/,
    );
    assert.match(
      faultOf('traces', span({ endTimeUnixNano: `2026${'x'.repeat(99)}` })),
      /found "2026x+\.\.\.$/,
    );
    assert.match(faultOf('traces', span({ status: [] })), /Span\.status: an object is expected, found \[\]$/);
    for (const garbage of ['', 'null', '[]', '7', '{"resourceSpans":', '\xff'])
      assert.match(faultOf('logs', garbage), /^no logs request/);
    assert.match(faultOf('traces', Buffer.from([0xff, 0xfe]).toString('latin1')), /^no traces request/);
  });

  it('survive JSON that nests without end', () => {
    const depth = 200_000;
    assert.match(faultOf('traces', '['.repeat(depth)), /^no traces request in json/);
    assert.equal(faultOf('traces', `{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`), 'none');
    const value = '{"arrayValue":{"values":['.repeat(20_000) + ']}}'.repeat(20_000);
    const body = `{"resourceSpans":[{"resource":{"attributes":[{"key":"k","value":${value}}]}}]}`;
    assert.equal(faultOf('traces', body), 'none');
  });

  it('come to nothing else than a request or a fault, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(
        fc.constantFrom(...signals),
        fc.constantFrom('protobuf' as const, 'json' as const),
        bytes,
        (signal, encoding, body) => {
          try {
            decodeRequest(signal, encoding, body);
          } catch (fault) {
            assert.ok(fault instanceof DecodeFault);
          }
        },
      ),
    );
  });
});

describe('answers of OTLP', () => {
  it('are empty when everything was taken', () => {
    assert.equal(encodeResponse('traces', 'json', null), '{}');
    assert.equal(Buffer.from(encodeResponse('traces', 'protobuf', null)).length, 0);
  });

  it('say how much was rejected and why, under the name that the signal has for it', () => {
    const rejection = { count: 3, reason: 'no' };
    assert.deepEqual(
      signals.map((signal) => encodeResponse(signal, 'json', rejection)),
      ['Spans', 'DataPoints', 'LogRecords'].map(
        (name) => `{"partialSuccess":{"rejected${name}":"3","errorMessage":"no"}}`,
      ),
    );
    assert.equal(
      Buffer.from(encodeResponse('traces', 'protobuf', rejection)).toString('hex'),
      '0a06080312026e6f',
    );
  });

  it('are a status with code and message when refused', () => {
    assert.equal(encodeFault('json', 3, 'no'), '{"code":3,"message":"no"}');
    assert.equal(Buffer.from(encodeFault('protobuf', 3, 'no')).toString('hex'), '080312026e6f');
  });
});
