import type { Context } from 'mocha';
import type { QualityRun } from '../collectors/contract.ts';
import { startPostgresServer } from '../test/postgres-server.ts';
import { print } from './figures.ts';

const checks = `
    sampleRows: SAMPLES
    checks:
      - completeness: due
      - completeness: area
      - uniqueness: id
      - uniqueness: [area, due]
      - validity: id
        type: integer
      - validity: area
        codes: [north, south, west]
      - validity: due
        type: date
      - columns: due >= opened
      - lag: { from: opened, to: due }
        within: 9d
      - freshness: opened
        newest: 3d
`;

const table = `create table orders as
  select i::text as id, case when i % 40 = 0 then null else (date '2025-01-01' + i % 300)::text end as due,
    (date '2025-01-01' + i % 290)::text as opened, case when i % 3 = 0 then 'north' when i % 3 = 1 then 'south' else 'east' end as area
  from generate_series(1, 200000) as i`;

/** How often PostgreSQL itself says that the table was read for one check file. */
export async function scansOfPostgresql(
  run: (place: string, checks: string) => Promise<QualityRun>,
): Promise<void> {
  const skip = () => {
    console.log('skipped: PostgreSQL is not installed');
    process.exit(0);
  };
  const server = await startPostgresServer({ skip } as unknown as Context);
  const url = await server.createDatabase('city');
  await server.run('city', table);
  const scans = async () => {
    await server.run('city', 'select pg_stat_force_next_flush()');
    const [row] = await server.run(
      'city',
      "select seq_scan from pg_stat_user_tables where relname = 'orders'",
    );
    return Number(row?.seq_scan);
  };
  for (const samples of [0, 5]) {
    const before = await scans();
    const { results, scans: told } = await run(
      `postgresql: { url: { env: '${url}' }, table: orders }`,
      checks.replace('SAMPLES', String(samples)),
    );
    const measured = results.filter(({ state }) => state === 'measured').length - 1;
    const what = `PostgreSQL, ${measured} checks, ${samples} offending rows of each`;
    print('quality', `${what}: scans by pg_stat`, String((await scans()) - before));
    print('quality', `${what}: scans from end to end as told`, String(told));
  }
  await server.stop();
}
