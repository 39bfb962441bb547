import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkPromises, loadPromises } from '../cli/compose/promises.ts';
import type { CommandContext } from '../cli/context.ts';
import { thresholdGroups } from '../rules/thresholds.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { subject } from '../store/test-suites/fixtures.ts';
import { rejectionOf, scratchFolder } from './scratch-folder.ts';

const thresholds = (target: string, of = 'hexi') => `schema: citygauge/thresholds@1
thresholds:
  - id: disks
    title: { zh: 磁盘, en: Disks }
    subject: ${of}
    ${target}
    unit: ratio
    grades:
      - { colour: red, above: 0.95, role: r, plan: p }
      - { colour: yellow, above: 0.8, role: r, plan: p }
`;

describe('the promises of an installation', () => {
  const folder = scratchFolder();
  const data = join(folder.path, 'data');
  let store: EvidenceStore;
  const context = {
    dataFolder: data,
    path: (path: string) => join(folder.path, path),
    surroundings: { environment: {} },
  } as unknown as CommandContext;

  before(async () => {
    store = await openStore({ dataFolder: data });
    await store.subjects.put([
      subject('hexi', null),
      subject('hexi/east', 'hexi'),
      subject('old-town', 'hexi'),
    ]);
    mkdirSync(join(data, 'slos'));
  });
  after(() => store.close());

  it('are none where nothing stands in the data folder, and the folder may be empty', async () => {
    const { slos, thresholds: watched, catalogues } = await loadPromises(context, store);
    assert.deepEqual([slos, watched, catalogues.map(({ periodDays }) => periodDays)], [[], [], [28, 30]]);
  });

  it('watch subjects below theirs whatever their ids', async () => {
    folder.write('data/thresholds.yaml', thresholds('metric: disk_used_ratio'));
    const promises = await loadPromises(context, store);
    await checkPromises(store, promises);
    assert.deepEqual(promises.thresholds[0]?.elsewhere, ['old-town']);
    const [group] = thresholdGroups(promises.thresholds, { at: '2031-01-01T00:00:00Z' });
    assert.match(JSON.stringify(group?.rules), /subject=~\\"hexi\(\/\.\*\)\?\|old-town\\"/);
  });

  it('are refused with their place where they name no subject and no indicator there is', async () => {
    folder.write(
      'data/thresholds.yaml',
      thresholds('indicator: citygauge-operations:events.handling.nowhere', 'nowhere'),
    );
    const error = await rejectionOf(checkPromises(store, await loadPromises(context, store)));
    assert.match(
      error.message,
      /thresholds\.yaml line 3: disks is of subject "nowhere", which does not exist/,
    );
    assert.match(
      error.message,
      /thresholds\.yaml line 3: disks watches citygauge-operations:events\.handling\.nowhere, which is no indicator/,
    );
  });
});
