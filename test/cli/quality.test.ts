import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CheckKind, QualityRun } from '../../collectors/contract.ts';
import { parseChecks } from '../../collectors/data-quality.ts';
import { openStore } from '../../store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { run, runIn } from './run.ts';

const samples = join(import.meta.dirname, '../../samples/checks/city.yaml');
const at = '2026-11-20T08:00:00.000Z';

const orders = 'id,due\nA1,2026-11-03\nA2,\nA3,2026-11-05\nA4,2026-11-06\n';
const checks = `schema: citygauge/checks@1
sources:
  - id: orders
    department: 城管局
    csv: orders.csv
    checks:
      - { completeness: due, max: 0.25 }
      - { volume: { history: 5, tolerance: 0.5 } }
  - id: streets
    csv: streets.csv
    checks: [{ uniqueness: code }]
`;

const jobs = `schema: citygauge/telemetry@1
jobs:
  - id: quality-checks
    collector: quality-checks
    subject: other
    every: 1d
    settings: { file: checks.yaml, sources: [streets] }
`;

interface Checked {
  readonly subject: string | null;
  readonly isKept: boolean;
  readonly runs: readonly (QualityRun & { readonly score: { readonly score: number | null } })[];
  readonly departments: readonly { readonly department: string | null; readonly score: number | null }[];
}

type Expected = readonly [
  check: string,
  checked: number | null,
  failed: number | null,
  isMissed: boolean | null,
];

/** What was put into the tables of the example, as found at the tests' time. */
const expected: Readonly<Record<string, readonly Expected[]>> = {
  events: [
    ['access', 1, 0, false],
    ['has-due', 40, 2, true],
    ['uniqueness-id', 40, 1, true],
    ['validity-type', 40, 1, true],
    ['validity-opened', 40, 0, false],
    ['format-phone', 40, 1, true],
    ['format-division', 40, 1, true],
    ['format-lon-lat', 40, 1, true],
    ['columns-closed-opened', 34, 1, true],
    ['reference-unit', 40, 1, true],
    ['agreement-id-status', 30, 2, true],
    ['freshness-opened', 1, 0, false],
    ['lag-opened-closed', 33, 1, true],
    ['volume', 1, 0, false],
    ['drift-street', 40, 1, false],
    ['schema', 5, 0, false],
  ],
  units: [
    ['access', 1, 0, false],
    ['completeness-code-name-credit_code', 8, 0, false],
    ['uniqueness-code', 8, 0, false],
    ['format-credit_code', 8, 1, true],
    ['similarity-name', 8, 1, true],
  ],
  hotline: [
    ['access', 1, 0, false],
    ['completeness-event_id-state', 29, 0, false],
    ['validity-state', 29, 0, false],
    ['volume', null, null, null],
  ],
  residents: [
    ['access', 1, 0, false],
    ['completeness-id_no', 24, 1, true],
    ['format-id_no', 23, 1, true],
    ['validity-address', 24, 0, false],
    ['freshness-updated', 24, 2, false],
  ],
};

