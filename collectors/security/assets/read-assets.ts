import { cellValue } from '../../cloud/table/cell-value.ts';
import { type BoundColumn, bindColumns, needed, optional } from '../../cloud/table/columns.ts';
import { type Asset, CollectorFault, InputError, type Text } from '../../contract.ts';
import { textOf } from '../../records/normalise/cell-values.ts';
import { isProblem } from '../../records/normalise/problem.ts';
import { zoneClock } from '../../records/normalise/zoned-time.ts';
import { readRows } from '../../records/reading/read-rows-file.ts';
import type { Row } from '../../records/reading/row.ts';
import { plainText } from '../reading/plain-text.ts';

const columns = {
  id: needed('text', ['资产编号', 'id', '编号', '资产', 'asset', '资产标识', '主机名', 'hostname']),
  name: optional('text', ['资产名称', 'name', '名称']),
  kind: optional('text', ['资产类型', 'kind', '类型', '类别', 'type']),
  owner: optional('text', [
    '责任部门',
    'owner',
    '责任单位',
    '责任人',
    '归属部门',
    '负责人',
    '所属部门',
    'department',
  ]),
  aliases: optional('text', ['别名', 'aliases', 'alias', '曾用名', '地址', 'IP', 'IP 地址']),
  sendsLogs: optional('flag', ['应报送日志', 'sends logs', 'sendsLogs', '报送日志', '日志接入']),
};

/** Aliases stand in one cell, parted by any of these. */
const aliasMarks = /[;；|、,，\n]/u;

/** An inventory is not a log: a file with more rows is something else. */
const mostAssets = 200_000;

/** More than these are counted, not told one by one. */
const mostFaults = 20;

export interface AssetTable {
  readonly assets: readonly Asset[];
  /** What was taken for granted in reading, and which columns were left alone: a misspelt one leaves every asset unowned. */
  readonly notes: readonly Text[];
}

/** The assets of a table, one per row; InputError that tells every faulty row with its line, when there is one. */
export async function readAssets(
  path: string,
  { name, signal }: { name: string; signal?: AbortSignal },
): Promise<AssetTable> {
  const opened = await readRows(path, { name, signal });
  const assets: Asset[] = [];
  const faults: Text[] = [];
  const unread = new Set<string>();
  for await (const { columns: headers, rows, rejects } of opened.batches) {
    const bound = bind(headers, name);
    const read = new Set([...bound.values()].map(({ index }) => index));
    for (const [index, header] of headers.entries()) if (!read.has(index)) unread.add(header);
    for (const { line, text } of rejects) faults.push(placed(name, line, text));
    for (const row of rows) {
      const asset = assetOf(row, bound);
      if ('zh' in asset) faults.push(placed(name, row.line, asset));
      else assets.push(asset);
    }
    if (assets.length > mostAssets)
      throw new InputError(`${name} holds more than ${mostAssets} assets: split it, or name the right file`);
  }
  if (faults.length > 0) throw refusal(name, faults);
  if (assets.length === 0) throw new InputError(`${name} holds no asset: it has a header and no rows`);
  return { assets, notes: [...opened.notes, ...unreadNote(name, [...unread])] };
}

function unreadNote(name: string, headers: readonly string[]): Text[] {
  if (headers.length === 0) return [];
  return [
    {
      zh: `${name} 中以下列未读取：${headers.join('、')}`,
      en: `${name}: these columns are not read: ${headers.join(', ')}`,
    },
  ];
}

function placed(name: string, line: number, { zh, en }: Text): Text {
  return { zh: `${name} 第 ${line} 行：${zh}`, en: `${name}, line ${line}: ${en}` };
}

function refusal(name: string, faults: readonly Text[]): InputError {
  const more = faults.length - mostFaults;
  const rest =
    more > 0 ? [{ zh: `${name}：另有 ${more} 行有误`, en: `${name}: and ${more} more rows are faulty` }] : [];
  const shown = [...faults.slice(0, mostFaults), ...rest];
  return new InputError(
    shown.map(({ en }) => en),
    { zh: shown.map(({ zh }) => zh).join('\n') },
  );
}

function bind(headers: readonly string[], name: string): ReadonlyMap<string, BoundColumn> {
  try {
    return bindColumns(columns, headers, name);
  } catch (error) {
    if (!(error instanceof CollectorFault)) throw error;
    const { reason, remedy } = error;
    const said = remedy ? { zh: `${reason.zh}：${remedy.zh}`, en: `${reason.en}: ${remedy.en}` } : reason;
    throw new InputError(said.en, { zh: said.zh, cause: error });
  }
}

/** None of the columns is a time. */
const clock = zoneClock('UTC');

function assetOf(row: Row, bound: ReadonlyMap<string, BoundColumn>): Asset | Text {
  const cellOf = (name: string) => row.cells[bound.get(name)?.index ?? -1] ?? null;
  const values: Record<string, unknown> = {};
  for (const [name, column] of bound) {
    if (name === 'aliases') continue;
    const value = cellValue(cellOf(name), column, clock);
    if (isProblem(value)) return value.reason;
    values[name] = value;
  }
  const { id, name, kind, owner, sendsLogs } = values as {
    readonly [Name in 'id' | 'name' | 'kind' | 'owner']?: string | null;
  } & { readonly sendsLogs?: boolean | null };
  const visible = (text: string | null | undefined) => plainText(text ?? '');
  if (visible(id) === '') return { zh: '没有资产编号', en: 'has no id' };
  const aliases = textOf(cellOf('aliases')).split(aliasMarks).map(plainText);
  return {
    ...{
      id: visible(id),
      name: visible(name) || visible(id),
      kind: visible(kind),
      owner: visible(owner) || null,
    },
    ...{ aliases: aliases.filter((alias) => alias !== ''), sendsLogs: sendsLogs ?? false },
  };
}
