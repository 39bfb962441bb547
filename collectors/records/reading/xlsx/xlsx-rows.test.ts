import assert from 'node:assert/strict';
import writeXlsxFile from 'write-excel-file/node';
import { rejectionOf, scratchFolder } from '../../../../test/scratch-folder.ts';
import { runImport } from '../../test-imports.ts';
import { readRows } from '../read-rows-file.ts';
import type { Cell } from '../row.ts';
import { dateOfSerial, isDateFormat } from './date-styles.ts';
import { zipOf } from './test-zip.ts';

async function read(path: string, options: { sheet?: string; headerLine?: number } = {}) {
  const file = await readRows(path, { name: 'w.xlsx', ...options });
  let columns: readonly string[] = [];
  const rows: { line: number; cells: readonly Cell[] }[] = [];
  const rejects: string[] = [];
  for await (const batch of file.batches) {
    columns = batch.columns;
    rows.push(...batch.rows);
    rejects.push(...batch.rejects.map(({ line, reason }) => `${line}: ${reason}`));
  }
  return { columns, rows, rejects };
}

const relations = (target: string) =>
  `<Relationships><Relationship Id="rId1" Type="http://x/relationships/${target === 'xl/workbook.xml' ? 'officeDocument' : 'worksheet'}" Target="${target}"/></Relationships>`;

/** A workbook of one sheet, whose XML is given. */
function workbook(sheet: string, extra: Record<string, string> = {}): Record<string, string> {
  return {
    '_rels/.rels': relations('xl/workbook.xml'),
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations('worksheets/s.xml'),
    'xl/worksheets/s.xml': sheet,
    ...extra,
  };
}

