import {
  type FieldValue,
  type RecordKind,
  recordKindSpecs,
  type StoredRecord,
} from '../../collectors/contract.ts';

/** A record before it has its line in the sample's file. */
export type SampleRecord = Omit<StoredRecord, 'line'>;

/** Every field of the kind, those not given unknown. */
export function fieldsOf(
  kind: RecordKind,
  given: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>> {
  const empty = Object.fromEntries(Object.keys(recordKindSpecs[kind].fields).map((name) => [name, null]));
  return { ...empty, ...given };
}

/** Numbers the records as lines of a file below its header. */
export function withLines(records: readonly SampleRecord[]): readonly StoredRecord[] {
  return records.map((record, index) => ({ ...record, line: index + 2 }));
}

/** `GD202603-00017`: prefix, month, running number. */
export function serialId(prefix: string, month: string, serial: number, width: number): string {
  return `${prefix}${month.replace('-', '')}-${String(serial).padStart(width, '0')}`;
}
