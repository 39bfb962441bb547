import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { zipOf } from '../../records/reading/xlsx/test-zip.ts';
import { inventoryTable } from '../inventory-table.ts';
import { powerTable } from '../power-table.ts';
import { collectTable, gapsOf, linesOf } from './test-tables.ts';

const power = '机房,月份,总用电量(万千瓦时),IT用电量(MWh)\n一号,2026-10,42,300\n';

describe('every table', () => {
  const folder = scratchFolder();

  it('tells its headers, with the units that they may name', () => {
    assert.match(
      powerTable.description.en,
      / Columns needed: site, period, facility energy \(kwh \| .+\), IT energy \(kwh \| .+\)\.$/,
    );
    assert.match(inventoryTable.description.zh, /。必填列：资源；可选列：类型、所有者、区域、CPU使用率、/);
  });

  it('is read from GB18030 and from a workbook alike', async () => {
    const wanted = linesOf(await collectTable(powerTable, power));
    assert.deepEqual(linesOf(await collectTable(powerTable, iconv.encode(power, 'gb18030'))), wanted);
    const file = join(folder.path, 'power.xlsx');
    const cells = power
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const sheet = cells.map((row, r) =>
      row.map((value, c) => (r > 0 && c > 1 ? { value: Number(value) } : { value })),
    );
    await writeXlsxFile(sheet).toFile(file);
    assert.deepEqual(
      linesOf(await collectTable(powerTable, readFileSync(file), { file: 'power.xlsx' })),
      wanted,
    );
  });

  it('fails as stale when its file is older than allowed', async () => {
    const at = (modifiedAt: string) => collectTable(powerTable, power, { modifiedAt });
    assert.equal((await at('2026-09-30T00:00:00.000Z')).readings.length, 3);
    const fault = await rejectionOf(at('2026-09-29T23:59:59.000Z'));
    assert.equal(fault.message, 'stale: table.csv was last changed 35 days ago where 35 are allowed');
  });

  const refused: readonly (readonly [
    title: string,
    contents: string | Uint8Array,
    file: string,
    message: RegExp,
  ])[] = [
    [
      'without a column it needs',
      'site,month\na,2026-10\n',
      't.csv',
      /^t\.csv: the column "facility energy", "IT energy" is missing; there are site, month$/,
    ],
    [
      'with a column twice',
      '机房,site,month,facility kWh,IT kWh\n',
      't.csv',
      /^t\.csv: the columns "机房", "site" mean the same: keep one of them$/,
    ],
    [
      'with an unknown unit',
      'site,month,facility kWh (joule),IT kWh\n',
      't.csv',
      /unit of column "facility kWh \(joule\)" is not known; known are kwh/,
    ],
    ['that is empty', '', 't.csv', /t\.csv is empty/],
    ['that is no text', Buffer.from([0x61, 0xff, 0xff]), 't.csv', /neither UTF-8 nor GB18030/],
    [
      'that is a ZIP bomb',
      zipOf({ 'xl/workbook.xml': ' '.repeat(20_000_000) }),
      't.xlsx',
      /inflates \d+-fold/,
    ],
  ];
  for (const [title, contents, file, message] of refused) {
    it(`refuses a file ${title}`, async () => {
      const fault = await rejectionOf(collectTable(powerTable, contents, { file }));
      assert.match(fault.message, message);
    });
  }

  it('refuses a table of more rows than allowed', async () => {
    const rows = `site,month,facility kWh,IT kWh\n${'a,2026-10,7,5\n'.repeat(4)}`;
    const fault = await rejectionOf(collectTable(powerTable, rows, { settings: { maxRows: 3 } }));
    assert.equal(fault.message, 'table.csv has more than 3 rows');
  });

  it('tells a hundred faulty rows one by one and counts the rest', async () => {
    const rows = `site,month,facility kWh,IT kWh\n${'a,never,7,5\n'.repeat(107)}`;
    const gaps = gapsOf(await collectTable(powerTable, rows));
    assert.equal(gaps.length, 101);
    assert.equal(gaps.at(-1), '* others failed: table.csv has 7 more faulty rows');
  });
});
