import { resolve } from 'node:path';
import type { EvidenceStore, PromqlSource } from './contract.ts';
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
import { openMetrics } from './metrics/open-metrics.ts';
import { openPromql } from './metrics/promql/promql-source.ts';
import { openObservations } from './observations.ts';
import { openQuality } from './quality/quality-table.ts';
import { openReports } from './reports.ts';
import { openResolutions } from './resolutions.ts';
import { removeSample } from './sample-removal.ts';
import { migrate } from './schema/migrations.ts';
import { openSecurity } from './security/security-register.ts';
import { openSlos } from './slo/slo-register.ts';
import { openSubjects } from './subjects.ts';
import { openRuns } from './telemetry/collector-runs.ts';
import { openReadings } from './telemetry/reading-table.ts';
import { openThresholds } from './thresholds/threshold-table.ts';

/** Where the evidence is: a folder of this machine, or a PostgreSQL server. */
export type StoreLocation = { readonly dataFolder: string } | { readonly databaseUrl: string };

export interface StoreOptions {
  /**
   * A PromQL server to compute metric measures on; it may carry user and password. Without one, and for subjects of the
   * sample always, the readings are used.
   */
  readonly prometheusUrl?: string | undefined;
  readonly prometheusToken?: string | undefined;
  /** Ids of the collectors that declare to yield a metric, to name them where it is missing. */
  readonly collectorsOf?: (metric: string) => readonly string[];
}

/**
 * Opens the evidence store, making it or bringing its schema up to date. The embedded store holds its folder's lock until
 * `close`. InputError when the place is in use, unreachable, damaged or newer than this program.
 */
export async function openStore(location: StoreLocation, options: StoreOptions = {}): Promise<EvidenceStore> {
  if ('databaseUrl' in location) {
    return storeOn(await connectToServer(location.databaseUrl), { options, afterClose: () => {} });
  }
  const dataFolder = resolve(location.dataFolder);
  const lock = acquireLock(dataFolder);
  try {
    return await storeOn(await openEmbedded(dataFolder), { options, afterClose: () => lock.release() });
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

interface Opening {
  readonly options: StoreOptions;
  afterClose(): void;
}

function promqlOf({ prometheusUrl: url, prometheusToken: token }: StoreOptions): PromqlSource | null {
  return url ? openPromql({ url, token }) : null;
}

async function storeOn(connection: Connection, { options, afterClose }: Opening): Promise<EvidenceStore> {
  const { db } = connection;
  try {
    await migrate(db, connection.location);
  } catch (cause) {
    await connection.close();
    throw cause;
  }
  const readings = openReadings(db);
  const metrics = openMetrics(connection, options);
  const collectorsOf = options.collectorsOf ?? (() => []);
  return {
    subjects: openSubjects(db),
    imports: openImports(connection),
    evidence: {
      observe: (request) => observe({ db, source: metrics, collectorsOf }, request),
      drill: (request) => drill(db, request),
      sample: (request) => sample(db, request),
    },
    observations: openObservations(db),
    evaluations: openEvaluations(db),
    reports: openReports(db),
    readings,
    runs: openRuns(db),
    resolutions: openResolutions(db),
    quality: openQuality(db),
    security: openSecurity(db),
    slo: openSlos(db),
    thresholds: openThresholds(db),
    metrics,
    promql: promqlOf(options),
    async removeSample() {
      const removed = await removeSample(connection);
      readings.forgetSeries();
      return removed;
    },
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
