import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openStore } from '../store/open-store.ts';
import { importBoston } from './boston.ts';
import { print, ratio, timed, whole } from './figures.ts';
import { peakMegabytes } from './import-memory-process.ts';
import { plainRows } from './plain-rows.ts';
import { bostonFile, inFolder } from './workspace-folder.ts';

const batchRows = 500;

/** The yardstick: the same rows, already parsed, by plain multi-row INSERT into the same engine and the same columns. */
async function plainInsert(folder: string, rows: readonly (readonly (string | null)[])[]): Promise<number> {
  const db = await PGlite.create(join(folder, 'plain'));
  await db.exec(`create table orders (id text primary key, subject text, type text, channel text, neighbourhood text, accepted timestamptz,
    due timestamptz, closed timestamptz, status text, owner text); create index on orders (subject, accepted)`);
  const { seconds } = await timed(async () => {
    await db.exec('begin');
    for (let start = 0; start < rows.length; start += batchRows) {
      const batch = rows.slice(start, start + batchRows);
      const width = batch[0]?.length ?? 0;
      const places = batch.map(
        (_, r) => `(${Array.from({ length: width }, (_, c) => `$${r * width + c + 1}`).join(',')})`,
      );
      await db.query(`insert into orders values ${places.join(',')}`, batch.flat());
    }
    await db.exec('commit');
  });
  await db.close();
  return rows.length / seconds;
}

await inFolder(async (folder) => {
  const file = join(folder, 'boston-311-2015.csv.gz');
  copyFileSync(bostonFile(), file);
  const rows = await plainRows(file);
  const plain = await plainInsert(folder, rows);
  print('import', 'plain batched INSERT, rows parsed before, rows per second', whole(plain));
  const store = await openStore({ dataFolder: join(folder, 'store') });
  const first = await timed(() => importBoston(store, file));
  const again = await timed(() => importBoston(store, file));
  await store.close();
  const rate = first.result.read / first.seconds;
  print('import', 'citygauge, from .csv.gz to committed, rows per second', whole(rate));
  print('import', 'citygauge beside plain INSERT (at least x 0.33)', ratio(rate / plain));
  print(
    'import',
    `same file again (${again.result.unchanged} unchanged), rows per second`,
    whole(again.result.read / again.seconds),
  );
  const once = peakMegabytes(file, 1);
  const tenfold = peakMegabytes(file, 10);
  print('import', 'peak memory, file once, MB', whole(once));
  print('import', 'peak memory, file ten times with other ids, MB', whole(tenfold));
  print('import', 'ten times beside once (at most x 1.20)', ratio(tenfold / once));
});
