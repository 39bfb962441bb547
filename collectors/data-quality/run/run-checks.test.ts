import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { scoreOfRun } from '../../contract.ts';
import { counts, resultOf, runYaml, testClock } from './test-runs.ts';

describe('a run of checks', () => {
  const folder = scratchFolder();

  before(() => {
    const database = new DatabaseSync(`${folder.path}/city.db`);
    database.exec(`create table orders (id text, phone text, due text, area text, size text);
      create table empty (id text, opened text);
      insert into orders values
        ('7', '13800138000', '2031-01-05', 'north', '12'),
        ('8', null, '', 'north', '3.5'),
        ('8', '13900139000', ' - ', 'south', 'twelve'),
        ('9', 'none', '2031-02-01', '电话13700137000', '40'),
        (null, '', null, 'north', ' ')`);
    database.close();
    folder.write('units.csv', 'code,name\nnorth,一\nsouth,二\n');
  });

  const orders = (checks: string, more = '') => `
  - id: orders
    sqlite: { path: city.db, table: orders }
    key: [id]
    missing: ['', '-']
${more}    checks:
${checks}`;

  it('counts rows looked at and failed, by one scan of the table', async () => {
    const run = await runYaml(
      folder.path,
      orders(`
      - completeness: due
        max: 0.7
      - uniqueness: id
      - validity: size
        type: number
        range: { max: 20 }
      - validity: area
        codes: [north, south]
        where: size <> 'twelve'
      - freshness: due
        newest: 1d
`),
    );
    assert.equal(run.rows, 5);
    assert.deepEqual(run.results.map(counts), [
      ['measured', 1, 0],
      ['measured', 5, 3],
      ['measured', 4, 1],
      ['measured', 4, 2],
      ['measured', 4, 1],
      ['measured', 1, 1],
    ]);
    assert.deepEqual(
      run.results.map(({ isMissed }) => isMissed),
      [false, false, true, true, true, true],
    );
    const age = { name: 'age', value: 2 * 86_400 + 4 * 3600 + 5 * 60 + 6, unit: 'seconds' };
    assert.deepEqual(resultOf(run, 'freshness-due').figure, age);
    assert.equal(resultOf(run, 'freshness-due').threshold, 'age <= 1d');
    const joint = new Set(run.results.map(({ sql }) => sql[0]));
    assert.equal(joint.size, 1);
    assert.match([...joint][0] ?? '', /count\(\*\) as n/);
  });

  it('shows offending rows by key, without personal data', async () => {
    const checks = `
      - uniqueness: id
      - completeness: phone
      - validity: area
        codes: [north, south]
      - validity: phone
        length: { min: 9, max: 9 }
`;
    const run = await runYaml(folder.path, orders(checks, '    sampleRows: 2\n'));
    assert.deepEqual(resultOf(run, 'uniqueness-id').sample?.rows, [['8'], ['8']]);
    assert.deepEqual(resultOf(run, 'validity-area').sample, {
      columns: [
        { name: 'id', isMasked: false },
        { name: 'area', isMasked: true },
      ],
      rows: [['9', '电话137******00']],
    });
    assert.deepEqual(resultOf(run, 'validity-phone').sample?.rows, [
      ['7', '138******00'],
      ['8', '139******00'],
    ]);
    assert.ok(!/1[3-9]\d{9}/.test(JSON.stringify(run.results)));
  });

  it('shows statements without what the check file itself says of persons', async () => {
    const checks = `
      - completeness: id
        where: phone <> '13712345600' or area = 'call 13912345600'
      - validity: phone
        codes: ['张三', "O'Neill"]
      - validity: area
        codes: [north, south]
      - completeness: area
        where: id <> 13812345600
`;
    const run = await runYaml(folder.path, orders(checks));
    const sql = run.results.flatMap((result) => result.sql).join('\n');
    assert.ok(!/1[3-9]\d{9}|张三|Neill/.test(sql), sql);
    assert.match(sql, /phone <> '\*\*\*'/);
    assert.match(sql, /'north', 'south'/);
    assert.match(sql, /id <> \*\*\*/);
    assert.deepEqual(
      run.results.filter(({ state }) => state === 'failed'),
      [],
    );
  });

  it('lets a check of a column that does not exist fail alone, and says which there are', async () => {
    const run = await runYaml(
      folder.path,
      orders('      - completeness: dues\n      - completeness: due\n', '    sampleRows: 0\n'),
    );
    const { state, reason, remedy, sql, ratio } = resultOf(run, 'completeness-dues');
    assert.deepEqual([state, ratio, sql], ['failed', null, []]);
    assert.deepEqual(reason, {
      zh: 'orders：没有列 "dues"，是否指 due？；现有列：id, phone, due, area, size',
      en: 'orders: there is no column "dues", did you mean due?; it has id, phone, due, area, size',
    });
    assert.equal(remedy?.zh, '请核对检核文件中的列名与条件');
    assert.deepEqual(counts(resultOf(run, 'completeness-due')), ['measured', 5, 3]);
    assert.equal(run.scans, 1);
  });

  it('reads nothing of a source whose sensitive column is misspelt', async () => {
    const run = await runYaml(folder.path, orders('      - completeness: due\n', '    sensitive: [phon]\n'));
    assert.equal(run.rows, null);
    assert.deepEqual(run.results.map(counts), [
      ['measured', 1, 1],
      ['failed', null, null],
    ]);
    assert.match(run.results[0]?.reason?.zh ?? '', /没有列 "phon"，是否指 phone？/);
  });

  it('lets only the guilty fail of a statement that all share', async () => {
    const checks = `
      - completeness: due
      - completeness: id
        where: nowhere = 1
      - uniqueness: id
`;
    const run = await runYaml(folder.path, orders(checks, '    sampleRows: 0\n'));
    assert.deepEqual(run.results.map(counts), [
      ['measured', 1, 0],
      ['measured', 5, 3],
      ['failed', null, null],
      ['measured', 4, 1],
    ]);
    const { reason, sql } = resultOf(run, 'completeness-id');
    assert.match(reason?.en ?? '', /no such column: nowhere/);
    assert.match(reason?.zh ?? '', /no such column: nowhere/);
    assert.match(sql[0] ?? '', /nowhere = 1/);
    assert.equal(run.scans, 3);
  });

  it('judges nothing by no rows', async () => {
    const run = await runYaml(
      folder.path,
      `
  - id: nothing
    sqlite: { path: city.db, table: empty }
    checks:
      - completeness: id
      - uniqueness: id
      - freshness: opened
        each: 1d
      - volume: { min: 10 }
`,
    );
    assert.equal(run.rows, 0);
    const unread = run.results.filter(({ kind }) => kind !== 'volume');
    assert.equal(scoreOfRun({ results: unread }).score, null);
    assert.deepEqual(run.results.map(counts), [
      ['measured', 1, 0],
      ['notApplicable', null, null],
      ['notApplicable', null, null],
      ['notApplicable', null, null],
      ['measured', 1, 1],
    ]);
    assert.deepEqual(resultOf(run, 'completeness-id').reason, {
      zh: '没有可检核的行',
      en: 'no row to look at',
    });
  });

  for (const [what, place, reason] of [
    ['a file', 'csv: gone.csv', /gone\.csv/],
    ['a database', 'sqlite: { path: gone.db, table: orders }', /gone\.db/],
    ['a table', 'sqlite: { path: city.db, table: gone }', /there is no table gone/],
  ] as const) {
    it(`says of ${what} that is not there that nothing could be checked, and counts no zeros`, async () => {
      const checks = '    checks:\n      - completeness: id\n      - volume: { min: 1 }\n';
      const run = await runYaml(folder.path, `\n  - id: gone\n    ${place}\n${checks}`);
      assert.deepEqual([run.rows, run.scans], [null, 0]);
      assert.deepEqual(run.results.map(counts), [
        ['measured', 1, 1],
        ['failed', null, null],
        ['failed', null, null],
      ]);
      assert.match(run.results[0]?.reason?.en ?? '', reason);
      assert.match(run.results[0]?.reason?.zh ?? '', /[\u4e00-\u9fff]/);
      assert.ok(run.results[1]?.remedy);
      assert.equal(scoreOfRun(run).score, null);
    });
  }

  it('ends with its time, and leaves what it could not do without a figure', async () => {
    let asked = 0;
    const clock = { ...testClock, monotonic: () => (asked++ < 4 ? 0 : 3_600_000) };
    const run = await runYaml(folder.path, orders('      - completeness: due\n', '    timeout: 90s\n'), {
      ports: { clock },
    });
    assert.deepEqual(counts(resultOf(run, 'completeness-due')), ['failed', null, null]);
    assert.deepEqual(resultOf(run, 'completeness-due').reason, {
      zh: '未在数据源的时限 90 秒内完成',
      en: 'not done within 90 s, the timeout of the source',
    });
    assert.equal(run.rows, null);
  });

  it('spoils one check where a source that is compared with cannot be read', async () => {
    const run = await runYaml(
      folder.path,
      `
  - id: units
    csv: units.csv
    checks:
      - completeness: name
      - reference: { columns: [code], source: others, to: [code] }
  - id: others
    csv: gone.csv
`,
    );
    assert.deepEqual(counts(resultOf(run, 'completeness-name')), ['measured', 2, 0]);
    const { state, reason } = resultOf(run, 'reference-code');
    assert.equal(state, 'failed');
    assert.match(reason?.en ?? '', /gone\.csv/);
  });
});
