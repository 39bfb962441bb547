import { join } from 'node:path';
import { print, timed } from './figures.ts';
import { startServer } from './server-process.ts';
import { inFolder } from './workspace-folder.ts';

async function firstPage(dataFolder: string): Promise<number> {
  const { seconds, result } = await timed(async () => {
    const server = await startServer(dataFolder);
    const answer = await fetch(server.address);
    if (!(await answer.text()).includes('<html')) throw new Error(`no page: HTTP ${answer.status}`);
    return server;
  });
  await result.stop();
  return seconds;
}

await inFolder(async (folder) => {
  const data = join(folder, 'data');
  print(
    'start',
    'cold: empty folder, sample city, to the first answered page',
    `${(await firstPage(data)).toFixed(2)} s`,
  );
  print(
    'start',
    'warm: the same folder, to the first answered page',
    `${(await firstPage(data)).toFixed(2)} s`,
  );
});
