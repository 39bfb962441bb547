import { InputError } from '../../../contract.ts';
import { nearest } from '../../mapping/did-you-mean.ts';
import { quoted } from '../row.ts';
import { readXml } from './xml-stream.ts';
import type { ZipArchive } from './zip-file.ts';

/** The parts of a workbook that its first, or the named, sheet needs. */
export interface WorkbookParts {
  readonly sheet: string;
  readonly sheetName: string;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Dates count from 1904 instead of 1900. */
  readonly is1904: boolean;
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

const root = '_rels/.rels';

function resolve(folder: string, target: string): string {
  const parts = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of target.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '' && step !== '.') parts.push(step);
  }
  return parts.join('/');
}

async function relationsOf(zip: ZipArchive, part: string, name: string): Promise<Relation[]> {
  const found: Relation[] = [];
  if (!zip.has(part)) return found;
  const folder = part.replace(/_rels\/[^/]*$/, '');
  const open = (tag: string, attributes: Readonly<Record<string, string>>) => {
    if (tag !== 'Relationship') return;
    found.push({
      id: attributes.Id ?? '',
      type: (attributes.Type ?? '').replace(/^.*\//, ''),
      target: resolve(folder, attributes.Target ?? ''),
    });
  };
  await readXml(zip.stream(part), { open, text: () => {}, close: () => {} }, `${name}: ${part}`);
  return found;
}

interface SheetEntry {
  readonly name: string;
  readonly relation: string;
}

function chooseSheet(sheets: readonly SheetEntry[], wanted: string | undefined, name: string): SheetEntry {
  const sheet = wanted === undefined ? sheets[0] : sheets.find((each) => each.name === wanted);
  if (sheet) return sheet;
  const names = sheets.map((each) => each.name);
  const near = wanted === undefined ? null : nearest(wanted, names);
  throw new InputError(
    `${name} has no sheet ${quoted(wanted ?? '')}${near ? `; did you mean ${quoted(near)}?` : ''}; its sheets are ${names.map(quoted).join(', ')}`,
  );
}

/** Finds the parts by the archive's relations, not by their customary names. */
export async function workbookParts(
  zip: ZipArchive,
  name: string,
  wanted: string | undefined,
): Promise<WorkbookParts> {
  const workbook =
    (await relationsOf(zip, root, name)).find(({ type }) => type === 'officeDocument')?.target ??
    'xl/workbook.xml';
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  const open = (tag: string, attributes: Readonly<Record<string, string>>) => {
    if (tag === 'workbookPr') is1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '');
    if (tag !== 'sheet') return;
    const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
    sheets.push({ name: attributes.name ?? '', relation });
  };
  await readXml(zip.stream(workbook), { open, text: () => {}, close: () => {} }, `${name}: ${workbook}`);
  const sheet = chooseSheet(sheets, wanted, name);
  const relations = await relationsOf(zip, workbook.replace(/([^/]*)$/, '_rels/$1.rels'), name);
  const byType = (type: string) => relations.find((relation) => relation.type === type)?.target ?? null;
  const target = relations.find(({ id }) => id === sheet.relation)?.target;
  if (!target)
    throw new InputError(`${name}: the sheet ${quoted(sheet.name)} has no contents: save it again`);
  return {
    sheet: target,
    sheetName: sheet.name,
    sharedStrings: byType('sharedStrings'),
    styles: byType('styles'),
    is1904,
  };
}