describe('the rows of a workbook', () => {
  const folder = scratchFolder();
  const save = (parts: Record<string, string>, name = 'w.xlsx') => folder.write(name, zipOf(parts));

  it('are those that Excel would show: texts, numbers, truth values, dates, gaps', async () => {
    const moment = new Date(Date.UTC(2026, 2, 4, 5, 6, 7));
    const path = `${folder.path}/real.xlsx`;
    await writeXlsxFile([
      ['12345 热线工单'],
      [],
      ['编号', '受理时间', '分', '无效', '备注'],
      ['A-1', { type: Date, value: moment, format: 'yyyy"年"mm"月"dd"日" hh:mm' }, 4.5, true, 'x & <y>\nz'],
      ['A-2', null, 7, false, null],
      [null, null, null, null, null],
      ['A-3'],
    ]).toFile(path);
    const { columns, rows } = await read(path, { headerLine: 3 });
    assert.deepEqual(columns, ['编号', '受理时间', '分', '无效', '备注']);
    assert.deepEqual(rows, [
      { line: 4, cells: ['A-1', moment, 4.5, true, 'x & <y>\nz'] },
      { line: 5, cells: ['A-2', null, 7, false, null] },
      { line: 7, cells: ['A-3', null, null, null, null] },
    ]);
  });

  it('become records whose dates are local times of the zone', async () => {
    const path = `${folder.path}/orders.xlsx`;
    const at = (value: Date) => ({ type: Date, value, format: 'yyyy-mm-dd hh:mm:ss' });
    await writeXlsxFile([
      ['编号', '受理时间', '结案时间'],
      [101000295613, at(new Date(Date.UTC(2015, 2, 8, 2, 30))), '2015-03-09'],
    ]).toFile(path);
    const { records, progress } = await runImport({ path, kind: 'work-orders' });
    assert.deepEqual(
      records.map(({ id, fields, line }) => [id, fields.accepted, fields.closed, line]),
      [['101000295613', '2015-03-08T07:30:00.000Z', '2015-03-09T04:00:00.000Z', 2]],
    );
    assert.equal(progress.at(-1)?.bytesRead, progress.at(-1)?.totalBytes);
  });

  it('are found by the relations and read in every way a cell may be written', async () => {
    const sheet = `<x:worksheet xmlns:x="m"><x:sheetData>
      <x:row><x:c t="inlineStr"><x:is><x:r><x:t>i</x:t></x:r><x:r><x:t>d</x:t></x:r><x:rPh><x:t>ping</x:t></x:rPh></x:is></x:c><x:c t="str"><x:v>a_x0041_</x:v></x:c><x:c r="D1" t="s"><x:v>1</x:v></x:c></x:row>
      <x:row r="7"><x:c r="A7"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="B7" t="e"><x:v>#N/A</x:v></x:c><x:c r="D7" t="d"><x:v>2026-03-04</x:v></x:c></x:row>
      <x:row r="9"><x:c r="A9"/><x:c r="E9"><x:v>5</x:v></x:c></x:row>
    </x:sheetData></x:worksheet>`;
    const rels = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/s.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="../xl/strings.xml"/></Relationships>`;
    const path = save(
      workbook(sheet, {
        'xl/_rels/workbook.xml.rels': rels,
        'xl/strings.xml':
          '<sst><si><t>zero</t></si><si><r><t>结</t></r><r><t>案</t></r><rPh><t>jie</t></rPh></si></sst>',
      }),
    );
    const { columns, rows, rejects } = await read(path);
    assert.deepEqual(columns, ['id', 'aA', '', '结案']);
    assert.deepEqual(rows, [{ line: 7, cells: [2, '#N/A', null, '2026-03-04'] }]);
    assert.deepEqual(rejects, [
      '9: column 5 is filled where the header has 4 columns: name it or clear the cell',
    ]);
  });

  it('are of the sheet named; another name is an error that lists the sheets', async () => {
    const path = `${folder.path}/sheets.xlsx`;
    await writeXlsxFile([
      {
        data: [
          ['a', 'b'],
          [1, 2],
        ],
        sheet: '一月',
      },
      {
        data: [
          ['a', 'b'],
          [3, 4],
        ],
        sheet: '二月',
      },
    ]).toFile(path);
    assert.deepEqual((await read(path, { sheet: '二月' })).rows, [{ line: 2, cells: [3, 4] }]);
    const error = await rejectionOf(read(path, { sheet: '三月' }));
    assert.equal(
      error.message,
      'w.xlsx has no sheet "三月"; did you mean "一月"?; its sheets are "一月", "二月"',
    );
  });

  it('are an error for a ZIP bomb, before anything is inflated', async () => {
    const row = '<row><c><v>1</v></c></row>';
    const path = folder.write(
      'bomb.xlsx',
      zipOf(workbook(`<worksheet>${row.repeat(1_200_000)}</worksheet>`)),
    );
    const error = await rejectionOf(read(path));
    assert.match(
      error.message,
      /^w\.xlsx: its part xl\/worksheets\/s\.xml inflates \d+-fold to 31 MB, as no honest workbook does/,
    );
  });

  it('are an error for a part that is larger than the archive declares', async () => {
    const sheet = `<worksheet><sheetData><row><c><v>1</v></c></row>${'<row><c><v>2</v></c></row>'.repeat(5000)}</sheetData></worksheet>`;
    const path = folder.write(
      'lie.xlsx',
      zipOf(workbook(sheet), { declare: { 'xl/worksheets/s.xml': 900 } }),
    );
    const error = await rejectionOf(read(path));
    assert.match(
      error.message,
      /^w\.xlsx is not a sound ZIP archive \(too many bytes in the stream\. expected 900/,
    );
  });

  it('are an error for a workbook that declares to inflate beyond the limit', async () => {
    const declare = { 'xl/worksheets/s.xml': 600 * 1024 * 1024 };

    const path = folder.write('big.xlsx', zipOf(workbook(`<worksheet/>`), { declare }));
    assert.match((await rejectionOf(read(path))).message, /inflates \d+-fold to 629 MB/);
  });

  it('are an error for one text beyond 1 MB', async () => {
    const cell = Array.from({ length: 40_000 }, (_, i) => (i * 2654435761).toString(36))
      .join('')
      .repeat(4);
    const path = save(
      workbook(`<worksheet><row><c t="str"><v>${cell}</v></c></row></worksheet>`),
      'cell.xlsx',
    );
    assert.match(
      (await rejectionOf(read(path))).message,
      /^w\.xlsx sheet 一 (row 1: the row is|holds a text) larger than 1 MB/,
    );
  });

  it('are an error for entities, external references and broken XML', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>';
    assert.match(
      (await rejectionOf(read(save(workbook(bomb))))).message,
      /declares a document type, which no workbook does/,
    );
    assert.match(
      (await rejectionOf(read(save(workbook('<worksheet><row></worksheet>'))))).message,
      /is not well-formed XML/,
    );
    assert.match(
      (await rejectionOf(read(save(workbook('<worksheet/>'))))).message,
      /^w\.xlsx sheet 一 has no header row: it is empty/,
    );
  });

  it('are an error for an archive that is cut off or is no workbook', async () => {
    const whole = zipOf(workbook('<worksheet/>'));
    const cut = folder.write('cut.xlsx', whole.subarray(0, whole.length - 30));
    assert.match(
      (await rejectionOf(read(cut))).message,
      /^w\.xlsx is not a sound ZIP archive \(End of central directory/,
    );
    assert.equal(
      (await rejectionOf(read(save({ 'a.txt': 'x' })))).message,
      'w.xlsx lacks the part xl/workbook.xml: it is not a workbook, save it again',
    );
  });
});

describe('the dates of a workbook', () => {
  it('count days from 1900 or 1904, with the day that never was', () => {
    assert.equal(dateOfSerial(42064.5, false).toISOString(), '2015-03-01T12:00:00.000Z');
    assert.equal(dateOfSerial(1, false).toISOString(), '1900-01-01T00:00:00.000Z');
    assert.equal(dateOfSerial(61, false).toISOString(), '1900-03-01T00:00:00.000Z');
    assert.equal(dateOfSerial(40602.5, true).toISOString(), '2015-03-01T12:00:00.000Z');
  });

  it('are told by their number format', () => {
    for (const code of ['yyyy-mm-dd', 'm/d/yy h:mm AM/PM', '[$-804]yyyy"年"m"月"d"日"', 'hh:mm:ss']) {
      assert.equal(isDateFormat(code), true, code);
    }
    for (const code of ['General', '0.00', '[h]:mm', '0"days"', '#,##0\\d', '[Red]0.0%', '@']) {
      assert.equal(isDateFormat(code), false, code);
    }
  });
});
