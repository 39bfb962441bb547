import assert from 'node:assert/strict';
import { collectTable, gapsOf, linesOf } from '../cloud/table/test-tables.ts';
import { updateCycleSeconds } from './catalogue/update-cycle.ts';
import { catalogueTable } from './catalogue-table.ts';

const settings = { timeZone: 'UTC' };
const modifiedAt = '2026-11-03T00:00:00.000Z';
const collect = (...lines: string[]) =>
  collectTable(catalogueTable, lines.join('\n'), { settings, modifiedAt });

describe('the catalogue of data resources', () => {
  it('gives coverage, use, lags of what is shared and the share that is overdue', async () => {
    const got = await collect(
      '资源编号,资源名称,责任部门,已编目,已共享,最近更新时间,更新周期,最近使用时间',
      'a,人口,公安局,是,是,2026-11-03,每日,2026-10-05',
      'b,车辆,,是,是,2026-11-01,1d,2026-10-03 12:00',
      'c,地块,规划局,是,否,2026-09-01,每季度,',
      'd,树木,园林局,否,否,2026-01-01,不定期,',
    );
    assert.deepEqual(linesOf(got), [
      'catalogue_items_covered 3',
      'catalogue_items_expected 4',
      'shared_data_sets_used 1',
      'shared_data_sets 2',
      'dataset_lag_seconds{source="catalogue",dataset="a",department="公安局"} 86400',
      'dataset_lag_seconds{source="catalogue",dataset="b"} 259200',
      `quality_problem_ratio{problem="staleness",source="catalogue"} ${1 / 3}`,
    ]);
    assert.deepEqual(gapsOf(got), []);
  });

  it('is in time to the second of cycle and grace, and used to the last of the thirty days', async () => {
    const got = await collect(
      'id,shared,updated at,update every,last used at',
      'a,yes,2026-11-02T00:00:00Z,1d,2026-10-04T00:00:01Z',
      'b,yes,2026-11-01T23:59:59Z,1d,2026-10-03T23:59:59Z',
      'c,yes,2026-11-01T23:59:59Z,1d,2026-10-04T00:00:00Z',
    );
    assert.deepEqual(linesOf(got).slice(0, 2), ['shared_data_sets_used 1', 'shared_data_sets 3']);
    assert.equal(got.readings.at(-1)?.value, 2 / 3);
  });

  it('says what rows leave empty and counts it neither way', async () => {
    const got = await collect(
      'id,catalogued,shared,updated at,update every,last used at,calls 30 days',
      'a,yes,yes,2026-11-03,,,7',
      'b,,yes,,1d,,',
    );
    assert.deepEqual(linesOf(got), [
      'catalogue_items_covered 1',
      'catalogue_items_expected 1',
      'shared_data_sets_used 1',
      'shared_data_sets 1',
      'dataset_lag_seconds{source="catalogue",dataset="a"} 86400',
    ]);
    assert.deepEqual(gapsOf(got), [
      'catalogue_items_covered b failed: catalogued is not given',
      'shared_data_sets_used b failed: last used at or calls 30 days is not given',
      'dataset_lag_seconds b failed: updated at is not given',
      'quality_problem_ratio a failed: update every is not given',
      'quality_problem_ratio b failed: updated at is not given',
      'quality_problem_ratio staleness/catalogue notApplicable: no data set gives both its update cycle and when it was updated',
    ]);
  });

  it('refuses repeated ids, times to come and cycles that are none', async () => {
    const got = await collect(
      'id,updated at,update every',
      'a,2026-11-03,1d',
      'a,2026-11-02,1d',
      'b,2027-01-01,1d',
      'c,2026-11-03,alle 2 Tage',
    );
    assert.deepEqual(gapsOf(got), [
      '* 3 failed: table.csv line 3: a stands in line 2 already, which is used',
      '* b failed: table.csv line 4: a time lies in the future',
      '* c failed: table.csv line 5: "alle 2 Tage" is no update cycle: write for example 1d, 12h, 每日, 每周, 每月, monthly or irregular',
    ]);
    assert.equal(got.readings.at(-1)?.value, 0);
  });

  it('does not ask for columns that the list does not have', async () => {
    const got = await collect('id,name', 'a,人口');
    assert.deepEqual([got.readings, got.gaps], [[], []]);
  });

  it('refuses a list of other days: every data set would look old', async () => {
    const old = collectTable(catalogueTable, 'id\na\n', { modifiedAt: '2026-11-01T00:00:00.000Z' });
    await assert.rejects(old, /was last changed 3 days ago where 2 are allowed/);
  });

  it('knows cycles as periods or by their names', () => {
    const texts = ['12h', '每月', 'Weekly', '季', '不定期', 'soon'];
    assert.deepEqual(texts.map(updateCycleSeconds), [43_200, 2_678_400, 604_800, 7_948_800, 'none', null]);
  });
});
