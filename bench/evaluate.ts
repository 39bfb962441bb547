import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { evaluateAndSave } from '../cli/compose/evaluate.ts';
import { shippedModels } from '../cli/compose/models.ts';
import { openStore } from '../store/open-store.ts';
import { importBoston } from './boston.ts';
import { median, print, ratio, timed } from './figures.ts';
import { bostonFile, inFolder } from './workspace-folder.ts';

const rounds = 15;
const bounds = ['2015-01-01T05:00:00Z', '2015-04-01T04:00:00Z', '2016-01-01T05:00:00Z'];

/** The figures of event-loop-2022 for one quarter in one bare statement over the same table. */
const bareSql = `
  select count(*) filter (where ok) as cohort, count(*) filter (where ok and closed <= $3) as closed,
    count(*) filter (where ok and due is not null and (closed <= $3 or due <= $3)) as due,
    count(*) filter (where ok and due is not null and closed <= $3 and closed <= due) as on_time,
    avg(extract(epoch from closed - accepted) / 3600) filter (where ok and closed <= $3) as mean,
    percentile_cont(0.5) within group (order by extract(epoch from closed - accepted) / 3600) filter (where ok and closed <= $3) as median,
    percentile_cont(0.9) within group (order by extract(epoch from closed - accepted) / 3600) filter (where ok and closed <= $3) as p90,
    count(*) filter (where ok and (closed is null or closed > $3)) as open,
    count(*) filter (where ok and (closed is null or closed > $3) and due < $3) as overdue,
    count(*) filter (where ok and channel in ('citizen', 'app')) as citizen,
    count(*) filter (where ok and channel = 'employee') as employee,
    count(*) filter (where ok and channel in ('sensor', 'ai')) as machine, count(*) filter (where not ok) as faulty
  from (select *, fault is null as ok from work_orders
        where accepted >= $1 and accepted < $2 and accepted <= $3 and not coalesce(invalid, false) and duplicate_of is null
          and subject_id in (select id from subjects where id = 'boston' or parent_id = 'boston')) as cohort`;

await inFolder(async (folder) => {
  const file = join(folder, 'boston-311-2015.csv.gz');
  copyFileSync(bostonFile(), file);
  const data = join(folder, 'store');
  let store = await openStore({ dataFolder: data });
  await importBoston(store, file);
  await store.close();

  const db = await PGlite.create(join(data, 'pg'));
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    bare.push((await timed(() => db.query(bareSql, bounds))).seconds);
  await db.close();

  store = await openStore({ dataFolder: data });
  const model = shippedModels().find((each) => each.id === 'event-loop-2022');
  if (!model) throw new Error('event-loop-2022 is not shipped');
  const order = { model, subject: 'boston', period: '2015-Q1', asOf: '2016-01-01' };
  const ours: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push((await timed(() => evaluateAndSave(store, order, '2016-01-02T00:00:00Z'))).seconds);
  }
  await store.close();
  const ms = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`;
  print('evaluate', `bare SQL, one Boston quarter, median of ${rounds}`, ms(median(bare)));
  print('evaluate', `observe, score, save, median of ${rounds}`, ms(median(ours)));
  print('evaluate', 'citygauge beside bare SQL (at most x 2)', ratio(median(ours) / median(bare)));
});
