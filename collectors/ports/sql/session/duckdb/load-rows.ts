import { type DuckDBConnection, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';

/** DuckDB's own size of a chunk. */
const chunkRows = 2048;

export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Appends to a table of the session, made when it is not there yet; all its columns are texts. */
export async function loadRows(
  connection: DuckDBConnection,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  const definitions = columns.map((name) => `${quotedName(name)} varchar`).join(', ');
  await connection.run(`create table if not exists ${quotedName(table)} (${definitions})`);
  const appender = await connection.createAppender(table);
  const types = columns.map(() => VARCHAR);
  for (let from = 0; from < rows.length; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(rows.slice(from, from + chunkRows).map((row) => [...row]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
