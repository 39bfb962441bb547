import { join } from 'node:path';
import type { CollectorPorts, Sink, TlsSettings } from '../../../collectors/contract.ts';
import {
  createMetricsRegistry,
  createRemoteWrite,
  type Destination,
  type MetricsRegistry,
  type RemoteWrite,
} from '../../../collectors/output.ts';
import { metricCatalogue, type TelemetrySettings } from '../../../collectors/runner.ts';
import { version } from '../../version-file.ts';

/** Where finished runs go besides the store: the metrics page and the remote write targets of the settings file. */
export interface Outputs {
  readonly registry: MetricsRegistry;
  readonly remoteWrites: readonly RemoteWrite[];
  readonly sinks: readonly Sink[];
  /** Sends what waits for at most so long, then closes; what still waits is sent at the next start. */
  close(drainMilliseconds: number): Promise<void>;
}

export interface OutputOptions {
  readonly settings: TelemetrySettings;
  readonly dataFolder: string;
  readonly ports: CollectorPorts;
  chance(): number;
}

type Target = TelemetrySettings['remoteWrite'][number];

const largestPemBytes = 1_000_000;
const bytesPerMegabyte = 1_000_000;

async function authorizationOf({ auth }: Target, ports: CollectorPorts): Promise<string | null> {
  if (!auth) return null;
  if ('bearer' in auth) return `Bearer ${await ports.secret(auth.bearer)}`;
  const { user, password } = auth.basic;
  return `Basic ${Buffer.from(`${user}:${await ports.secret(password)}`).toString('base64')}`;
}

async function tlsOf({ tls }: Target, { files }: CollectorPorts): Promise<TlsSettings | null> {
  if (!tls) return null;
  const pem = async (path: string) =>
    Buffer.from(await files.read(files.resolve(path), largestPemBytes)).toString('utf8');
  return {
    ...(tls.ca !== undefined && { ca: await pem(tls.ca) }),
    ...(tls.certificate !== undefined && { certificate: await pem(tls.certificate) }),
    ...(tls.key !== undefined && { key: await pem(tls.key) }),
    ...(tls.serverName !== undefined && { serverName: tls.serverName }),
    isInsecure: tls.isInsecure,
  };
}

export function queueFolderOf(dataFolder: string, name: string): string {
  return join(dataFolder, 'remote-write', name);
}

async function openTarget(
  target: Target,
  { dataFolder, ports, chance }: OutputOptions,
): Promise<RemoteWrite> {
  const destination: Destination = {
    url: target.url,
    authorization: () => authorizationOf(target, ports),
    tls: await tlsOf(target, ports),
  };
  return createRemoteWrite({
    name: target.name,
    folder: queueFolderOf(dataFolder, target.name),
    maxQueueBytes: target.queueMegabytes * bytesPerMegabyte,
    destination,
    http: ports.http,
    clock: ports.clock,
    chance,
    userAgent: `citygauge/${version}`,
  });
}

/** Opens the outputs of a settings file; InputError when a certificate file cannot be read. */
export async function openOutputs(options: OutputOptions): Promise<Outputs> {
  const remoteWrites: RemoteWrite[] = [];
  const close = async (drainMilliseconds: number) => {
    const signal = AbortSignal.timeout(drainMilliseconds);
    await Promise.all(
      remoteWrites.map(async (target) => {
        await target.drain(signal);
        await target.close();
      }),
    );
  };
  try {
    for (const target of options.settings.remoteWrite) remoteWrites.push(await openTarget(target, options));
  } catch (error) {
    await close(0);
    throw error;
  }
  const registry = createMetricsRegistry({
    catalogue: metricCatalogue(),
    own: () => remoteWrites.flatMap((target) => target.series()),
  });
  return { registry, remoteWrites, sinks: [registry.sink, ...remoteWrites.map(({ sink }) => sink)], close };
}
