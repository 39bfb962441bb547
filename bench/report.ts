import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateAndSave } from '../cli/compose/evaluate.ts';
import { shippedModels } from '../cli/compose/models.ts';
import { bundleOf } from '../cli/compose/report.ts';
import { renderReport } from '../reports/render.ts';
import { scoringEngine } from '../scoring/engine.ts';
import { openStore } from '../store/open-store.ts';
import { importBoston } from './boston.ts';
import { median, print, ratio, timed } from './figures.ts';
import { bostonFile, inFolder } from './workspace-folder.ts';

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

await inFolder(async (folder) => {
  const file = join(folder, 'boston-311-2015.csv.gz');
  copyFileSync(bostonFile(), file);
  const store = await openStore({ dataFolder: join(folder, 'store') });
  await importBoston(store, file);
  const model = shippedModels().find((each) => each.id === 'event-loop-2022');
  if (!model) throw new Error('event-loop-2022 is not shipped');
  const order = { model, subject: 'boston', asOf: '2016-01-01' };
  for (const period of ['2015-Q1', '2015-Q2', '2015-Q3']) {
    await evaluateAndSave(store, { ...order, period }, '2016-01-02T00:00:00Z');
  }
  const evaluation = await evaluateAndSave(store, { ...order, period: '2015-Q4' }, '2016-01-02T00:00:00Z');
  const bundle = await bundleOf(evaluation, 'zh', { store });
  await store.close();
  const make = (format: 'pdf' | 'html') => renderReport(bundle, format, { engine: scoringEngine });
  const pdf = join(folder, 'report.pdf');
  writeFileSync(pdf, await make('pdf'));
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }))?.[1]);
  const html = join(folder, 'report.html');
  writeFileSync(html, await make('html'));
  const ours: number[] = [];
  const chromium: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    ours.push((await timed(() => make('pdf'))).seconds);
    const profile = join(folder, `profile-${round}`);
    mkdirSync(profile);
    const printed = join(folder, 'printed.pdf');
    const flags = [
      ...chromiumFlags,
      `--user-data-dir=${profile}`,
      `--print-to-pdf=${printed}`,
      `file://${html}`,
    ];
    chromium.push((await timed(async () => execFileSync('chromium', flags, { stdio: 'ignore' }))).seconds);
    if (readFileSync(printed).length < 1000) throw new Error('Chromium printed nothing');
  }
  print('report', `PDF of the Boston quarter, ${pages} pages, median of 5`, `${median(ours).toFixed(2)} s`);
  print('report', 'pages per second', (pages / median(ours)).toFixed(1));
  print('report', 'Chromium printing the HTML report, start included', `${median(chromium).toFixed(2)} s`);
  print('report', 'citygauge beside Chromium (below x 1)', ratio(median(ours) / median(chromium)));
});
