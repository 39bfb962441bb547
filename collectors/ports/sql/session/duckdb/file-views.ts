import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadyFile } from './data-file.ts';
import { quotedName } from './load-rows.ts';

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

const textColumns = (names: readonly string[]) =>
  `columns = {${names.map((name) => `${text(name)}: 'VARCHAR'`).join(', ')}}`;

/**
 * Every column of CSV is a text as it is written, so that a check sees that; of JSON the text of the value, a number
 * without zeros at its end. An empty cell of a CSV file is NULL,
 * a quoted one ("") too. DuckDB guesses nothing: its sniffer takes a ragged line for the header.
 */
export async function createView(connection: DuckDBConnection, ready: ReadyFile): Promise<void> {
  const from = await sourceOf(connection, ready);
  await connection.run(`create view ${quotedName(ready.file.name)} as select * from ${from}`);
}

async function sourceOf(connection: DuckDBConnection, ready: ReadyFile): Promise<string> {
  const { file, path, columns } = ready;
  if (file.format === 'parquet') return `read_parquet(${text(path)})`;
  if (file.format === 'csv') {
    const form = `auto_detect = false, header = true, strict_mode = true, delim = ${text(file.delimiter ?? ',')}, quote = '"', escape = '"', nullstr = ''`;
    return `read_csv(${text(path)}, ${form}, compression = 'none', ${textColumns(columns)})`;
  }
  const form = `format = ${ready.isJsonArray ? "'array'" : "'newline_delimited'"}, records = true, compression = 'uncompressed'`;
  const described = await connection.runAndReadAll(
    `describe select * from read_json(${text(path)}, ${form}, sample_size = -1)`,
  );
  const names = described.getRows().map(([name]) => String(name));
  return `read_json(${text(path)}, ${form}, ${textColumns(names)})`;
}
