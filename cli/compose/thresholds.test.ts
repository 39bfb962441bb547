import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TestClock } from '../../collectors/runner/test-clock.ts';
import { readThresholds } from '../../rules/thresholds.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { subject } from '../../store/test-suites/fixtures.ts';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { CommandContext } from '../context.ts';
import { startThresholds } from './thresholds.ts';

const text = `
schema: citygauge/thresholds@1
thresholds:
  - id: on-time
    title: On time
    subject: hexi
    indicator: event-loop-2022:closure.onTime
    grades:
      - { colour: red, below: 0.6, role: city, plan: act }
      - { colour: yellow, below: 0.8, role: street, plan: look }
`;

const evaluation = {
  sha256: 'e1',
  model: { id: 'event-loop-2022' },
  subject: { id: 'hexi' },
  period: { id: '2026-02', end: '2026-02-28T16:00:00Z' },
  overall: { score: 71.5, coverage: 0.75 },
  nodes: [
    { id: 'closure', parent: null, score: 64, value: null },
    { id: 'closure.onTime', parent: 'closure', score: 40, value: 0.72 },
  ],
  observations: [],
} as unknown as Evaluation;
const createdAt = '2026-03-01T00:00:00.000Z';

describe('thresholds under a server', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  it('judge the figures of the newest evaluations, also of those saved before, and stop with it', async () => {
    const opened = await openStore({ dataFolder: join(folder.path, 'data') });
    await opened.subjects.put([subject('hexi', null)]);
    const summary = { model: 'event-loop-2022', subject: 'hexi', sha256: 'e1', createdAt, period: '2026-02' };
    const store: EvidenceStore = {
      ...opened,
      evaluations: {
        ...opened.evaluations,
        list: async () => [{ ...summary, modelVersion: '1', asOf: createdAt, grade: null, coverage: 0.75 }],
        get: async () => evaluation,
      },
    };
    const said: string[] = [];
    const surroundings = { stderr: (line: string) => said.push(line) };
    const judged = Promise.withResolvers<string>();
    const running = startThresholds(
      { surroundings } as unknown as CommandContext,
      store,
      readThresholds([{ name: 'thresholds.yaml', text }]),
      {
        clock: new TestClock('2026-03-21T08:00:00.000Z'),
        deliver: async ({ outcome }) => judged.resolve(outcome.job),
      },
    );
    assert.equal(await judged.promise, 'citygauge-threshold/on-time/hexi');
    await running.stop();
    const [state] = await opened.thresholds.current(['hexi']);
    assert.deepEqual([state?.lamp, state?.value, state?.subject], ['yellow', 0.72, 'hexi']);
    assert.deepEqual(said, []);
    await opened.close();
  });
});
