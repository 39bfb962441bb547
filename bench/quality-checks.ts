import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { QualityRun } from '../collectors/contract.ts';
import { parseChecks, runChecks } from '../collectors/data-quality.ts';
import { sqlClient } from '../collectors/ports/sql/sql-client.ts';
import { print, ratio, timed, whole } from './figures.ts';
import { scansOfPostgresql } from './quality-scans.ts';
import { inFolder } from './workspace-folder.ts';

const rows = Number(process.env.BENCH_QUALITY_ROWS ?? 10_000_000);
const signal = new AbortController().signal;

/** Service orders as a city has them; one of 50 to 1000 rows is at fault in each respect. */
const generated = `
  select i as id, 'A' || lpad((i % ${Math.ceil(rows * 0.9)})::varchar, 8, '0') as code,
    timestamp '2025-01-01' + to_seconds(i * 3) as opened,
    case when i % 50 = 0 then null else timestamp '2025-01-01' + to_seconds(i * 3 + (i * 7919) % 900000 - 300) end as closed,
    case when i % 97 = 0 then null else (i * 7919) % 1000 end as amount,
    (i * 31) % 1200 as score,
    case when i % 101 = 0 then 'unknown' else ['open', 'closed', 'void'][1 + i % 3] end as status,
    case when i % 211 = 0 then '' else 'district ' || (i % 37) end as district
  from range(${rows}) as r(i)`;

const checks = `
    timeout: 30m
    checks:
      - completeness: closed
      - completeness: [amount, district]
      - uniqueness: id
      - validity: amount
        type: integer
      - validity: score
        type: number
        range: { min: 0, max: 999 }
      - validity: status
        codes: [open, closed, void]
      - validity: code
        length: { min: 9, max: 9 }
      - validity: code
        id: code-pattern
        pattern: 'A[0-9]{8}'
      - columns: amount <= score
        as: number
      - uniqueness: code
`;

/**
 * The same counts as a person at DuckDB's prompt asks for them, the types those that DuckDB finds. It is laxer: it trims
 * nothing, knows only the empty text as missing, and of CSV it takes each type from the first rows and checks no
 * encoding.
 */
const bare = (from: string) => `
  select count(*) as n,
    count(*) filter (closed is null) as no_closed,
    count(*) filter (amount is null or district is null or district = '') as no_amount,
    count(id) - count(distinct id) as repeated,
    count(*) filter (try_cast(amount as bigint) is null and amount is not null) as not_whole,
    count(*) filter (not score between 0 and 999) as out_of_range,
    count(*) filter (status not in ('open', 'closed', 'void')) as no_code,
    count(*) filter (length(code) <> 9) as length,
    count(*) filter (not regexp_full_match(code, 'A[0-9]{8}')) as pattern,
    count(*) filter (amount > score) as above,
    count(code) - count(distinct code) as repeated_codes
  from ${from}`;

async function inDuckdb(sql: string): Promise<readonly unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  const [row = []] = reader.getRows();
  connection.closeSync();
  instance.closeSync();
  return row.map(Number);
}

function ourChecks(place: string, own: string): Promise<QualityRun> {
  const file = parseChecks(
    `schema: citygauge/checks@1\nsources:\n  - id: orders\n    ${place}${own}`,
    'bench.yaml',
  );
  const [source] = file.sources;
  if (!source) throw new Error('no source');
  const clock = { now: Date.now, monotonic: () => performance.now(), sleep: async () => {} };
  const secret = async (ref: object) => Object.values(ref)[0] as string;
  return runChecks({
    subject: 'bench',
    file,
    source,
    ports: { sql: sqlClient, clock, secret },
    history: async () => [],
    signal,
  });
}

/** With the processor seconds that it took: DuckDB works in this process, and other programs do not count. */
async function measured<T>(work: () => Promise<T>) {
  const before = process.cpuUsage();
  const { seconds, result } = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return { seconds, result, processorSeconds: (user + system) / 1e6 };
}

await inFolder(async (folder) => {
  print('quality', 'bare DuckDB is laxer: no trimming, types of CSV guessed', 'same counts here');
  for (const format of ['parquet', 'csv'] as const) {
    const path = join(folder, `orders.${format}`);
    await inDuckdb(
      `copy (${generated}) to '${path}' (format ${format}${format === 'csv' ? ', header' : ''})`,
    );
    const plain = await measured(() => inDuckdb(bare(`read_${format}('${path}')`)));
    const counted = await measured(() => ourChecks(`${format}: ${path}`, `\n    sampleRows: 0${checks}`));
    const sampled = await measured(() => ourChecks(`${format}: ${path}`, checks));
    const found = counted.result.results.slice(1).map(({ failed }) => failed);
    const wanted = plain.result.slice(1);
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      throw new Error(`the checks count ${found}, DuckDB ${wanted}`);
    }
    const rate = (seconds: number) => whole(rows / seconds);
    const what = `${whole(rows)} rows of ${format}, 10 checks`;
    print('quality', `${what}: bare DuckDB, rows per second`, rate(plain.seconds));
    print('quality', `${what}: citygauge, rows per second`, rate(counted.seconds));
    print('quality', `${what}: beside bare (at most x 1.50)`, ratio(counted.seconds / plain.seconds));
    const beside = (run: { readonly processorSeconds: number }) =>
      ratio(run.processorSeconds / plain.processorSeconds);
    print('quality', `${what}: processor time beside bare`, beside(counted));
    print('quality', `${what}: with offending rows, beside bare`, ratio(sampled.seconds / plain.seconds));
    print('quality', `${what}: with offending rows, processor time beside bare`, beside(sampled));
    print(
      'quality',
      `${what}: scans without and with offending rows`,
      `${counted.result.scans}, ${sampled.result.scans}`,
    );
  }
});
await scansOfPostgresql(ourChecks);
