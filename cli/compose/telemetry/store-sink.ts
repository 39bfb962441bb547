import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collected, CollectedRecords, CollectedScan, Sink } from '../../../collectors/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { importRecords } from '../import.ts';

/** Keeps what a run brought, then the run itself, so that a run that is listed has its readings and results. */
export function storeSink(store: EvidenceStore): Sink {
  return {
    name: 'store',
    accept: async ({ readings, quality = [], outcome }) => {
      await store.readings.put(readings);
      for (const run of quality) await store.quality.save(run);
      await store.runs.save(outcome);
    },
  };
}

/** Reports of scanners are merged into the register, oldest first; one that is refused stops no other. */
export function scansSink(store: EvidenceStore, { now }: Pick<RecordsSinkOptions, 'now'>): Sink {
  return {
    name: 'scans',
    accept: async ({ scans = [], outcome }) => {
      const byTime = scans.toSorted((a, b) => producedAt(a) - producedAt(b));
      const refusals: unknown[] = [];
      for (const scan of byTime) {
        const order = { ...scan, subject: outcome.subject, importedAt: now() };
        await store.security.importScan(order).catch((error: unknown) => refusals.push(error));
      }
      const [first, second] = refusals;
      if (second)
        throw new AggregateError(refusals, refusals.map((each) => (each as Error).message).join('; '));
      if (first) throw first;
    },
  };
}

/** A report that tells no time is as new as its import. */
const producedAt = ({ report }: CollectedScan) =>
  report.producedAt === null ? Number.POSITIVE_INFINITY : Date.parse(report.producedAt);

export interface RecordsSinkOptions {
  now(): string;
  readonly signal: AbortSignal;
}

/** Records of a run are read and merged like a file of that name, so that the same rules hold for both. */
export function recordsSink(store: EvidenceStore, options: RecordsSinkOptions): Sink {
  return {
    name: 'records',
    accept: async ({ records, outcome }: Collected) => {
      for (const batch of records.filter(({ rows, covers }) => rows.length > 0 || covers)) {
        await withRowsFile(batch, (path) =>
          importRecords(store, {
            kind: batch.kind,
            path,
            fileName: `collector/${outcome.job}.json`,
            subject: outcome.subject,
            mapping: null,
            covers: batch.covers ?? null,
            isDryRun: false,
            maxRejects: Number.POSITIVE_INFINITY,
            rejectsPath: null,
            importedAt: options.now(),
            signal: options.signal,
          }),
        );
      }
    },
  };
}

async function withRowsFile<T>({ rows }: CollectedRecords, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'citygauge-records-'));
  try {
    const path = join(folder, 'rows.json');
    await writeFile(path, JSON.stringify(rows), { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
