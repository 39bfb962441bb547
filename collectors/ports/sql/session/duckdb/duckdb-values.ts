import { type DuckDBDataChunk, DuckDBTimestampTZValue, type DuckDBValue } from '@duckdb/node-api';
import type { SqlRecord, SqlValue } from '../../../../contract.ts';
import { plainValue, safeNumber } from '../../values.ts';

const digits = /^-?\d+(?:\.\d+)?$/;

/** Decimals as numbers; instants as ISO UTC; days, local times and nested values as DuckDB writes them. */
function plainDuckdb(value: DuckDBValue): SqlValue {
  if (value === null || typeof value !== 'object') return plainValue(value);
  if (value instanceof DuckDBTimestampTZValue) {
    const milliseconds = Number(value.micros / 1000n);
    return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : String(value);
  }
  const text = String(value);
  return value.constructor.name === 'DuckDBDecimalValue' && digits.test(text) ? safeNumber(text) : text;
}

export function plainRecords(chunk: DuckDBDataChunk, names: readonly string[]): SqlRecord[] {
  const columns = chunk.convertColumns((value) => plainDuckdb(value as DuckDBValue));
  return Array.from({ length: chunk.rowCount }, (_, row) =>
    Object.fromEntries(names.map((name, column) => [name, columns[column]?.[row] ?? null])),
  );
}
