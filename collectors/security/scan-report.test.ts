import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault, type CollectorRun, type CollectorYield } from '../contract.ts';
import { createPorts } from '../ports.ts';
import { nmapSample, sarifSample, trivySample } from './formats/test-samples.ts';
import type { ReportMemory } from './scan/report-files.ts';
import { scanReport } from './scan-report.ts';

const day = 86_400_000;
const noon = Date.parse('2031-03-05T12:00:00Z');

describe('scan-report', () => {
  const folder = scratchFolder();
  const at = (name: string) => `${folder.path}/${name}`;
  const changed = (name: string, contents: string, when = noon - 3600_000) => {
    writeFileSync(at(name), contents);
    utimesSync(at(name), when / 1000, when / 1000);
  };

  /** One job: what it yields at each of its runs. */
  async function job(settings: object) {
    const real = createPorts({ settingsFolder: folder.path, environment: {} });
    const state = (await scanReport.start?.(scanReport.settings.parse(settings), real)) as ReportMemory;
    return (now = noon): Promise<CollectorYield> =>
      scanReport.collect({
        ...{ job: 'scans', subject: 'hexi', settings: scanReport.settings.parse(settings), state },
        ports: { ...real, clock: { ...real.clock, now: () => now } },
        startedAt: new Date(now).toISOString(),
        signal: new AbortController().signal,
      } satisfies CollectorRun<ReturnType<typeof scanReport.settings.parse>, ReportMemory>);
  }
  const scanned = ({ scans = [] }: CollectorYield) =>
    scans.map(({ fileName, report }) => `${fileName} ${report.format} ${report.findings.length}`);
  const told = ({ gaps = [] }: CollectorYield) =>
    gaps.map(({ labels, reason }) => `${labels.source}: ${reason.en}`);

  it('reads each report once per content, the oldest first', async () => {
    mkdirSync(at('scans'));
    changed('scans/b.json', JSON.stringify(trivySample), noon - 2 * day);
    changed('scans/a.xml', nmapSample, noon - day);
    changed('scans/.hidden.xml', nmapSample);
    changed('scans/notes.txt', 'nothing');
    const run = await job({ folder: 'scans', pattern: '?.*' });
    const first = await run();
    assert.deepEqual(scanned(first), ['scans/b.json trivy 4', 'scans/a.xml nmap 5']);
    assert.deepEqual(
      first.targets?.map(({ target, isUp, detail }) => [target, isUp, detail.en]),
      [
        ['scans/b.json', true, 'new report of trivy: 4 findings'],
        ['scans/a.xml', true, 'new report of nmap: 5 findings, 1 skipped'],
      ],
    );
    changed('scans/c.json', JSON.stringify(trivySample));
    const second = await run();
    assert.deepEqual([scanned(second), told(second)], [[], []]);
    assert.equal(second.targets?.[0]?.detail.en, 'nothing new of trivy: 4 findings');
    changed('scans/c.json', JSON.stringify({ ...trivySample, Results: [] }), noon);
    assert.deepEqual(scanned(await run()), ['scans/c.json trivy 0']);
    assert.equal(scanned(await run(noon + day)).length, 3);
  });

  it('tells the fault of one file and reads the others', async () => {
    changed('good.sarif', JSON.stringify(sarifSample));
    changed('cut.json', JSON.stringify(trivySample).slice(0, 500));
    const run = await job({ files: ['good.sarif', 'cut.json', 'gone.xml'] });
    for (const expected of [['good.sarif sarif 3'], []]) {
      const seen = await run();
      assert.deepEqual(scanned(seen), expected);
      assert.deepEqual(told(seen).toSorted(), [
        'cut.json: cut.json line 1: ends in the middle of a value: the file is truncated, export or fetch it again',
        `gone.xml: ${at('gone.xml')}: there is no such file: check the path, which is seen from the folder of the settings file`,
      ]);
    }
    changed('cut.json', JSON.stringify(trivySample), noon);
    assert.deepEqual(scanned(await run()), ['cut.json trivy 4']);
  });

  it('fails when no report can be read, and says what each lacks', async () => {
    changed('empty.json', '');
    const error = await rejectionOf((await job({ files: ['empty.json'] }))());
    assert.ok(error instanceof CollectorFault);
    assert.deepEqual(
      [error.reason.zh, error.brought?.targets?.[0]?.isUp],
      ['empty.json：文件为空：请重新导出该报告', false],
    );
  });

  it('says when the newest report of a folder is too old, and when there is none', async () => {
    mkdirSync(at('old'));
    changed('old/a.xml', nmapSample, noon - 90 * day);
    const run = await job({ folder: 'old', maxAge: '7d' });
    // The scan ended on 4 March at 02:00.
    assert.deepEqual(told(await run()), []);
    assert.deepEqual(told(await run(noon + 6 * day)), ['old: the newest report is 7.4 days old']);
    mkdirSync(at('none'));
    assert.deepEqual(told(await (await job({ folder: 'none' }))()), [
      'none: the folder holds no report of this pattern',
    ]);
  });

  it('leaves the newest of a whole archive to the next run, and says so', async () => {
    mkdirSync(at('archive'));
    for (let i = 0; i < 53; i += 1)
      changed(
        `archive/${i}.json`,
        JSON.stringify({ ...trivySample, ArtifactName: `quay-${i}` }),
        noon - (60 - i) * day,
      );
    const run = await job({ folder: 'archive', maxAge: '10d' });
    const first = await run();
    assert.deepEqual([first.scans?.length, first.scans?.[0]?.fileName], [50, 'archive/0.json']);
    assert.deepEqual(told(first), ['undefined: 3 reports wait for the next run']);
    const second = await run();
    assert.deepEqual(
      [second.scans?.map(({ fileName }) => fileName), told(second)],
      [['archive/50.json', 'archive/51.json', 'archive/52.json'], []],
    );
  });

  it('reads as the settings say what the report is about', async () => {
    changed(
      'plain.sarif',
      JSON.stringify({ ...sarifSample, runs: [{ tool: { driver: { name: 'L' } }, results: [] }] }),
    );
    const nameless = await rejectionOf((await job({ files: ['plain.sarif'] }))());
    assert.match(nameless.message, /name it with --asset, or as asset in the settings of the job$/);
    const { scans } = await (await job({ files: ['plain.sarif'], asset: 'portal', format: 'sarif' }))();
    assert.deepEqual(scans?.[0]?.report.assets, [{ id: 'portal', kind: null }]);
  });

  it('needs files or a folder', () => {
    assert.throws(() => scanReport.settings.parse({}), /needs files or a folder/);
  });
});
