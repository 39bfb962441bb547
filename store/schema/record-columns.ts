import { type FieldType, type RecordKind, recordKindSpecs } from '../../collectors/contract.ts';

/** One column of a record table, derived from a field of its kind. */
export interface RecordColumn {
  readonly field: string;
  readonly column: string;
  readonly type: FieldType;
}

/** SQL type of each field type; an `instant` keeps milliseconds, a `list` is a JSON array of texts. */
export const sqlTypes = {
  text: 'text',
  code: 'text',
  instant: 'timestamptz',
  number: 'double precision',
  integer: 'bigint',
  ratio: 'double precision',
  boolean: 'boolean',
  list: 'jsonb',
} as const satisfies Record<FieldType, string>;

/** Columns that every record table has beside its fields. */
export const commonColumns = {
  root_id: 'text',
  id: 'text',
  subject_id: 'text',
  import_id: 'integer',
  line: 'integer',
  fault: 'text',
  content_hash: 'text',
} as const;

/** `ownerUnit` -> `owner_unit`. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function recordColumns(kind: RecordKind): RecordColumn[] {
  return Object.entries(recordKindSpecs[kind].fields).map(([field, { type }]) => ({
    field,
    column: columnOf(field),
    type,
  }));
}

/** The column of a field; throws RangeError for a name that the kind does not have. */
export function requireColumn(kind: RecordKind, field: string): RecordColumn {
  const found = recordColumns(kind).find((column) => column.field === field);
  if (!found) throw new RangeError(`${kind} have no field "${field}"`);
  return found;
}
