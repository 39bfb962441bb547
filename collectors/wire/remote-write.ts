import protobuf from 'protobufjs';
import snappy from 'snappyjs';
import type { Reading } from '../contract.ts';

/** Messages of Prometheus remote write 1.0 (prometheus.WriteRequest of prompb/remote.proto and types.proto). */
const root = protobuf.Root.fromJSON({
  nested: {
    Label: { fields: { name: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Sample: { fields: { value: { type: 'double', id: 1 }, timestamp: { type: 'int64', id: 2 } } },
    TimeSeries: {
      fields: {
        labels: { rule: 'repeated', type: 'Label', id: 1 },
        samples: { rule: 'repeated', type: 'Sample', id: 2 },
      },
    },
    WriteRequest: { fields: { timeseries: { rule: 'repeated', type: 'TimeSeries', id: 1 } } },
  },
});
const writeRequest = root.lookupType('WriteRequest');

export interface TimeSeries {
  /** Sorted by name, `__name__` among them; no label is empty. */
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  /** Milliseconds since 1970; the oldest first. */
  readonly samples: readonly { readonly value: number; readonly timestamp: number }[];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Label names are ASCII, so that the order of code units is the order of bytes that the specification asks for. */
function labelsOf({ metric, labels }: Reading): TimeSeries['labels'] {
  const named = Object.entries(labels).filter(([name, value]) => value !== '' && name !== '__name__');
  return [['__name__', metric] as const, ...named]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => compare(a.name, b.name));
}

/** Readings as series: each series once, in the order of its first reading, its samples by time. */
export function timeSeriesOf(readings: readonly Reading[]): TimeSeries[] {
  const series = new Map<
    string,
    { labels: TimeSeries['labels']; samples: TimeSeries['samples'][number][] }
  >();
  for (const reading of readings) {
    const labels = labelsOf(reading);
    const key = labels.map(({ name, value }) => `${name}\u0001${value}`).join('\u0000');
    const sample = { value: reading.value, timestamp: Date.parse(reading.at) };
    const known = series.get(key);
    if (known) known.samples.push(sample);
    else series.set(key, { labels, samples: [sample] });
  }
  for (const { samples } of series.values()) samples.sort((a, b) => a.timestamp - b.timestamp);
  return [...series.values()];
}

/** Protobuf, not yet compressed: two such texts one after the other are one request with the series of both. */
export function encodeWriteRequest(timeseries: readonly TimeSeries[]): Uint8Array {
  return writeRequest.encode({ timeseries }).finish();
}

export function decodeWriteRequest(bytes: Uint8Array): TimeSeries[] {
  const message = writeRequest.toObject(writeRequest.decode(bytes), { longs: Number, defaults: true });
  return message.timeseries as TimeSeries[];
}

/** Snappy's block format, without frames. */
export function compressBlock(bytes: Uint8Array): Uint8Array {
  return snappy.compress(bytes);
}

/** RangeError for what is no Snappy block or grows beyond `maxBytes`. */
export function expandBlock(bytes: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return snappy.uncompress(bytes, maxBytes);
  } catch (cause) {
    throw new RangeError(`no Snappy block of at most ${maxBytes} bytes`, { cause });
  }
}
