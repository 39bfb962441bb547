import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { HostStore } from '../../cli/surroundings.ts';
import { openStore } from '../../store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { runIn } from './run.ts';

const text = `schema: citygauge/thresholds@1
thresholds:
  - id: disk
    title: { zh: 磁盘使用率, en: Disk in use }
    subject: lin
    metric: disk_used_ratio
    unit: ratio
    for: 2m
    grades:
      - { colour: red, above: 0.95, role: city, plan: act }
      - { colour: yellow, above: 0.8, role: street, plan: look }
  - id: silent
    title: { zh: 门户, en: Portal }
    metric: portal_up
    grades:
      - { colour: red, below: 0, role: city, plan: act }
      - { colour: yellow, below: 0.5, role: city, plan: act }
`;

describe('thresholds on the command line', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  // The store is opened once, as a server's is; every command is lent it.
  let hostStore: HostStore;
  const cg = (...argv: string[]) => runIn(folder.path, { hostStore }, ...argv);

  before(async () => {
    folder.write('mine.yaml', text);
    const dataFolder = join(folder.path, 'data');
    hostStore = { dataFolder, store: await openStore({ dataFolder }) };
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    // The clock of these tests stands at 08:00.
    const value = [0.41, 0.97, 0.97, 0.83];
    await hostStore.store.readings.put(
      value.map((each, index) => ({
        metric: 'disk_used_ratio',
        labels: { subject: 'lin', job: 'nodes', disk: 'a' },
        at: `2026-11-20T07:${50 + index * 3}:00.000Z`,
        value: each,
      })),
    );
  });

  after(() => hostStore?.store.close());

  it('are judged as of an instant, with exit code 1 when a warning is raised', async () => {
    const judged = async (...more: string[]) => {
      const { stdout, stderr, exitCode } = await cg(
        '--json',
        'threshold',
        'check',
        '--file',
        'mine.yaml',
        ...more,
      );
      assert.equal(stderr, '');
      const lamps = JSON.parse(stdout).map(
        ({ threshold, states }: { threshold: string; states: { lamp: string; warning: string }[] }) =>
          `${threshold} ${states.map(({ lamp, warning }) => `${lamp} ${warning}`).join()}`,
      );
      return [exitCode, ...lamps];
    };
    assert.deepEqual(await judged(), [1, 'disk yellow yellow', 'silent noData null']);
    assert.deepEqual(await judged('--at', '2026-11-20T07:57:00Z'), [1, 'disk red red', 'silent noData null']);
    assert.deepEqual(await judged('--at', '2026-11-20T15:52'), [0, 'disk green null', 'silent noData null']);
  });

  it('are shown as lamps, worst first, in either language', async () => {
    const { stdout } = await cg('threshold', 'check', '--file', 'mine.yaml');
    const rows = stdout.split('\n').filter((line) => line.startsWith('│'));
    assert.match(rows[1] ?? '', /│ 黄色 +│ 磁盘使用率 +│ lin disk=a +│ 83\.0 % +│/);
    assert.match(rows[2] ?? '', /│ 无数据 +│ 门户 .*没有任何序列有足够新的数据/);
    const english = await cg('--lang', 'en', 'threshold', 'list', '--file', 'mine.yaml');
    assert.match(english.stdout, /│ disk +│ Disk in use +│ disk_used_ratio +│ Red ≥ 0.95, Yellow ≥ 0.8 │/);
  });

  it('have a history, and an unknown one is refused with what was meant', async () => {
    folder.write('data/thresholds.yaml', text);
    const { stdout, exitCode } = await cg('threshold', 'history', 'disk');
    assert.deepEqual([exitCode, stdout.trim()], [0, '没有变化记录：服务启动后，指示灯每次变化都会记下']);
    const unknown = await cg('threshold', 'history', 'dsk');
    assert.deepEqual(
      [unknown.exitCode, unknown.stderr],
      [2, 'citygauge: there is no threshold "dsk": did you mean disk?\n'],
    );
  });

  it('are refused with every fault of the file, and for subjects that do not exist', async () => {
    folder.write('bad.yaml', text.replace('subject: lin', 'subject: lim').replace('unit:', 'units:'));
    const shape = await cg('threshold', 'list', '--file', 'bad.yaml');
    assert.equal(shape.exitCode, 2);
    assert.match(
      shape.stderr,
      /bad.yaml line 7 column 5 thresholds\[0\]\.units: unknown key "units"; did you mean unit\?/,
    );
    folder.write('bad.yaml', text.replace('subject: lin', 'subject: lim'));
    const subject = await cg('threshold', 'list', '--file', 'bad.yaml');
    assert.match(subject.stderr, /line 3: disk is of subject "lim", which does not exist/);
  });
});
