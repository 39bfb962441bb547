import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type ScannedFinding, type ScanReport, severities } from '../collectors/contract.ts';
import { openStore } from '../store/open-store.ts';
import { print, ratio, timed, whole } from './figures.ts';
import { inFolder } from './workspace-folder.ts';

const findings = 200_000;
const assets = 1000;
const batchRows = 500;

/** One scanner over all assets, each of them with as many findings, as a large city's monthly scan has them. */
function reportOf(day: number): ScanReport {
  const assetOf = (index: number) => `registry.city.example/department-${index % 40}/service-${index}:2031`;
  return {
    ...{ format: 'trivy', scanner: 'trivy', scannerVersion: '0.60.1' },
    producedAt: new Date(Date.UTC(2031, 4, day)).toISOString(),
    assets: Array.from({ length: assets }, (_, index) => ({ id: assetOf(index), kind: 'image' })),
    findings: Array.from({ length: findings }, (_, index): ScannedFinding => {
      const number = Math.floor(index / assets);
      return {
        rule: `CVE-2031-${10_000 + number}`,
        asset: assetOf(index % assets),
        title: `package-${number % 60}: a fault in parsing lets a remote attacker end the service (${number})`,
        severity: severities[number % severities.length] ?? 'info',
        cvss: (number % 100) / 10,
        places: [`package-${number % 60} 1.${number % 9}.3`],
        url: `https://vulnerabilities.example/CVE-2031-${10_000 + number}`,
      };
    }),
    ...{ baselines: [], alarms: [], logs: [], certificates: [] },
    skipped: { count: 0, examples: [] },
  };
}

/** The yardstick: the same rows by plain multi-row upsert into one table of the same engine, twice. */
async function plainUpsert(folder: string, rows: readonly ScannedFinding[]): Promise<number[]> {
  const db = await PGlite.create(join(folder, 'plain'));
  await db.exec(`create table findings (asset text, rule text, title text, severity text, cvss float8, places jsonb,
    url text, first_seen timestamptz, last_seen timestamptz, primary key (asset, rule))`);
  const seconds: number[] = [];
  for (const at of ['2031-05-01', '2031-05-02']) {
    const upsert = await timed(() =>
      db.transaction(async (tx) => {
        for (let start = 0; start < rows.length; start += batchRows) {
          const values = rows
            .slice(start, start + batchRows)
            .map((row) => [
              row.asset,
              row.rule,
              row.title,
              row.severity,
              row.cvss,
              JSON.stringify(row.places),
              row.url,
              at,
            ]);
          const places = values.map((each, r) => {
            const place = (c: number) => `$${r * each.length + c + 1}`;
            return `(${each.map((_, c) => place(c)).join(',')},${place(7)})`;
          });
          await tx.query(
            `insert into findings values ${places.join(',')} on conflict (asset, rule) do update set title = excluded.title,
              severity = excluded.severity, cvss = excluded.cvss, places = excluded.places, url = excluded.url,
              last_seen = excluded.last_seen`,
            values.flat(),
          );
        }
      }),
    );
    seconds.push(upsert.seconds);
  }
  await db.close();
  return seconds;
}

await inFolder(async (folder) => {
  const store = await openStore({ dataFolder: join(folder, 'store') });
  const name = { zh: '基准市', en: 'Bench' };
  await store.subjects.put([
    { id: 'bench', name, kind: 'city', parent: null, timeZone: 'Asia/Shanghai', isSample: false },
  ]);
  const importDay = async (day: number) => {
    const order = {
      subject: 'bench',
      fileName: `${day}.json`,
      sha256: `${day}`,
      importedAt: '2031-05-28T00:00:00.000Z',
    };
    const report = reportOf(day);
    const before = process.memoryUsage.rss();
    const done = await timed(() => store.security.importScan({ ...order, report }));
    return { ...done, grown: process.memoryUsage.rss() - before };
  };
  const first = await importDay(1);
  print('findings', `first import of ${first.result.new}, seconds`, first.seconds.toFixed(1));
  print('findings', 'first import, rows written to the tables of findings', whole(first.result.writes));
  const again = await importDay(2);
  print('findings', `again, all ${again.result.unchanged} unchanged, seconds`, again.seconds.toFixed(1));
  print('findings', 'again, rows written to the tables of findings (at most 0)', whole(again.result.writes));
  print('findings', 'again, resident memory grown by, MB', whole(again.grown / 2 ** 20));
  const request = { subjects: ['bench'], at: '2031-05-20T00:00:00.000Z' };
  const looks = {
    figures: () => store.security.figures(request),
    exposure: () => store.security.exposure({ ...request, limit: 20 }),
    'first page': () => store.security.findings({ ...request, state: 'open', offset: 0, limit: 50 }),
    'trend of 26 instants': () =>
      store.security.trend(
        request.subjects,
        Array.from({ length: 26 }, (_, day) => new Date(Date.UTC(2031, 4, day + 1)).toISOString()),
      ),
  };
  for (const [title, look] of Object.entries(looks)) {
    const { seconds } = await timed<unknown>(look);
    print('findings', `${title}, seconds`, seconds.toFixed(2));
  }
  print(
    'findings',
    'peak resident memory up to here, report and engine included, MB',
    whole(process.resourceUsage().maxRSS / 1024),
  );
  await store.close();
  const [plainFirst = 0, plainAgain = 0] = await plainUpsert(folder, reportOf(1).findings);
  print('findings', 'plain batched upsert of the same rows, seconds', plainFirst.toFixed(1));
  print('findings', 'plain batched upsert again, seconds', plainAgain.toFixed(1));
  print('findings', 'first import beside plain upsert', ratio(first.seconds / plainFirst));
  print('findings', 'again beside plain upsert', ratio(again.seconds / plainAgain));
});
