import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { freePort } from './free-port.ts';
import { temporaryPaths } from './nginx-server.ts';
import { requireProgram } from './real-parts.ts';
import { startRealServer } from './real-server.ts';

/** An nginx whose `/service` answers 200, or 500 while it is broken. */
export interface FaultyNginx {
  readonly url: string;
  breakDown(): void;
  repair(): void;
  stop(): Promise<void>;
}

function configOf(folder: string, port: number): string {
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  default_type text/plain;
  ${temporaryPaths(folder)}
  server {
    listen 127.0.0.1:${port};
    location = / { return 200 'ready'; }
    location = /service {
      if (-f ${folder}/broken) { return 500 'broken'; }
      return 200 'well';
    }
  }
}
`;
}

/** Skips the test, or fails it in CI, where nginx is not installed. */
export async function startFaultyNginx(context: Context): Promise<FaultyNginx> {
  const program = requireProgram(context, 'nginx', ['/usr/sbin']);
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-faulty-nginx-'));
  mkdirSync(join(folder, 'temporary'));
  const port = await freePort();
  const [config, broken] = [join(folder, 'nginx.conf'), join(folder, 'broken')];
  writeFileSync(config, configOf(folder, port));
  const url = `http://127.0.0.1:${port}`;
  const args = ['-p', folder, '-c', config, '-e', join(folder, 'error.log')];
  const server = await startRealServer({ program, args, url, readyPath: '/' });
  return {
    url: `${url}/service`,
    breakDown: () => writeFileSync(broken, ''),
    repair: () => rmSync(broken, { force: true }),
    async stop() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
