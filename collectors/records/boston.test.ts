import assert from 'node:assert/strict';
import { join } from 'node:path';
import { requireSharedData } from '../../test/real-parts.ts';
import { readMappingFile } from './mapping/mapping-file.ts';
import { runImport } from './test-imports.ts';

/** Counts below were taken from the file with Python's csv, datetime and zoneinfo modules. */
describe('the real work orders of Boston', () => {
  it('are read in full by the shipped mapping', async function () {
    const path = requireSharedData(this, 'boston-311-2015/boston-311-2015.csv.gz');
    const { mapping } = await readMappingFile(
      join(import.meta.dirname, '../../samples/mappings/boston-311.yaml'),
    );
    const { records, rejects, subjects, summary } = await runImport({ path, kind: 'work-orders', mapping });
    assert.deepEqual(
      [records.length, rejects.length, summary.read, subjects.length],
      [121_245, 0, 121_245, 16],
    );
    assert.equal(summary.sha256, 'a7681709970fbea0785b391f09d78974a3d2b1b78b57ef5b94a60dc0acae7fa3');
    const count = (is: (record: (typeof records)[number]) => boolean) => records.filter(is).length;
    assert.equal(summary.faulty, 197);
    assert.equal(
      count(({ fault }) => fault !== null),
      197,
    );
    assert.deepEqual(
      ['citizen', 'app', 'employee', null].map((channel) =>
        count(({ fields }) => fields.channel === channel),
      ),
      [62_304 + 12_313 + 61, 18_839, 14_747 + 12_783 + 198, 0],
    );
    assert.equal(
      count(({ fields }) => fields.closed === null),
      19_874,
    );
    assert.equal(
      count(({ fields }) => fields.due === null),
      27_051,
    );
    assert.equal(
      count(({ fields }) => fields.neighbourhood === null),
      10_955,
    );
    assert.equal(
      count(({ subject }) => subject === 'boston/public-works-department'),
      52_001,
    );
    const inQuarter = (from: string, to: string) =>
      count(
        ({ fields: { accepted } }) =>
          accepted !== null && accepted !== undefined && accepted >= from && accepted < to,
      );
    assert.equal(inQuarter('2015-01-01T05:00:00.000Z', '2015-04-01T04:00:00.000Z'), 26_788);
    assert.equal(inQuarter('2015-10-01T04:00:00.000Z', '2016-01-01T05:00:00.000Z'), 27_182);
  });
});
