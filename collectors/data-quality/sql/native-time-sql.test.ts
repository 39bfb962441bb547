import assert from 'node:assert/strict';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { type OpenTable, openTable, testBounds } from '../../../test/sql-tables.ts';
import { type DataEngine, dataEngines } from '../../contract.ts';
import { dialectOf } from './dialects.ts';

/** Times in New York, with the hours that summer time skips and repeats, and their seconds read as local times. */
const times: readonly (readonly [string, number | null])[] = [
  ['0999-12-31 23:59:59', null],
  ['1000-01-01 00:00:00', -30_610_206_000],
  ['1969-12-31 23:59:58.5', 17_998.5],
  ['1999-02-28 12:00:00.25', 920_221_200.25],
  ['2015-03-08 01:59:59.999999', 1_425_797_999.999_999],
  ['2015-03-08 02:30:00', 1_425_799_800],
  ['2015-03-08 03:00:00', 1_425_798_000],
  ['2015-11-01 01:30:00.123456', 1_446_355_800.123_456],
  ['2015-11-01 02:00:00', 1_446_361_200],
  ['2016-02-29 00:00:00', 1_456_722_000],
  ['2300-07-01 08:00:00.000001', 10_429_477_200.000_002],
  ['9999-12-31 23:59:59.999999', 253_402_318_800],
];
const beyond = ['infinity', '-infinity', '10000-01-01 00:00:00'];

const types: Readonly<Record<DataEngine, readonly (readonly [cast: string, catalogue: string])[]>> = {
  duckdb: [
    ['timestamp', 'TIMESTAMP'],
    ['timestamptz', 'TIMESTAMP WITH TIME ZONE'],
    ['date', 'DATE'],
  ],
  postgresql: [
    ['timestamp', 'timestamp without time zone'],
    ['timestamp(3)', 'timestamp(3) without time zone'],
    ['timestamptz', 'timestamp with time zone'],
    ['date', 'date'],
  ],
  mysql: [
    ['datetime(6)', 'datetime(6)'],
    ['datetime', 'timestamp'],
    ['date', 'date'],
  ],
  sqlite: [],
};
const zones = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Apia'];

describe('a native time', () => {
  const folder = scratchFolder();
  for (const engine of dataEngines) {
    describe(`of ${engine}`, function () {
      this.timeout(60_000);
      let table: OpenTable;
      const texts = [...times.map(([text]) => text), ...(engine === 'mysql' ? ['0000-00-00'] : beyond), null];
      before(async function () {
        const rows = texts.map((text, index) => [String(index), text]);
        table = await openTable(this, engine, {
          table: { name: 'times', columns: ['id', 'moment'], rows },
          folder: folder.path,
        });
      });
      after(() => table?.close());

      const read = async (cast: string, catalogue: string, zone: string) => {
        const dialect = dialectOf(engine, table.session.server);
        const native = dialect.nativeEpochSeconds('c', catalogue, zone);
        assert.notEqual(native, null);
        return table.session.query(
          `select ${dialect.epochSeconds('c', ['iso'], zone)} as of_text, ${native} as of_time from (select id, cast(moment as ${cast}) as c from times) as t order by ${dialect.number('id')}`,
          testBounds(),
        );
      };

      for (const [cast, catalogue] of types[engine]) {
        for (const zone of zones)
          it(`is the same number as its text: ${catalogue} in ${zone}`, async () => {
            const rows = await read(cast, catalogue, zone);
            assert.deepEqual(
              rows.map(({ of_time: time }, index) => [texts[index], time]),
              rows.map(({ of_text: text }, index) => [texts[index], text]),
            );
            assert.equal(rows.filter(({ of_time: time }) => time !== null).length >= 10, true);
          });
      }

      it('is read at the zone where it is local', async () => {
        const [type] = types[engine];
        if (!type) return;
        const rows = await read(...type, 'America/New_York');
        assert.deepEqual(
          rows.map(({ of_time: time }) => time),
          texts.map((text) => times.find(([each]) => each === text)?.[1] ?? null),
        );
      });

      it('is none of a type that keeps no time, nor of one whose parts are finer', () => {
        const { nativeEpochSeconds } = dialectOf(engine);
        const others = ['text', 'daterange', 'time', 'TIMESTAMP_NS', 'timestamp[]', 'year', ''];
        assert.deepEqual(
          others.map((type) => nativeEpochSeconds('c', type)),
          others.map(() => null),
        );
      });
    });
  }
});
