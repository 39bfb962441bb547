import assert from 'node:assert/strict';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { resultOf, runYaml } from './test-runs.ts';

describe('offending rows of a check of uniqueness', function () {
  this.timeout(30_000);
  const folder = scratchFolder();

  it('repeat a key, whether the scan that counts found them or not', async () => {
    // Even numbers stand twice.
    const numbers = Array.from({ length: 60_000 }, (_, index) => index % 40_000).filter(
      (number, index) => index < 40_000 || number % 2 === 0,
    );
    const rows = numbers.map((number) => `k'${number},${number % 7}`);
    folder.write('many.csv', `code,part\n${rows.join('\n')}\n`);
    folder.write('few.csv', 'code,part\na,1\nb,1\na,1\na,2\n');
    const source = (id: string) => `  - id: ${id}
    csv: ${id}.csv
    sampleRows: 4
    checks:
      - uniqueness: code
      - uniqueness: [code, part]
        id: both
`;
    const many = await runYaml(folder.path, source('many'));
    assert.equal(resultOf(many, 'uniqueness-code').failed, 10_000);
    for (const check of ['uniqueness-code', 'both']) {
      const { sample, sql } = resultOf(many, check);
      assert.equal(sample?.rows.length, 4);
      assert.deepEqual(
        sample.rows.map(([code]) => Number(code?.slice(2)) % 2),
        [0, 0, 0, 0],
      );
      assert.doesNotMatch(sql.join('\n'), /k''/);
    }
    const few = await runYaml(folder.path, source('few'));
    assert.deepEqual(
      resultOf(few, 'uniqueness-code').sample?.rows.map(([code]) => code),
      ['a', 'a', 'a'],
    );
    assert.deepEqual(resultOf(few, 'both').sample?.rows, [
      ['a', '1'],
      ['a', '1'],
    ]);
  });
});
