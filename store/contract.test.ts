import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgresServer } from '../test/postgres-server.ts';
import type { EvidenceStore } from './contract.ts';
import { openStore } from './open-store.ts';
import { describeArchive } from './test-suites/archive.ts';
import { describeCandidates } from './test-suites/candidates.ts';
import { describeDecisions } from './test-suites/decisions.ts';
import { describeDrill } from './test-suites/drill.ts';
import { describeExpressions } from './test-suites/expressions-property.ts';
import { describeFaulty } from './test-suites/faulty.ts';
import type { SuiteStore } from './test-suites/fixtures.ts';
import { describeImports } from './test-suites/imports.ts';
import { describeMeasures } from './test-suites/measures.ts';
import { describeMetricProperty } from './test-suites/metric-property.ts';
import { describeSteps } from './test-suites/metric-steps.ts';
import { describeQuality } from './test-suites/quality.ts';
import { describeReferences } from './test-suites/references.ts';
import { describeReporting } from './test-suites/reporting.ts';
import { describeRetention } from './test-suites/retention.ts';
import { describeSecurity } from './test-suites/security.ts';
import { describeSecurityAlarms } from './test-suites/security-alarms.ts';
import { describeSecurityAssets } from './test-suites/security-assets.ts';
import { describeSecurityProperty } from './test-suites/security-property.ts';
import { describeSlo } from './test-suites/slo.ts';
import { describeSubjects } from './test-suites/subjects.ts';
import { describeTelemetry } from './test-suites/telemetry.ts';
import { describeThresholds } from './test-suites/thresholds.ts';

const collectorsOf = (metric: string) => (metric === 'catalogued_seconds' ? ['probe-http', 'probe-tcp'] : []);

/** The whole contract, once per driver. */
function describeContract(suite: SuiteStore): void {
  describeSubjects(suite);
  describeSecurity(suite);
  describeSecurityAssets(suite);
  describeSecurityAlarms(suite);
  describeSecurityProperty(suite);
  describeSlo(suite);
  describeImports(suite);
  describeMeasures(suite);
  describeReporting(suite);
  describeFaulty(suite);
  describeExpressions(suite);
  describeCandidates(suite);
  describeDrill(suite);
  describeArchive(suite);
  describeTelemetry(suite);
  describeDecisions(suite);
  describeThresholds(suite);
  describeQuality(suite);
  describeReferences(suite);
  describeRetention(suite);
  describeMetricProperty(suite);
  describeSteps(suite);
}

describe('evidence store, embedded', () => {
  let folder: string;
  let opened: EvidenceStore;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'citygauge-store-'));
    opened = await openStore({ dataFolder: folder }, { collectorsOf });
  });

  after(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describeContract({
    get store() {
      return opened;
    },
  });
});

describe('evidence store, PostgreSQL', () => {
  let server: PostgresServer | undefined;
  let opened: EvidenceStore | undefined;

  before(async function () {
    server = await startPostgresServer(this);
    opened = await openStore({ databaseUrl: await server.createDatabase('contract') }, { collectorsOf });
  });

  after(async () => {
    await opened?.close();
    await server?.stop();
  });

  describeContract({
    get store() {
      if (!opened) throw new Error('PostgreSQL was not started');
      return opened;
    },
  });
});
