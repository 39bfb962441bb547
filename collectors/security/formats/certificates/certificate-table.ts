import { cellValue } from '../../../cloud/table/cell-value.ts';
import { type BoundColumn, bindColumns, needed, optional, type RowOf } from '../../../cloud/table/columns.ts';
import { type CertificateSighting, CollectorFault, InputError } from '../../../contract.ts';
import { looseForm } from '../../../records/mapping/did-you-mean.ts';
import { isProblem } from '../../../records/normalise/problem.ts';
import { type ZoneClock, zoneClock } from '../../../records/normalise/zoned-time.ts';
import { readRows } from '../../../records/reading/read-rows-file.ts';
import type { Cell, Row } from '../../../records/reading/row.ts';
import type { ReportSource } from '../../reading/reader.ts';
import type { ReportDraft } from '../../reading/report-draft.ts';
import { EntryFault } from '../../reading/report-fault.ts';
import type { CertificateList } from './certificate-list.ts';

/** Owners are not read: the inventory of assets says whose an asset is. */
const columns = {
  target: optional('text', [
    '域名',
    'target',
    '目标',
    '证书',
    '证书名称',
    'certificate',
    'domain',
    'name',
    '文件',
    'file',
  ]),
  host: optional('text', ['主机', 'host', '资产', 'asset', '服务器', 'server', '主机名', 'hostname']),
  notAfter: needed('instant', [
    '到期时间',
    'not after',
    '有效期至',
    '到期日期',
    '到期日',
    '过期时间',
    '截止日期',
    'expires',
    'expires at',
    'expiry',
    'expiry date',
    'valid until',
    'valid to',
  ]),
};
type TableColumns = typeof columns;

const forms = (names: readonly string[]) => new Set(names.map(looseForm));
const targetForms = forms([...columns.target.names, ...columns.host.names]);
const endForms = forms(columns.notAfter.names);

/** Whether a header line has the columns of a list of certificates. */
export function looksLikeCertificateTable(text: string): boolean {
  const header = (text.split('\n', 1)[0] ?? '').slice(0, 10_000);
  const names = header.split(/[,;\t]/).map((name) => looseForm(name.trim().replace(/^"|"$/g, '')));
  return names.some((name) => endForms.has(name)) && names.some((name) => targetForms.has(name));
}

/** `Jun  1 12:00:00 2027 GMT`, as openssl prints it, in ISO. */
function plainTime(cell: Cell): Cell {
  if (typeof cell !== 'string' || !/^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4} GMT$/.test(cell.trim()))
    return cell;
  const at = Date.parse(cell);
  return Number.isFinite(at) ? new Date(at).toISOString() : cell;
}

type Values = { readonly [Name in keyof TableColumns]: RowOf<TableColumns>[Name] | null };

function valuesOf(row: Row, bound: ReadonlyMap<string, BoundColumn>, clock: ZoneClock): Values {
  const place = `line ${row.line}`;
  const values: Record<string, unknown> = { target: null, host: null, notAfter: null };
  for (const [name, column] of bound) {
    const cell = row.cells[column.index] ?? null;
    const value = cellValue(name === 'notAfter' ? plainTime(cell) : cell, column, clock);
    if (isProblem(value)) throw new EntryFault(place, value.reason);
    values[name] = value;
  }
  return values as Values;
}

/** `portal.example:8443` -> `portal.example`. */
const hostOf = (target: string) => /^([^:\s]+):\d{1,5}$/.exec(target)?.[1] ?? target;

function certificateOf(
  row: Row,
  { target, host, notAfter }: Values,
  asset: string | null,
): CertificateSighting {
  const place = `line ${row.line}`;
  const name = target ?? host;
  if (name === null)
    throw new EntryFault(place, { zh: '没有域名或主机', en: 'names neither target nor host' });
  if (notAfter === null)
    throw new EntryFault(place, { zh: '没有到期时间', en: 'has no time at which it expires' });
  return { target: name, asset: host ?? asset ?? hostOf(name), notAfter: new Date(notAfter).toISOString() };
}

/** Adds the rows of a table. InputError when it cannot be read as a whole or lacks a column. */
export async function addTable(
  bytes: Uint8Array,
  source: ReportSource,
  { list, draft }: { readonly list: CertificateList; readonly draft: ReportDraft },
): Promise<void> {
  const { fileName, asset, timeZone } = source;
  const clock = zoneClock(timeZone);
  // The bytes are unpacked already.
  const opened = await readRows(bytes, { name: fileName.replace(/\.gz$/i, '') });
  for await (const { columns: headers, rows, rejects } of opened.batches) {
    const bound = bind(headers, fileName);
    for (const { line, text } of rejects) draft.skip(`line ${line}`, text);
    for (const row of rows) {
      draft.attempt(() =>
        list.add(certificateOf(row, valuesOf(row, bound, clock), asset), `line ${row.line}`, draft),
      );
    }
  }
}

function bind(headers: readonly string[], fileName: string): ReadonlyMap<string, BoundColumn> {
  try {
    return bindColumns(columns, headers, fileName);
  } catch (error) {
    if (!(error instanceof CollectorFault)) throw error;
    throw new InputError(error.reason.en, { zh: error.reason.zh, cause: error });
  }
}
