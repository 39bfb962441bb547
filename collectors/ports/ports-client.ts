import type { CollectorPorts } from '../contract.ts';
import { httpClient } from './http/http-client.ts';
import { listenServer } from './http/listen-server.ts';
import { networkClient } from './network/network-client.ts';
import { processRunner } from './run-process.ts';
import { filesFrom, secretsFrom } from './settings-file.ts';
import { sqlClient } from './sql/sql-client.ts';
import { systemClock } from './system-clock.ts';

export interface PortsOptions {
  /** Absolute; paths of the settings are seen from here. */
  readonly settingsFolder: string;
  /** Where secrets may be, and the PATH of programs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The real world, as collectors are handed it. */
export function createPorts({ settingsFolder, environment }: PortsOptions): CollectorPorts {
  const files = filesFrom(settingsFolder);
  return {
    clock: systemClock,
    http: httpClient,
    network: networkClient,
    processes: processRunner(environment),
    files,
    sql: sqlClient,
    listeners: listenServer,
    secret: secretsFrom(environment, files),
  };
}
