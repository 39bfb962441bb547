import { resolve } from 'node:path';
import type { EvidenceStore } from './contract.ts';
import { describeStore } from './description.ts';
import type { Connection } from './driver/connection.ts';
import { openEmbedded } from './driver/embedded-folder.ts';
import { connectToServer } from './driver/postgresql-server.ts';
import { openEvaluations } from './evaluations.ts';
import { drill } from './evidence/drill.ts';
import { observe } from './evidence/observe.ts';
import { sample } from './evidence/sample.ts';
import { openImports } from './imports/import-table.ts';
import { acquireLock } from './lock-file.ts';
import { openObservations } from './observations.ts';
import { openReadings } from './readings.ts';
import { openReports } from './reports.ts';
import { removeSample } from './sample-removal.ts';
import { migrate } from './schema/migrations.ts';
import { openSubjects } from './subjects.ts';

/** Where the evidence is: a folder of this machine, or a PostgreSQL server. */
export type StoreLocation = { readonly dataFolder: string } | { readonly databaseUrl: string };

/**
 * Opens the evidence store, making it or bringing its schema up to date. The embedded store holds its folder's lock until
 * `close`. InputError when the place is in use, unreachable, damaged or newer than this program.
 */
export async function openStore(location: StoreLocation): Promise<EvidenceStore> {
  if ('databaseUrl' in location) return storeOn(await connectToServer(location.databaseUrl), () => {});
  const dataFolder = resolve(location.dataFolder);
  const lock = acquireLock(dataFolder);
  try {
    return await storeOn(await openEmbedded(dataFolder), () => lock.release());
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

async function storeOn(connection: Connection, afterClose: () => void): Promise<EvidenceStore> {
  const { db } = connection;
  try {
    await migrate(db, connection.location);
  } catch (cause) {
    await connection.close();
    throw cause;
  }
  return {
    subjects: openSubjects(db),
    imports: openImports(connection),
    evidence: {
      observe: (request) => observe(db, request),
      drill: (request) => drill(db, request),
      sample: (request) => sample(db, request),
    },
    observations: openObservations(db),
    evaluations: openEvaluations(db),
    reports: openReports(db),
    readings: openReadings(db),
    runs: notBuilt('runs'),
    resolutions: notBuilt('resolutions'),
    metrics: notBuilt('metrics'),
    removeSample: () => removeSample(connection),
    describe: () => describeStore(connection),
    async close() {
      try {
        await connection.close();
      } finally {
        afterClose();
      }
    },
  };
}

function notBuilt(name: string): never {
  return new Proxy(
    {},
    {
      get: () => {
        throw new Error(`store.${name} is not built yet`);
      },
    },
  ) as never;
}
