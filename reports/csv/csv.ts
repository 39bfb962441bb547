import { stringify } from 'csv-stringify/sync';
import type { ReportBundle } from '../contract.ts';
import { type CellValue, nodeRows, observationRow, type TableRow } from '../tabular/rows.ts';

const byteOrderMark = '\ufeff';

/** A spreadsheet would run a text that begins like this as a formula. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

/** One flat table, a row per node with its observation; begins with a byte order mark so that spreadsheets read UTF-8. */
export function renderCsv(bundle: ReportBundle): Uint8Array {
  const { evaluation, language } = bundle;
  const observations = new Map(evaluation.observations.map((each) => [each.indicator, each]));
  const about = {
    report: bundle.number,
    subject: evaluation.subject.id,
    period: evaluation.period.id,
    model: evaluation.model.id,
    modelVersion: evaluation.model.version,
    isSample: evaluation.subject.isSample ? 'true' : 'false',
  };
  const rows = nodeRows(bundle).map((row): TableRow => {
    const observation = observations.get(String(row.id));
    return { ...about, ...row, ...(observation ? evidenceOf(observationRow(observation, language)) : {}) };
  });
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column] ?? null)))];
  return new TextEncoder().encode(
    byteOrderMark + stringify(lines, { record_delimiter: '\r\n', quoted_match: /[\r\n]/ }),
  );
}

/** The columns that the node does not have already. */
function evidenceOf(row: TableRow): TableRow {
  const { indicator, state, value, unit, provenance, reason, ...evidence } = row;
  return evidence;
}

function cell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return startsFormula.test(value) ? `'${value}` : value;
}
