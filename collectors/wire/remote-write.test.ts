import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reading } from '../contract.ts';
import {
  compressBlock,
  decodeWriteRequest,
  encodeWriteRequest,
  expandBlock,
  timeSeriesOf,
} from './remote-write.ts';

const reading = (
  metric: string,
  value: number,
  at: string,
  labels: Record<string, string> = {},
): Reading => ({
  metric,
  labels,
  at,
  value,
});

describe('remote write messages', () => {
  it('put the samples of a series together, by time, under sorted labels without empty ones', () => {
    const series = timeSeriesOf([
      reading('m', 2, '2026-01-01T00:00:01.250Z', { zone: 'z', Area: 'q', none: '' }),
      reading('n', 7, '2026-01-01T00:00:00Z'),
      reading('m', 3, '2026-01-01T00:00:00.125Z', { Area: 'q', zone: 'z' }),
    ]);
    assert.deepEqual(series, [
      {
        labels: [
          { name: 'Area', value: 'q' },
          { name: '__name__', value: 'm' },
          { name: 'zone', value: 'z' },
        ],
        samples: [
          { value: 3, timestamp: 1767225600125 },
          { value: 2, timestamp: 1767225601250 },
        ],
      },
      { labels: [{ name: '__name__', value: 'n' }], samples: [{ value: 7, timestamp: 1767225600000 }] },
    ]);
  });

  it('have the bytes that the protocol asks for', () => {
    const bytes = encodeWriteRequest([
      { labels: [{ name: 'a', value: 'b' }], samples: [{ value: 1.5, timestamp: 3 }] },
    ]);
    const sample = `12 0b 09 00 00 00 00 00 00 f8 3f 10 03`;
    assert.equal(Buffer.from(bytes).toString('hex'), `0a15 0a06 0a0161 120162 ${sample}`.replaceAll(' ', ''));
  });

  it('come back as they were, also before 1970 and beyond 32 bits, and joined', () => {
    const plain = { noNullPrototype: true };
    const sample = fc.record(
      {
        value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        timestamp: fc.integer({ min: -(10 ** 13), max: 10 ** 14 }),
      },
      plain,
    );
    const label = fc.record(
      {
        name: fc.string({ minLength: 1 }),
        value: fc.string({ unit: 'grapheme', minLength: 1 }),
      },
      plain,
    );
    const one = fc.record({ labels: fc.array(label), samples: fc.array(sample) }, plain);
    fc.assert(
      fc.property(fc.array(one), fc.array(one), (first, second) => {
        const joined = Buffer.concat([encodeWriteRequest(first), encodeWriteRequest(second)]);
        const back = decodeWriteRequest(expandBlock(compressBlock(joined), 10_000_000));
        assert.deepEqual(back, [...first, ...second]);
      }),
    );
  });

  it('refuse a block that is none, or that grows too large', () => {
    assert.throws(() => expandBlock(Buffer.from('\u00ff\u00ff\u00ff'), 1000), RangeError);
    assert.throws(() => expandBlock(compressBlock(Buffer.alloc(2000)), 1999), RangeError);
  });
});
