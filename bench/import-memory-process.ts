import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { openStore } from '../store/open-store.ts';
import { importBoston } from './boston.ts';
import { inFolder } from './workspace-folder.ts';

/** Peak resident memory of a process of its own that imports the file `times` times over, each time with other ids. */
export function peakMegabytes(path: string, times: number): number {
  const output = execFileSync(process.execPath, [import.meta.filename, path, String(times)], {
    encoding: 'utf8',
  });
  return Number(output.trim());
}

async function* repeated(path: string, times: number): AsyncGenerator<string> {
  for (let time = 0; time < times; time += 1) {
    let isHeader = true;
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      if (!isHeader) yield `${time}${line}\n`;
      else if (time === 0) yield `${line}\n`;
      isHeader = false;
    }
  }
}

if (import.meta.main) {
  const [path = '', times = '1'] = process.argv.slice(2);
  await inFolder(async (folder) => {
    const file = join(folder, 'boston.csv.gz');
    await pipeline(repeated(path, Number(times)), createGzip({ level: 1 }), createWriteStream(file));
    const store = await openStore({ dataFolder: join(folder, 'store') });
    await importBoston(store, file);
    await store.close();
    rmSync(file);
  });
  console.log(process.resourceUsage().maxRSS / 1024);
}
