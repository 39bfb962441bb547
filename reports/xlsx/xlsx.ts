import writeXlsx, { type Cell, type Sheet } from 'write-excel-file/node';
import type { Model } from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';
import type { Block } from '../document/blocks.ts';
import { buildDocument } from '../document/document.ts';
import { type WordingKey, wordingIn } from '../document/wording.ts';
import {
  type CellValue,
  comparisonRows,
  nodeRows,
  observationRow,
  stageRows,
  type TableRow,
  trendRows,
} from '../tabular/rows.ts';
import { withFixedDates } from './zip-dates.ts';

type Row = Cell[];

const header = { fontWeight: 'bold', backgroundColor: '#e3eaf1', wrap: true } as const;

/** A workbook of five sheets, and one more for stages; figures are number cells in full precision, texts are never formulas. */
export async function renderXlsx(bundle: ReportBundle, models: readonly Model[]): Promise<Uint8Array> {
  const { evaluation, language } = bundle;
  const words = wordingIn(language);
  const observations = evaluation.observations.map((each) => observationRow(each, language));
  const sheet = (key: WordingKey, rows: readonly TableRow[], none: WordingKey): Sheet<Buffer> => ({
    sheet: words(key),
    data: rows.length ? tableOf(rows) : [[text(words(none))]],
    columns: Object.keys(rows[0] ?? { note: '' }).map((name) => ({ width: widthOf(name) })),
    stickyRowsCount: rows.length ? 1 : 0,
  });
  const sheets = [
    {
      sheet: words('sheet.summary'),
      data: summaryOf(bundle, models),
      columns: [{ width: 30 }, { width: 90 }],
    },
    sheet('sheet.nodes', nodeRows(bundle), 'sheet.none'),
    sheet('sheet.observations', observations, 'sheet.none'),
    sheet('sheet.comparisons', comparisonRows(evaluation, language), 'sheet.noComparisons'),
    sheet('sheet.trend', trendRows(bundle), 'sheet.none'),
    ...(evaluation.stage ? [sheet('stage.title', stageRows(bundle), 'sheet.none')] : []),
  ];
  return withFixedDates(new Uint8Array(await writeXlsx(sheets).toBuffer()));
}

function tableOf(rows: readonly TableRow[]): Row[] {
  const columns = Object.keys(rows[0] ?? {});
  return [
    columns.map((name) => ({ value: name, type: String, ...header })),
    ...rows.map((row) => columns.map((name) => cellOf(name, row[name] ?? null))),
  ];
}

/** The cover and the summary chapter in words. */
function summaryOf(bundle: ReportBundle, models: readonly Model[]): Row[] {
  const { blocks, sampleMark } = buildDocument(bundle, models);
  const cover = blocks.find((block) => block.kind === 'cover');
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.id === 'summary');
  const to = blocks.findIndex(
    (block, index) => index > from && block.kind === 'heading' && block.level === 1,
  );
  const pairs = cover ? [cover.grade, ...cover.facts] : [];
  return [
    [
      {
        value: `${cover?.title ?? ''} ${cover?.subject ?? ''} ${cover?.period ?? ''}`,
        type: String,
        fontWeight: 'bold',
      },
    ],
    ...(sampleMark ? [[text(sampleMark), text(cover?.sampleNote ?? '')]] : []),
    ...pairs.map(({ label, value }) => [text(label), text(value)]),
    ...blocks
      .slice(from + 1, to)
      .flatMap(sentencesOf)
      .map((sentence) => [null, text(sentence)]),
  ];
}

function sentencesOf(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return [block.text];
  return block.kind === 'list' ? block.items : [];
}

function text(value: string): Cell {
  return { value, type: String, wrap: true, alignVertical: 'top' };
}

function cellOf(name: string, value: CellValue): Cell {
  if (value === null) return null;
  if (typeof value === 'string') return { value, type: String, alignVertical: 'top' };
  const format = isRatio(name) ? '0.0%' : Number.isInteger(value) ? '0' : '0.0##';
  return { value, type: Number, format };
}

function isRatio(name: string): boolean {
  return (
    name === 'coverage' || name === 'sampleCoverage' || name === 'tolerance' || name === 'relativeDifference'
  );
}

function widthOf(name: string): number {
  if (/reason|calculation|query|files|sha256/.test(name)) return 44;
  return /title|evidence|asOf|start|end/.test(name) ? 26 : 13;
}
