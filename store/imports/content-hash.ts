import { hash } from 'node:crypto';
import type { StoredRecord } from '../../collectors/contract.ts';

/**
 * Identity of what a record says: subject, fields that are not null in the order of their names, fault. Not where it
 * was read. A field added to a kind later leaves the hashes of older records as they are.
 */
export function hashContent(record: StoredRecord, sortedFields: readonly string[]): string {
  const said: unknown[] = [record.subject, record.fault];
  for (const field of sortedFields) {
    const value = record.fields[field];
    if (value !== null && value !== undefined) said.push(field, value);
  }
  return hash('sha256', JSON.stringify(said));
}
