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

const nameLabel = '__name__';

/** Label names are ASCII, so that the order of code units is the order of bytes that the specification asks for. */
function labelsOf({ metric, labels }: Reading): TimeSeries['labels'] {
  const names = Object.keys(labels).filter((name) => name !== nameLabel);
  names.push(nameLabel);
  names.sort();
  const sorted: { name: string; value: string }[] = [];
  for (const name of names) {
    const value = name === nameLabel ? metric : (labels[name] ?? '');
    if (value !== '') sorted.push({ name, value });
  }
  return sorted;
}

function keyOf(labels: TimeSeries['labels']): string {
  let key = '';
  for (const { name, value } of labels) key += `${name}\u0001${value}\u0000`;
  return key;
}

/** Readings as series: each series once, in the order of its first reading, its samples by time. */
export function timeSeriesOf(readings: readonly Reading[]): TimeSeries[] {
  const series = new Map<
    string,
    { labels: TimeSeries['labels']; samples: TimeSeries['samples'][number][] }
  >();
  // The readings of a run have few instants between them.
  const instants = new Map<string, number>();
  for (const reading of readings) {
    const { at, value } = reading;
    const timestamp = instants.get(at) ?? Date.parse(at);
    instants.set(at, timestamp);
    const labels = labelsOf(reading);
    const key = keyOf(labels);
    const known = series.get(key);
    if (known) known.samples.push({ value, timestamp });
    else series.set(key, { labels, samples: [{ value, timestamp }] });
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
