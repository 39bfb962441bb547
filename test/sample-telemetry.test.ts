import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { collectors } from '../collectors/collectors.ts';
import { createPorts } from '../collectors/ports/ports-client.ts';
import { readTelemetryFile } from '../collectors/runner/settings/telemetry-file.ts';

const folder = join(import.meta.dirname, '..', 'samples', 'telemetry');
const runAt = '2026-11-04T00:00:00.000Z';

describe('the example of telemetry settings', () => {
  it('is sound and has a job of every collector', async () => {
    const { jobs } = await readTelemetryFile(join(folder, 'telemetry.yaml'), collectors);
    assert.deepEqual(
      jobs.map(({ collector }) => collector.id),
      collectors.map(({ id }) => id),
    );
  });

  it('reads every table beside it without a gap', async () => {
    const { jobs } = await readTelemetryFile(join(folder, 'telemetry.yaml'), collectors);
    const real = createPorts({ settingsFolder: folder, environment: {} });
    // The age of a checked-out file says nothing about its figures.
    const files = { ...real.files, stat: async () => ({ modifiedAt: runAt, size: 0, identity: '1:1' }) };
    const tables = jobs.filter(({ collector }) => collector.id.endsWith('-table'));
    for (const { id, collector, subject, settings } of tables) {
      const signal = new AbortController().signal;
      const run = { job: id, subject, settings, state: undefined, startedAt: runAt, signal };
      const { readings, gaps } = await collector.collect({ ...run, ports: { ...real, files } });
      assert.deepEqual([id, gaps], [id, []]);
      const given = new Set(readings.map(({ metric }) => metric));
      const declared = collector.metrics.map(({ name }) => name);
      assert.deepEqual([id, [...given].sort()], [id, declared.toSorted()]);
    }
    assert.equal(tables.length, readdirSync(folder).filter((name) => name.endsWith('.csv')).length);
  });
});
