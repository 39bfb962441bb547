import assert from 'node:assert/strict';
import { telemetryDefaults } from '../../../collectors/runner.ts';
import type { Slo } from '../../../rules/contract.ts';
import { readSlos } from '../../../rules/slo.ts';
import type { Subject } from '../../../scoring/contract.ts';
import { withBuiltInJobs } from './settings.ts';

describe('jobs that no settings file names', () => {
  const subject = (id: string, isSample: boolean) =>
    ({ ...{ id, parent: null, isSample, kind: 'city' }, timeZone: 'Asia/Shanghai' }) as unknown as Subject;
  const text =
    'schema: citygauge/slo@1\nservice: portal\nslos: [{ name: availability, objective: 99, sli: { counters: { bad: c, total: d } } }]\n';
  const slos: readonly Slo[] = readSlos([{ name: 'a.yaml', text }]).slos;

  it('count the SLOs of each root, but not those of the sample, which are counted when it is filled in', async () => {
    const settings = { ...telemetryDefaults, remoteWrite: [], jobs: [], source: '', fault: String };
    const found = { path: null, settings };
    const jobs = (...subjects: readonly Subject[]) =>
      withBuiltInJobs(found, subjects, slos).jobs.map(({ id, subject }) => [id, subject]);
    assert.deepEqual(jobs(subject('sample', true)), [['citygauge-self', 'sample']]);
    assert.deepEqual(jobs(subject('sample', true), subject('hexi', false)), [
      ['citygauge-self', 'sample'],
      ['slo-budgets', 'hexi'],
    ]);
  });
});
