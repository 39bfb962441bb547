import { type ImportKind, InputError } from '../../contract.ts';
import { quoted } from '../reading/row.ts';
import { nearest } from './did-you-mean.ts';
import { fieldsOf, hasOwnId } from './import-fields.ts';
import type { FieldRule, Mapping } from './mapping.ts';
import { requiredFields } from './required-fields.ts';

export type ColumnRule = Extract<FieldRule, { column: string }>;

export function ruleOf(field: string | FieldRule): FieldRule {
  return typeof field === 'string' ? { column: field } : field;
}

export function idColumnOf(mapping: Mapping): string | null {
  if (mapping.id === undefined) return null;
  return typeof mapping.id === 'string' ? mapping.id : mapping.id.column;
}

/** Every column the mapping names, with the path that names it. */
function namedColumns(mapping: Mapping): { column: string; path: string }[] {
  const id = idColumnOf(mapping);
  const fields = Object.entries(mapping.fields).flatMap(([name, field]) => {
    const rule = ruleOf(field);
    return 'column' in rule ? [{ column: rule.column, path: `fields.${name}` }] : [];
  });
  return [
    ...(id === null ? [] : [{ column: id, path: 'id' }]),
    ...(mapping.subject ? [{ column: mapping.subject.column, path: 'subject' }] : []),
    ...fields,
  ];
}

function columnsText(columns: readonly string[]): string {
  return columns.length > 0
    ? `its columns are ${columns.map(quoted).join(', ')}`
    : 'its records have no keys';
}

/** InputError, all faults together, when the file lacks or repeats a column that the mapping names. */
export function checkColumns(mapping: Mapping, columns: readonly string[], name: string): void {
  const faults = namedColumns(mapping).flatMap(({ column, path }) => {
    const count = columns.filter((other) => other === column).length;
    if (count === 1) return [];
    if (count > 1)
      return [`${name} has ${count} columns named ${quoted(column)} (${path}): rename all but one`];
    const near = nearest(column, columns);
    return [
      `${name} has no column ${quoted(column)} (${path})${near ? `; did you mean ${quoted(near)}?` : ''}; ${columnsText(columns)}`,
    ];
  });
  if (faults.length > 0) throw new InputError(faults);
}

/** InputError when a file without mapping lacks the columns that its kind cannot do without. */
export function checkDefault(mapping: Mapping, columns: readonly string[], name: string): void {
  const missing = requiredFields(mapping.kind).filter((field) => !Object.hasOwn(mapping.fields, field));
  if (hasOwnId(mapping.kind) && mapping.id === undefined) missing.unshift('id');
  if (missing.length === 0) return;
  const faults = missing.map((field) => missingField(field, mapping.kind, columns, name));
  throw new InputError(faults);
}

function missingField(field: string, kind: ImportKind, columns: readonly string[], name: string): string {
  const title = field === 'id' ? '编号' : fieldsOf(kind)[field]?.title.zh;
  const near = nearest(field, columns);
  return `${name} has no column for ${quoted(field)} (${title}) of ${kind}${near ? `; did you mean ${quoted(near)}?` : ''}; name it so or give a mapping; ${columnsText(columns)}`;
}
