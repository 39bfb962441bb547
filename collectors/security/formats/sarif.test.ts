import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { readReport } from '../test-reports.ts';
import { sarifSample } from './test-samples.ts';

const [run] = sarifSample.runs;
const withRun = (changes: object) => ({ ...sarifSample, runs: [{ ...run, ...changes }] });

describe('reading SARIF', () => {
  it('reads results with their rules, of the tool and of its extensions', async () => {
    const report = await readReport(sarifSample);
    const asset = 'git.hexi.example/city/portal';
    assert.deepEqual(
      { ...report, skipped: report.skipped.examples.map(({ place, reason }) => `${place} ${reason.en}`) },
      {
        format: 'sarif',
        scanner: 'tidelint',
        scannerVersion: '5.1.0',
        producedAt: '2031-03-04T03:00:00.000Z',
        assets: [{ id: asset, kind: 'repository' }],
        findings: [
          {
            ...{ rule: 'T100', asset, title: 'A query is put together from what was typed' },
            ...{ severity: 'high', cvss: 8.8, places: ['src/query.ts', 'src/query.ts:12'] },
            url: 'https://tidelint.example/T100',
          },
          {
            ...{ rule: 'T200/inner', asset, title: 'UnusedGate', severity: 'low', cvss: null, url: null },
            places: ['src/gate.ts:3'],
          },
          { rule: 'X1', asset, title: 'Old cipher', severity: 'medium', cvss: null, url: null, places: [] },
        ],
        ...{ baselines: [], alarms: [], logs: [], certificates: [] },
        skipped: [
          'runs[0].results[5] is suppressed in the tool',
          'runs[0].results[6] is gone since the base line (absent)',
        ],
      },
    );
  });

  it('grades by the score, the level of the result, of the run, of the rule, and else as a warning', async () => {
    const rules = [{ id: 'A', defaultConfiguration: { level: 'note' } }, { id: 'B' }];
    const invocations = [
      { ruleConfigurationOverrides: [{ descriptor: { id: 'O' }, configuration: { level: 'error' } }] },
    ];
    const results = [
      { ruleId: 'A', level: 'error' },
      { ruleId: 'B' },
      { ruleId: 'C', level: 'none' },
      { ruleId: 'D', level: 'error', properties: { 'security-severity': '9.4' } },
      { ruleId: 'E', kind: 'review', level: 'error' },
      { ruleId: 'F', level: 'loud' },
      { ruleId: 'O' },
      { ruleId: 'S', suppressions: [{ status: 'underReview' }] },
    ];
    const { findings } = await readReport(
      withRun({ tool: { driver: { name: 'T', rules } }, invocations, results }),
    );
    assert.deepEqual(
      findings.map(({ rule, severity }) => `${rule} ${severity}`),
      ['A high', 'B medium', 'C info', 'D critical', 'E info', 'F medium', 'O high', 'S medium'],
    );
  });

  it('takes a run that failed or was not finished as no full look', async () => {
    const assetsOf = async (changes: object) => (await readReport(withRun(changes))).assets;
    assert.deepEqual(await assetsOf({ invocations: [{ executionSuccessful: false }] }), []);
    assert.deepEqual(await assetsOf({ results: null }), []);
    const elsewhere = await readReport(
      withRun({ externalPropertyFileReferences: { results: [{ location: { uri: 'r.json' } }] } }),
    );
    assert.deepEqual([elsewhere.assets, elsewhere.findings.length], [[], 3]);
    assert.deepEqual(await assetsOf({ results: [] }), [
      { id: 'git.hexi.example/city/portal', kind: 'repository' },
    ]);
  });

  it('names the asset by the user, the repository or the analysis, and asks where none is', async () => {
    const { versionControlProvenance: _, ...nameless } = run ?? {};
    const runs = [{ ...nameless, automationDetails: { id: 'lint/main/2031-03-04' } }];
    assert.deepEqual((await readReport({ ...sarifSample, runs })).assets, [{ id: 'lint/main', kind: null }]);
    assert.deepEqual((await readReport(sarifSample, { asset: 'portal' })).assets, [
      { id: 'portal', kind: 'repository' },
    ]);
    const error = await rejectionOf(readReport({ ...sarifSample, runs: [nameless] }));
    assert.match(
      error.message,
      /^report runs\[0\]: does not say what was scanned .*: name it with --asset, or as asset in the settings of the job$/,
    );
  });

  it('reads several runs of one tool and refuses those of several', async () => {
    const second = { ...run, automationDetails: { id: 'b/' }, versionControlProvenance: [] };
    const { assets } = await readReport({ ...sarifSample, runs: [run, second] });
    assert.deepEqual(
      assets.map(({ id }) => id),
      ['b', 'git.hexi.example/city/portal'],
    );
    const other = { ...run, tool: { driver: { name: 'Other' } } };
    const error = await rejectionOf(readReport({ ...sarifSample, runs: [run, other] }));
    assert.match(error.message, /^report runs: holds runs of several tools \("TideLint", "Other"\)/);
  });

  it('refuses another version', async () => {
    const error = await rejectionOf(readReport({ ...sarifSample, version: '2.0.0' }, { format: 'sarif' }));
    assert.equal(
      error.message,
      'report version: is "2.0.0" where SARIF 2.1.0 is needed: let the tool write that',
    );
  });
});

describe('reading what Biome writes', function () {
  this.timeout(20_000);
  const folder = scratchFolder();

  it('reads its findings with rule, line and help', async () => {
    folder.write('gate.js', 'let open = 1;\nif (open == 2) {\n  debugger;\n}\n');
    folder.write('biome.json', '{}');
    const biome = `${import.meta.dirname}/../../../node_modules/.bin/biome`;
    let written = '';
    try {
      written = execFileSync(biome, ['lint', '--reporter=sarif', '.'], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      // It found something.
      written = (error as { stdout: string }).stdout;
    }
    const { scanner, findings, assets } = await readReport(written, { asset: 'gate' });
    assert.deepEqual([scanner, assets], ['biome', [{ id: 'gate', kind: null }]]);
    const found = findings.map(({ rule, severity, places, url }) => ({ rule, severity, places, url }));
    assert.deepEqual(
      found.find(({ rule }) => rule === 'lint/suspicious/noDebugger'),
      {
        rule: 'lint/suspicious/noDebugger',
        severity: 'high',
        places: [`${folder.path}/gate.js:3`],
        url: 'https://biomejs.dev/linter/rules/no-debugger',
      },
    );
    assert.ok(found.some(({ rule }) => rule === 'lint/suspicious/noDoubleEquals'));
  });
});
