import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { type CertificatePair, makeCertificates, type TestCertificates } from './certificates.ts';
import { freePort } from './free-port.ts';
import { requireProgram } from './real-parts.ts';
import { startRealServer } from './real-server.ts';

/** An nginx of the tests' own: plain HTTP, another origin, and one HTTPS port for each sort of certificate. */
export interface NginxServer {
  /** `http://127.0.0.1:41234`; its paths are in the configuration below. */
  readonly url: string;
  /** Another origin, which answers with the Authorization header that it was sent. */
  readonly elsewhere: string;
  /** Ports of `https://localhost:...`. */
  readonly tlsPorts: Readonly<Record<TlsPort, number>>;
  readonly certificates: TestCertificates;
  stop(): Promise<void>;
}

type TlsPort = 'valid' | 'expired' | 'selfSigned' | 'wrongName' | 'clientsOnly';
const tlsNames: readonly TlsPort[] = ['valid', 'expired', 'selfSigned', 'wrongName', 'clientsOnly'];

/** Skips the test, or fails it in CI, where nginx or openssl is not installed. */
export async function startNginxServer(context: Context): Promise<NginxServer> {
  const program = requireProgram(context, 'nginx', ['/usr/sbin']);
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-nginx-'));
  const certificates = makeCertificates(context, folder);
  const [plain, other] = [await freePort(), await freePort()];
  const ports = await Promise.all(tlsNames.map(async (name) => [name, await freePort()] as const));
  const tlsPorts = Object.fromEntries(ports) as Record<TlsPort, number>;
  mkdirSync(join(folder, 'temporary'));
  writeFileSync(join(folder, 'users'), 'city:{PLAIN}gauge-secret\n');
  const tlsServers = ports.map(([name, port]) =>
    name === 'clientsOnly'
      ? tlsServer(
          port,
          certificates.valid,
          `ssl_client_certificate ${certificates.ca}; ssl_verify_client on;`,
        )
      : tlsServer(port, certificates[name]),
  );
  const config = configOf(folder, [plainServer(plain, other, folder), otherServer(other), ...tlsServers]);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, config);
  const url = `http://127.0.0.1:${plain}`;
  const args = ['-p', folder, '-c', file, '-e', join(folder, 'error.log')];
  const server = await startRealServer({ program, args, url, readyPath: '/' });
  return {
    url,
    elsewhere: `http://127.0.0.1:${other}`,
    tlsPorts,
    certificates,
    async stop() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** nginx would write what it buffers where only root may. */
export const temporaryPaths = (folder: string) =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/temporary/${name};`)
    .join('\n  ');

function configOf(folder: string, servers: readonly string[]): string {
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  ssl_protocols TLSv1.2 TLSv1.3;
  default_type text/plain;
  ${temporaryPaths(folder)}
  ${servers.join('\n')}
}
`;
}

const plainServer = (port: number, other: number, folder: string) => `
  server {
    listen 127.0.0.1:${port};
    listen [::1]:${port};
    location = / { return 200 'city services: all well'; }
    location = /status.json {
      default_type application/json;
      return 200 '{"status":"up","queues":[{"name":"sms","depth":7},{"name":"mail","depth":12}]}';
    }
    location = /moved { return 302 /status.json; }
    location = /loop { return 302 /loop; }
    location = /elsewhere { return 302 http://127.0.0.1:${other}/; }
    location = /busy { return 503 'overloaded'; }
    location = /private { auth_basic city; auth_basic_user_file ${folder}/users; try_files /none @welcome; }
    location @welcome { return 200 'welcome'; }
  }`;

const otherServer = (port: number) => `
  server {
    listen 127.0.0.1:${port};
    location = / { return 200 'authorization: [$http_authorization] cookie: [$http_cookie]'; }
  }`;

const tlsServer = (port: number, { certificate, key }: CertificatePair, more = '') => `
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    ${more}
    location = / { return 200 'secure'; }
  }`;
