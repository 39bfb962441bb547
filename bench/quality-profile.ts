import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parseChecks, profileSource } from '../collectors/data-quality.ts';
import { sqlClient } from '../collectors/ports/sql/sql-client.ts';
import { systemClock } from '../collectors/ports/system-clock.ts';
import { median, print, ratio, timed, whole } from './figures.ts';
import { bostonFile, inFolder } from './workspace-folder.ts';

const runs = 3;
const { signal } = new AbortController();
const ports = {
  sql: sqlClient,
  clock: systemClock,
  secret: async () => '',
};

async function profiled(folder: string, place: string) {
  const yaml = `schema: citygauge/checks@1
sources:
  - id: boston
    ${place}
    times: { formats: ['MM/dd/yyyy hh:mm:ss a'], zone: America/New_York }
    checks:
      - volume: { min: 1 }
`;
  const file = parseChecks(yaml, join(folder, 'checks.yaml'));
  const [source] = file.sources;
  if (!source) throw new Error('no source');
  return profileSource({ file, source, ports, signal });
}

/** DuckDB alone, in a session of its own as ours is. */
async function summarized(from: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(`summarize select * from ${from}`);
  connection.closeSync();
  instance.closeSync();
  return rows.currentRowCount;
}

/** Both in turn, so that what else the machine does falls on both. */
async function compared<T>(ours: () => Promise<T>, theirs: () => Promise<unknown>) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push({ ours: await timed(ours), theirs: await timed(theirs) });
  const [first] = all;
  if (!first) throw new Error('no run');
  return {
    result: first.ours.result,
    ourSeconds: median(all.map((each) => each.ours.seconds)),
    theirSeconds: median(all.map((each) => each.theirs.seconds)),
  };
}

await inFolder(async (folder) => {
  const csv = join(folder, 'boston.csv');
  writeFileSync(csv, gunzipSync(readFileSync(bostonFile())));
  const parquet = join(folder, 'boston.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (select * from read_csv('${csv}', all_varchar = true)) to '${parquet}'`);
  connection.closeSync();
  instance.closeSync();
  for (const [title, place, from] of [
    ['csv', 'csv: boston.csv', `read_csv('${csv}', all_varchar = true)`],
    ['parquet', 'parquet: boston.parquet', `read_parquet('${parquet}')`],
  ] as const) {
    const { result, ourSeconds, theirSeconds } = await compared(
      () => profiled(folder, place),
      () => summarized(from),
    );
    const what = `${title}, ${whole(result.rows)} rows of ${result.columns.length} columns`;
    print('profile', `${what}: ours, seconds (${result.scans} scans)`, ourSeconds.toFixed(2));
    print('profile', `${what}: DuckDB SUMMARIZE, seconds`, theirSeconds.toFixed(2));
    print('profile', `${title}: ours beside SUMMARIZE`, ratio(ourSeconds / theirSeconds));
  }
});
