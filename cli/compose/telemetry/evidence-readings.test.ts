import assert from 'node:assert/strict';
import type { Collected } from '../../../collectors/contract.ts';
import { evidenceMetrics } from '../../../collectors/runner/run/evidence-metrics.ts';
import type { EvidenceStore, ImportSummary, ReportSummary } from '../../../store/contract.ts';
import { standingEvidence, tellingOfEvidence } from './evidence-readings.ts';

const report = (period: string, createdAt: string, model = 'event-loop-2022') =>
  ({ subject: 'lin', model, period, createdAt }) as ReportSummary;
const arrival = (kind: string, importedAt: string, changes: number) =>
  ({ kind, subject: 'lin', importedAt, new: changes, changed: 0 }) as ImportSummary;

function storeOf(kept: { imports?: ImportSummary[]; reports?: ReportSummary[]; counts?: object }) {
  const reports = [...(kept.reports ?? [])];
  const session = { commit: async () => kept.counts, abort: async () => {} };
  return {
    subjects: { get: async () => ({ timeZone: 'Asia/Shanghai', isSample: false }) },
    imports: { list: async () => kept.imports ?? [], begin: async () => session },
    observations: { put: async () => kept.counts },
    reports: {
      list: async () => reports,
      save: async (each: ReportSummary) => void reports.push(each),
    },
  } as unknown as EvidenceStore;
}

const linesOf = (runs: readonly Collected[]) =>
  runs.flatMap(({ readings }) =>
    readings.map(({ metric, labels, value }) => {
      const { job, subject, ...own } = labels;
      return `${metric.replace('citygauge_', '')} ${Object.values(own)} ${value}`;
    }),
  );

describe('the readings about evidence and reports', () => {
  it('tell at a start when each kind last brought something new, and how far reports go', async () => {
    const store = storeOf({
      imports: [
        arrival('work-orders', '2026-02-05T00:00:00.000Z', 0),
        arrival('work-orders', '2026-02-04T00:00:00.000Z', 7),
        arrival('work-orders', '2026-01-04T00:00:00.000Z', 900),
        arrival('observations', '2026-01-09T00:00:00.000Z', 12),
      ],
      reports: [
        report('2025-12', '2026-02-08T00:00:00.000Z'),
        report('2026-01', '2026-02-06T00:00:00.000Z'),
        report('2026-01', '2026-02-07T00:00:00.000Z'),
      ],
    });
    assert.deepEqual(linesOf(await standingEvidence(store)), [
      'evidence_imported_timestamp_seconds work-orders 1770163200',
      'evidence_imported_timestamp_seconds observations 1767916800',
      'report_issued_timestamp_seconds event-loop-2022 1770422400',
      'report_next_period_end_timestamp_seconds event-loop-2022 1772294400',
    ]);
    assert.deepEqual(await standingEvidence(storeOf({})), []);
  });

  it('carry the labels that the catalogue declares', async () => {
    const runs = await standingEvidence(
      storeOf({
        imports: [arrival('work-orders', '2026-02-04T00:00:00.000Z', 7)],
        reports: [report('2026-01', '2026-02-06T00:00:00.000Z')],
      }),
    );
    const readings = runs.flatMap((run) => run.readings);
    assert.deepEqual(
      readings.map(({ metric }) => metric),
      evidenceMetrics.map(({ name }) => name),
    );
    for (const { metric, labels } of readings) {
      const { job, subject, ...own } = labels;
      const spec = evidenceMetrics.find(({ name }) => name === metric);
      assert.deepEqual(Object.keys(own), Object.keys(spec?.labels ?? {}), metric);
    }
  });

  it('are told of an import that brought something, and of no other', async () => {
    const told: Collected[] = [];
    for (const counts of [
      { new: 3, changed: 0 },
      { new: 0, changed: 0 },
      { new: 0, changed: 2 },
    ]) {
      const store = tellingOfEvidence(storeOf({ counts }), async (run) => void told.push(run));
      const importedAt = `2026-02-0${counts.changed + 1}T00:00:00.000Z`;
      const session = await store.imports.begin({ kind: 'work-orders', subject: 'lin', importedAt } as never);
      assert.equal(await session.commit({} as never), counts);
      await store.observations.put([], { subject: 'lin', importedAt, isDryRun: true } as never);
    }
    assert.deepEqual(linesOf(told), [
      'evidence_imported_timestamp_seconds work-orders 1769904000',
      'evidence_imported_timestamp_seconds work-orders 1770076800',
    ]);
  });

  it('are told of a report of the newest period, and not of one for an earlier period', async () => {
    const told: Collected[] = [];
    const kept = storeOf({ reports: [report('2026-01', '2026-02-06T00:00:00.000Z')] });
    const store = tellingOfEvidence(kept, async (run) => void told.push(run));
    await store.reports.save(report('2025-12', '2026-03-01T00:00:00.000Z'), new Uint8Array());
    assert.deepEqual(told, []);
    await store.reports.save(report('2026-02', '2026-03-02T00:00:00.000Z'), new Uint8Array());
    assert.deepEqual(linesOf(told), [
      'report_issued_timestamp_seconds event-loop-2022 1772409600',
      'report_next_period_end_timestamp_seconds event-loop-2022 1774972800',
    ]);
  });
});
