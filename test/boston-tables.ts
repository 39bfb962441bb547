import { chmodSync, createReadStream } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createGunzip } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { createConnection } from 'mysql2';
import type { MariadbServer } from './mariadb-server.ts';
import type { PostgresServer } from './postgres-server.ts';

const columns = [
  'CASE_ENQUIRY_ID',
  'OPEN_DT',
  'TARGET_DT',
  'CLOSED_DT',
  'OnTime_Status',
  'CASE_STATUS',
  'CASE_TITLE',
  'SUBJECT',
  'REASON',
  'TYPE',
  'QUEUE',
  'Department',
  'neighborhood',
  'Source',
] as const;

/** `boston.parquet`, `boston.db` and tables `boston`: every text as it stands in the CSV file. */
export async function bostonTables({
  csv,
  folder,
  postgres,
  mariadb,
}: {
  readonly csv: string;
  readonly folder: string;
  readonly postgres: PostgresServer;
  readonly mariadb: MariadbServer;
}): Promise<void> {
  // PostgreSQL runs as a user of its own, who must be able to read the copy.
  chmodSync(folder, 0o755);
  chmodSync(csv, 0o644);
  await postgres.run('city', `create table boston (${columns.map((name) => `"${name}" text`).join(', ')})`);
  await postgres.run('city', `copy boston from program 'zcat ${csv}' with (format csv, header, null '\\N')`);
  await loadMariadb(csv, mariadb);
  const rows = await writeParquet(csv, join(folder, 'boston.parquet'));
  writeSqlite(join(folder, 'boston.db'), rows);
}

async function writeParquet(csv: string, parquet: string): Promise<readonly (string | null)[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `read_csv('${csv}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', nullstr = '\\N')`;
  await connection.run(`copy (select * from ${from}) to '${parquet}' (format parquet)`);
  const reader = await connection.runAndReadAll(`select * from read_parquet('${parquet}')`);
  const rows = reader.getRows() as (string | null)[][];
  connection.closeSync();
  instance.closeSync();
  return rows;
}

function writeSqlite(path: string, rows: readonly (readonly (string | null)[])[]): void {
  const database = new DatabaseSync(path);
  database.exec(`create table boston (${columns.map((name) => `"${name}" text`).join(', ')})`);
  const insert = database.prepare(`insert into boston values (${columns.map(() => '?').join(', ')})`);
  database.exec('begin');
  for (const row of rows) insert.run(...row);
  database.exec('commit');
  database.close();
}

/** The server reads the file from this program: its user may not read files of the machine. */
async function loadMariadb(csv: string, mariadb: MariadbServer): Promise<void> {
  await mariadb.run(
    `create table boston (${columns.map((name) => `\`${name}\` varchar(200)`).join(', ')}) character set utf8mb4`,
  );
  const sql = `load data local infile 'boston.csv' into table boston character set utf8mb4 fields terminated by ',' optionally enclosed by '"' escaped by '' lines terminated by '\\r\\n' ignore 1 lines`;
  const connection = createConnection(mariadb.urlOf());
  await new Promise<void>((resolve, reject) => {
    const infileStreamFactory = () => createReadStream(csv).pipe(createGunzip());
    connection.query({ sql, infileStreamFactory }, (error) => (error ? reject(error) : resolve()));
  });
  connection.destroy();
}
