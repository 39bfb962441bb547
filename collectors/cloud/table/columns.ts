import { CollectorFault, type Text } from '../../contract.ts';
import { looseForm } from '../../records/mapping/did-you-mean.ts';

/** What a cell of the column holds: `count` is never negative, `ratio` lies in 0..1, `instant` is milliseconds. */
export type ColumnKind = 'text' | 'number' | 'count' | 'ratio' | 'instant' | 'month' | 'flag' | 'result';

interface Values {
  readonly text: string;
  readonly number: number;
  readonly count: number;
  readonly ratio: number;
  readonly instant: number;
  /** `2026-10` */
  readonly month: string;
  readonly flag: boolean;
  readonly result: boolean;
}

export interface ColumnSpec<Kind extends ColumnKind = ColumnKind, IsRequired extends boolean = boolean> {
  readonly kind: Kind;
  /** The table must have it and every row must fill it. */
  readonly isRequired: IsRequired;
  /** Headers it is known by, the Chinese and the English one of the documentation first; case, spaces and hyphens aside. */
  readonly names: readonly [zh: string, en: string, ...others: string[]];
  /** Unit in the header's parentheses -> factor; a header without one is of the first unit. */
  readonly units?: Readonly<Record<string, number>>;
}

export type Columns = Readonly<Record<string, ColumnSpec>>;

/** A row's values by the names of its columns; null = the cell is empty or the table lacks the column. */
export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends ColumnSpec<infer Kind, infer IsRequired>
    ? IsRequired extends true
      ? Values[Kind]
      : Values[Kind] | null
    : never;
};

type Names = ColumnSpec['names'];

export function needed<Kind extends ColumnKind>(
  kind: Kind,
  names: Names,
  units?: ColumnSpec['units'],
): ColumnSpec<Kind, true> {
  return { kind, isRequired: true, names, ...(units ? { units } : {}) };
}

export function optional<Kind extends ColumnKind>(
  kind: Kind,
  names: Names,
  units?: ColumnSpec['units'],
): ColumnSpec<Kind, false> {
  return { kind, isRequired: false, names, ...(units ? { units } : {}) };
}

/** The headers of a table in words: what the reference and the pages say of it. */
export function columnsText(columns: Columns): Text {
  const specs = Object.values(columns);
  const units = ({ units: known }: ColumnSpec) => (known ? ` (${Object.keys(known).join(' | ')})` : '');
  const [needs, allows] = [true, false].map((isRequired) =>
    specs.filter((each) => each.isRequired === isRequired),
  );
  const zh = (list: readonly ColumnSpec[] = []) =>
    list.map((each) => `${each.names[0]}${units(each)}`).join('、');
  const en = (list: readonly ColumnSpec[] = []) =>
    list.map((each) => `${each.names[1]}${units(each)}`).join(', ');
  const more = allows && allows.length > 0;
  return {
    zh: `必填列：${zh(needs)}${more ? `；可选列：${zh(allows)}` : ''}。`,
    en: `Columns needed: ${en(needs)}${more ? `; optional: ${en(allows)}` : ''}.`,
  };
}

/** A column of the file that a column of the table was found in. */
export interface BoundColumn {
  readonly spec: ColumnSpec;
  /** In the row's cells. */
  readonly index: number;
  readonly header: string;
  /** What a cell's number is multiplied by. */
  readonly factor: number;
  /** The header says `%`: bare numbers are percentages. */
  readonly isPercent: boolean;
}

interface Header {
  readonly form: string;
  readonly unit: string | null;
}

/** `已用 (GB)` -> form `已用`, unit `gb`. */
function headerOf(text: string): Header {
  const plain = text.normalize('NFKC').trim();
  const match = /^(.*?)\s*[([]\s*([^()[\]]*?)\s*[)\]]$/.exec(plain);
  return match
    ? { form: looseForm(match[1] ?? ''), unit: (match[2] ?? '').toLowerCase() }
    : { form: looseForm(plain), unit: null };
}

function factorOf(spec: ColumnSpec, header: string, unit: string | null, file: string): number {
  if (!spec.units) return 1;
  const units = Object.entries(spec.units);
  const found = unit === null ? units[0] : units.find(([name]) => name.toLowerCase() === unit);
  if (found) return found[1];
  const known = units.map(([name]) => name);
  throw new CollectorFault(
    {
      zh: `${file}：列「${header}」的单位无法识别，可用单位：${known.join('、')}`,
      en: `${file}: the unit of column "${header}" is not known; known are ${known.join(', ')}`,
    },
    { isFinal: true },
  );
}

/** Finds the columns by their headers. CollectorFault when the header lacks one that is needed, or has one twice. */
export function bindColumns(
  columns: Columns,
  headers: readonly string[],
  file: string,
): ReadonlyMap<string, BoundColumn> {
  const read = headers.map(headerOf);
  const bound = new Map<string, BoundColumn>();
  const missing: ColumnSpec[] = [];
  for (const [name, spec] of Object.entries(columns)) {
    const forms = new Set(spec.names.map(looseForm));
    const found = read.flatMap(({ form }, index) => (forms.has(form) ? [index] : []));
    const [index] = found;
    if (found.length > 1)
      throw twice(
        file,
        found.map((each) => headers[each] ?? ''),
      );
    if (index === undefined) {
      if (spec.isRequired) missing.push(spec);
      continue;
    }
    const header = headers[index] ?? '';
    const unit = read[index]?.unit ?? null;
    const factor = factorOf(spec, header, unit, file);
    bound.set(name, { spec, index, header, factor, isPercent: unit === '%' });
  }
  if (missing.length > 0) throw lacking(file, missing, headers);
  return bound;
}

function twice(file: string, headers: readonly string[]): CollectorFault {
  return new CollectorFault(
    {
      zh: `${file}：列「${headers.join('」「')}」含义相同，只能保留一列`,
      en: `${file}: the columns "${headers.join('", "')}" mean the same: keep one of them`,
    },
    { isFinal: true },
  );
}

function lacking(file: string, missing: readonly ColumnSpec[], headers: readonly string[]): CollectorFault {
  const shown = headers.slice(0, 20).join(', ');
  return new CollectorFault(
    {
      zh: `${file}：缺少列「${missing.map(({ names }) => names[0]).join('」「')}」；现有列：${shown}`,
      en: `${file}: the column ${missing.map(({ names }) => `"${names[1]}"`).join(', ')} is missing; there are ${shown}`,
    },
    {
      remedy: {
        zh: '请按说明补齐表头，中英文列名均可',
        en: 'name the columns as the reference says, in Chinese or English',
      },
      isFinal: true,
    },
  );
}
