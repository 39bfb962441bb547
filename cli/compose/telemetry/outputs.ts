import { join } from 'node:path';
import { authHeaders, readTls } from '../../../collectors/connection.ts';
import type { CollectorPorts, Sink } from '../../../collectors/contract.ts';
import {
  createMetricsRegistry,
  createRemoteWrite,
  type Destination,
  type MetricsRegistry,
  type RemoteWrite,
  type Sample,
} from '../../../collectors/output.ts';
import { metricCatalogue, type TelemetrySettings } from '../../../collectors/runner.ts';
import { version } from '../../version-file.ts';
import type { Refusals } from './refusals.ts';

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
  /** Counted on the metrics page. */
  readonly refusals: Refusals;
  /** Further series of the metrics page, asked at every page. */
  own?(): readonly Sample[];
}

type Target = TelemetrySettings['remoteWrite'][number];

const bytesPerMegabyte = 1_000_000;

/** InputError when a certificate file cannot be read. */
export async function destinationOf(target: Target, ports: CollectorPorts): Promise<Destination> {
  return {
    url: target.url,
    authorization: async () => (await authHeaders(target.auth, ports)).authorization ?? null,
    tls: (await readTls(target.tls, ports)).tls ?? null,
  };
}

export function queueFolderOf(dataFolder: string, name: string): string {
  return join(dataFolder, 'remote-write', name);
}

async function openTarget(
  target: Target,
  { dataFolder, ports, chance }: OutputOptions,
): Promise<RemoteWrite> {
  return createRemoteWrite({
    name: target.name,
    folder: queueFolderOf(dataFolder, target.name),
    maxQueueBytes: target.queueMegabytes * bytesPerMegabyte,
    destination: await destinationOf(target, ports),
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
    own: () => [
      ...remoteWrites.flatMap((target) => target.series()),
      ...options.refusals.series(),
      ...(options.own?.() ?? []),
    ],
  });
  return { registry, remoteWrites, sinks: [registry.sink, ...remoteWrites.map(({ sink }) => sink)], close };
}
