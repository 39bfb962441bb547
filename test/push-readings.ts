import type { Reading } from '../collectors/contract.ts';
import { compressBlock, encodeWriteRequest, timeSeriesOf } from '../collectors/wire/remote-write.ts';

const headers = {
  'content-encoding': 'snappy',
  'content-type': 'application/x-protobuf',
  'x-prometheus-remote-write-version': '0.1.0',
};

/** Writes readings by remote write, one request per instant: a Prometheus takes nothing older than it has. */
export async function pushReadings(server: string, readings: readonly Reading[]): Promise<void> {
  const byInstant = Map.groupBy(readings, ({ at }) => Date.parse(at));
  for (const instant of [...byInstant.keys()].toSorted((a, b) => a - b)) {
    const body = compressBlock(encodeWriteRequest(timeSeriesOf(byInstant.get(instant) ?? [])));
    const answer = await fetch(`${server}/api/v1/write`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    if (!answer.ok) throw new Error(`${server} answered ${answer.status}: ${await answer.text()}`);
  }
}