describe('quality on the command line', function () {
  this.timeout(60_000);
  // One data folder for all: making an embedded store is most of the work.
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);
  const check = ['quality', 'check', '--checks', 'checks.yaml'];
  const checked = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await cg('--json', ...check, ...argv);
    return { exitCode, stderr, ...(JSON.parse(stdout) as Checked) };
  };

  before(() => {
    folder.write('orders.csv', orders);
    folder.write('streets.csv', 'code,name\n1,江岸路\n2,滨河路\n2,滨河路\n');
    folder.write('checks.yaml', checks);
  });

  it('checks without a subject and says that nothing was kept', async () => {
    const { exitCode, stdout } = await cg(...check, '--source', 'orders');
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /│ orders +│ completeness-due │ 少 +│ 完整性 +│ 4 +│ 1 +│ 25\.0 % +│ +│ ≤ 25\u00a0% +│ 合格/,
    );
    assert.match(stdout, /orders \/ volume 不适用：尚无可比的历史记录/);
    assert.match(stdout, /未存入证据库：没有唯一的顶级评估对象，请用 --subject 指定\n$/);
    assert.match((await cg('quality', 'list')).stdout, /还没有检核结果/);
  });

  it('keeps results and readings under the only root, and exits with 1 for a missed threshold', async () => {
    const added = await cg('subject', 'add', 'lin', '--name', '临江市');
    assert.equal(added.exitCode, 0, added.stderr);
    const dry = await checked('--dry-run');
    assert.deepEqual([dry.exitCode, dry.subject, dry.isKept], [1, 'lin', false]);
    assert.deepEqual(JSON.parse((await cg('--json', 'quality', 'list')).stdout).runs, []);
    const kept = await checked();
    assert.deepEqual([kept.exitCode, kept.subject, kept.isKept], [1, 'lin', true]);
    assert.deepEqual(
      kept.runs.map(({ source, score }) => [source.id, score.score]),
      [
        ['orders', 87.5],
        ['streets', 100 * (1 - 1 / 3 / 2)],
      ],
    );
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    const readings = await store.readings.list('citygauge_quality_problem_ratio', at, '2026-11-21T00:00:00Z');
    await store.close();
    const own = { job: 'quality-checks', subject: 'lin' };
    assert.deepEqual(
      readings.map(({ labels, value }) => [labels, value]),
      [
        [{ ...own, problem: 'duplication', source: 'streets' }, 1 / 3],
        [{ ...own, department: '城管局', problem: 'missing', source: 'orders' }, 0.25],
      ],
    );
  });

  it('compares with the runs that were kept, and lists the newest of each source', async () => {
    const later = (...argv: string[]) =>
      runIn(folder.path, { now: () => '2026-11-21T08:00:00.000Z' }, '--json', ...argv);
    const again = JSON.parse((await later(...check, '--source', 'orders')).stdout) as Checked;
    const volume = again.runs[0]?.results.find(({ kind }) => kind === 'volume');
    assert.deepEqual([volume?.state, volume?.isMissed, volume?.figure?.value], ['measured', false, 4]);
    const listed = JSON.parse((await cg('--json', 'quality', 'list')).stdout) as Checked;
    assert.deepEqual(
      listed.runs.map(({ source, startedAt }) => [source.id, startedAt]),
      [
        ['orders', '2026-11-21T08:00:00.000Z'],
        ['streets', at],
      ],
    );
    const text = (await cg('quality', 'list', '--subject', 'lin')).stdout;
    assert.match(text, /│ streets +│ 未指定责任部门 +│ 3 +│ 83\.3 .*│ 2026-11-20 16:00 \+08:00 │/);
    assert.match(text, /│ 1 +│ 城管局 .*\n.*│ — +│ 未指定责任部门 /);
  });

  it('wants the subject named where there are several roots', async () => {
    await cg('subject', 'add', 'other', '--name', '别市');
    assert.equal((await checked('--source', 'orders')).isKept, false);
    const named = await checked('--source', 'orders', '--subject', 'other');
    assert.deepEqual([named.subject, named.isKept], ['other', true]);
    const unknown = await cg(...check, '--subject', 'nowhere');
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.stderr, /subject "nowhere" does not exist/);
  });

  it('works in the store of the process that serves the data folder', async () => {
    const dataFolder = join(folder.path, 'data');
    const store = await openStore({ dataFolder });
    const answer = await runIn(folder.path, { hostStore: { dataFolder, store } }, 'quality', 'list');
    await store.close();
    assert.match(answer.stdout, /│ orders +│ 城管局/);
  });

  it('lists what a job of the telemetry settings has checked, too', async () => {
    folder.write('jobs.yaml', jobs);
    const collected = await cg('--json', 'collect', '--telemetry', 'jobs.yaml');
    const [outcome] = JSON.parse(collected.stdout);
    assert.deepEqual([outcome.state, outcome.gaps.length, outcome.brokenSinks], ['succeeded', 0, []]);
    const listed = JSON.parse(
      (await cg('--json', 'quality', 'list', '--subject', 'other')).stdout,
    ) as Checked;
    const [newest] = listed.runs.filter(({ source }) => source.id === 'streets');
    assert.deepEqual([newest?.subject, newest?.rows, newest?.results.length], ['other', 3, 2]);
  });

  it('exits with 2 for what it cannot use, saying what to write instead', async () => {
    const absent = await cg('quality', 'check');
    assert.equal(absent.exitCode, 2);
    assert.match(absent.stderr, /data\/checks\.yaml cannot be read \(ENOENT\)/);
    const typo = await cg(...check, '--source', 'order');
    assert.equal(typo.exitCode, 2);
    assert.match(typo.stderr, /checks\.yaml has no source "order": did you mean orders\?/);
    folder.write('bad.yaml', checks.replace('completeness: due', 'completness: due'));
    const bad = await cg('quality', 'check', '--checks', 'bad.yaml');
    assert.equal(bad.exitCode, 2);
    assert.match(
      bad.stderr,
      /bad\.yaml line 7 column 9 sources\[0\]\.checks\[0\]: .*did you mean completeness\?/,
    );
  });

  describe('profile', () => {
    const profile = (...argv: string[]) => run(folder.path, 'quality', 'profile', ...argv);

    before(() => {
      const database = new DatabaseSync(join(folder.path, 'city.sqlite'));
      database.exec(
        "create table streets (code integer, name text); insert into streets values (7, '江岸路')",
      );
      database.close();
    });

    it('proposes a check file that the checks can run', async () => {
      const { stdout, exitCode, stderr } = await profile('orders.csv');
      assert.equal(exitCode, 0, stderr);
      folder.write('proposed.yaml', stdout);
      const [source] = parseChecks(stdout, 'stdout').sources;
      assert.deepEqual(
        [source?.id, source?.place, source?.key],
        ['orders', { driver: 'duckdb', format: 'csv', path: 'orders.csv' }, ['id']],
      );
      const checked = await run(folder.path, 'quality', 'check', '--checks', 'proposed.yaml', '--dry-run');
      assert.equal(checked.exitCode, 0, checked.stdout);
    });

    it('writes a file whose paths are seen from its own folder, and never over another unasked', async () => {
      mkdirSync(join(folder.path, 'rules'));
      const out = join(folder.path, 'rules', 'streets.yaml');
      const { stdout, stderr } = await profile('city.sqlite', '--out', 'rules/streets.yaml');
      assert.equal(stdout, `已写入 ${out}：请核对后修改\n`, stderr);
      const [source] = parseChecks(readFileSync(out, 'utf8'), out).sources;
      assert.deepEqual(source?.place, {
        driver: 'sqlite',
        path: '../city.sqlite',
        from: { table: 'streets' },
      });
      const again = await profile('orders.csv', '--out', 'rules/streets.yaml');
      assert.deepEqual([again.exitCode, again.stdout], [2, '']);
      assert.match(
        again.stderr,
        /streets\.yaml is there already: name another file, or replace it with --force/,
      );
      const turned = await profile('city', '--checks', 'rules/streets.yaml', '--out', 'city.yaml');
      assert.deepEqual([turned.exitCode, turned.stderr], [0, '']);
      const [moved] = parseChecks(readFileSync(join(folder.path, 'city.yaml'), 'utf8'), 'city.yaml').sources;
      assert.deepEqual(moved?.place, { driver: 'sqlite', path: 'city.sqlite', from: { table: 'streets' } });
      assert.equal((await profile('orders.csv', '--out', 'rules/streets.yaml', '--force')).exitCode, 0);
    });

    it('exits with 2 for what it cannot profile, saying what to write', async () => {
      const cases: readonly (readonly [string[], RegExp])[] = [
        [[], /name what is profiled: a file, or --driver with --url-env and --table/],
        [['orders.docx'], /"orders\.docx" is no file that can be profiled: name one that ends in \.csv/],
        [['none.csv'], /none\.csv/],
        [['--driver', 'oracle'], /--driver "oracle" is unknown: write postgresql, or mysql/],
        [['--driver', 'mysql', '--table', 't'], /--driver needs --url-env NAME/],
        [['--driver', 'mysql', '--table', 't', '--url-env', 'NO_SUCH'], /NO_SUCH/],
        [['x', '--checks', 'city.yaml'], /city\.yaml has no source "x": it has city/],
      ];
      for (const [argv, sentence] of cases) {
        const { exitCode, stderr } = await profile(...argv);
        assert.match(stderr, sentence);
        assert.equal(exitCode, 2, stderr);
      }
    });
  });

  describe('with the example of a check file', () => {
    it('has a check of every kind and finds the faults that were put into its tables', async () => {
      const { stdout, stderr, exitCode } = await run(
        folder.path,
        ...['--json', 'quality', 'check', '--checks', samples, '--dry-run'],
      );
      assert.equal(exitCode, 1, stderr);
      const { runs } = JSON.parse(stdout) as Checked;
      const kinds = new Set(runs.flatMap(({ results }) => results.map(({ kind }): CheckKind => kind)));
      assert.equal(kinds.size, 14);
      const found = Object.fromEntries(
        runs.map(({ source, results }) => [
          source.id,
          results.map(({ check, checked, failed, isMissed }) => [check, checked, failed, isMissed]),
        ]),
      );
      assert.deepEqual(found, expected);
      // Ids, names, telephone numbers and addresses of the tables, none of which may be seen.
      assert.doesNotMatch(stdout, /33000019000101\d{3}[\dX]|示例[甲居]|13000\d{6}|示例路/);
    });
  });
});
