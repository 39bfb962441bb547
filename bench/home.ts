import { join } from 'node:path';
import autocannon from 'autocannon';
import { print, whole } from './figures.ts';
import { startServer } from './server-process.ts';
import { inFolder } from './workspace-folder.ts';

const connections = 50;
const seconds = 10;

await inFolder(async (folder) => {
  const server = await startServer(join(folder, 'data'));
  await (await fetch(server.address)).text();
  const milliseconds: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ url: server.address, connections, duration: seconds }, (error, done) =>
      error ? reject(error) : resolve(done),
    );
    run.on('response', (_client, _status, _bytes, responseTime) => milliseconds.push(responseTime));
  });
  await server.stop();
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} bad answers, ${result.errors} errors`);
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const percentile = (at: number) => `${(sorted[Math.ceil(at * sorted.length) - 1] ?? 0).toFixed(1)} ms`;
  print(
    'home',
    `${connections} concurrent requests for ${seconds} s, requests per second`,
    whole(result.requests.average),
  );
  for (const at of [0.5, 0.95, 0.99]) print('home', `p${at * 100}`, percentile(at));
});
