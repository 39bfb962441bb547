import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { counts, resultOf, runYaml } from '../run/test-runs.ts';

/** Instant of the runs: 2031-02-03T04:05:06Z. */
const rows = [
  ['a', '1', '10', '2031-01-30', '2031-02-01', 'yes'],
  ['b', ' 2 ', '9', '2031-02-01 10:00:00', '2031-01-30', 'N'],
  ['c', 'x', '9', '2031-02-30', '2031-02-01', 'maybe'],
  ['d', 'x', 'y', '2031-02-03T05:00:00Z', '', '是'],
  ['e', 'n/a', '3', '2030-12-31', '2031-01-31', ''],
  ['', null, '3', null, null, null],
] as const;

describe('plans of checks', () => {
  const folder = scratchFolder();
  before(() => {
    const database = new DatabaseSync(`${folder.path}/city.db`);
    database.exec('create table t (id text, low text, high text, start text, end text, flag text)');
    const insert = database.prepare('insert into t values (?, ?, ?, ?, ?, ?)');
    for (const row of rows) insert.run(...row);
    database.close();
    const text = rows.map((row) => row.map((value) => `${value ?? ''}`).join(','));
    folder.write('t.csv', `id,low,high,start,end,flag\n${text.join('\n')}\n`);
  });

  const run = (place: string, checks: string) =>
    runYaml(folder.path, `\n  - id: t\n    ${place}\n    missing: ['', n/a]\n    checks:\n${checks}`);

  for (const place of ['sqlite: { path: city.db, table: t }', 'csv: t.csv']) {
    const engine = place.split(':')[0];
    const found = async (check: string) =>
      (await run(place, check)).results.slice(1).map((each) => counts(each).slice(1));

    it(`compare columns as what each row holds, and rows of two natures not at all (${engine})`, async () => {
      // Rows a and b hold numbers; c and e a word or nothing beside a number; d words.
      assert.deepEqual(await found('      - columns: low < high\n'), [[3, 0]]);
      assert.deepEqual(await found('      - columns: low > high\n'), [[3, 3]]);
      assert.deepEqual(await found('      - columns: low < high\n        as: text\n'), [[4, 1]]);
      // 30 February is no time, and its row is not compared with a day.
      assert.deepEqual(await found('      - columns: start <= end\n'), [[3, 1]]);
    });

    it(`leave rows that run backwards out of a lag (${engine})`, async () => {
      assert.deepEqual(await found('      - lag: { from: start, to: end }\n        within: 3d\n'), [[2, 1]]);
    });

    it(`call nothing fresh that lies in the future (${engine})`, async () => {
      // An hour ahead: never the newest, and at fault where each row is looked at.
      const newest = await run(place, '      - freshness: start\n        newest: 1d\n');
      assert.equal(resultOf(newest, 'freshness-start').figure?.value, 42 * 3600 + 5 * 60 + 6);
      assert.deepEqual(counts(resultOf(newest, 'freshness-start')), ['measured', 1, 1]);
      assert.deepEqual(await found('      - freshness: start\n        each: 10d\n'), [[4, 2]]);
    });

    it(`hold values against type, range, length, pattern and codes (${engine})`, async () => {
      const checks = `
      - validity: low
        type: integer
      - validity: high
        type: number
        range: { min: 3, max: 9 }
        id: range
      - validity: start
        type: instant
      - validity: end
        type: date
        range: { min: '2031-01-31' }
      - validity: flag
        type: boolean
      - validity: id
        codes: [a, b]
        id: codes
      - validity: id
        pattern: '[a-c]'
        length: { max: 1 }
`;
      assert.deepEqual(await found(checks), [
        [4, 2],
        [6, 2],
        [5, 1],
        [4, 1],
        [4, 1],
        [5, 3],
        [5, 2],
      ]);
    });
  }
});
