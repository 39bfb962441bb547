import { type Collected, parsePeriod, type Reading, type RecordKind } from '../../../collectors/contract.ts';
import type { EvidenceStore, ReportSummary } from '../../../store/contract.ts';
import { nextPeriodEnd } from './evaluation-standing.ts';
import { saidRun } from './said-run.ts';

type Tell = (run: Collected) => Promise<void>;
type Kind = RecordKind | 'observations';

const seconds = (instant: string) => Date.parse(instant) / 1000;

interface Arrival {
  readonly kind: Kind;
  readonly subject: string;
  readonly importedAt: string;
}

/** That evidence came, as a run of its own for each kind and subject. */
function arrivalRun({ kind, subject, importedAt }: Arrival): Collected {
  const reading: Reading = {
    metric: 'citygauge_evidence_imported_timestamp_seconds',
    labels: { job: 'citygauge-evidence', subject, kind },
    at: importedAt,
    value: seconds(importedAt),
  };
  return saidRun('citygauge-evidence', [kind], { subject, at: importedAt, readings: [reading] });
}

/** That a report was issued. */
async function reportRun(store: EvidenceStore, report: ReportSummary): Promise<Collected> {
  const { subject, model, period, createdAt } = report;
  const owner = await store.subjects.get(subject);
  const next = owner && nextPeriodEnd({ id: period, timeZone: owner.timeZone }, owner.isSample);
  const of = (name: string, value: number | null): Reading[] =>
    value === null
      ? []
      : [
          {
            metric: `citygauge_report_${name}`,
            labels: { job: 'citygauge-reports', subject, model },
            at: createdAt,
            value,
          },
        ];
  const readings = [
    ...of('issued_timestamp_seconds', seconds(createdAt)),
    ...of('next_period_end_timestamp_seconds', next),
  ];
  return saidRun('citygauge-reports', [model], { subject, at: createdAt, readings });
}

/** Period ids of different kinds are told apart by their end, which needs no zone to be ordered. */
const endOf = ({ period }: ReportSummary) => parsePeriod(period, 'UTC').end;

/** The report of the newest period of each model and subject, of several the one issued last. */
function newestReports(reports: readonly ReportSummary[]): readonly ReportSummary[] {
  const newest = new Map<string, ReportSummary>();
  for (const report of reports) {
    const key = `${report.model}\n${report.subject}`;
    const before = newest.get(key);
    const isNewer =
      !before ||
      endOf(report) > endOf(before) ||
      (endOf(report) === endOf(before) && report.createdAt > before.createdAt);
    if (isNewer) newest.set(key, report);
  }
  return [...newest.values()];
}

/** What stands at a start: the newest arrival of each kind and subject, and the newest reports. */
export async function standingEvidence(store: EvidenceStore): Promise<readonly Collected[]> {
  const arrivals = new Map<string, Arrival>();
  for (const each of await store.imports.list()) {
    const key = `${each.kind}\n${each.subject}`;
    if (each.new + each.changed > 0 && !arrivals.has(key)) arrivals.set(key, each);
  }
  const reports = newestReports(await store.reports.list());
  return [
    ...[...arrivals.values()].map(arrivalRun),
    ...(await Promise.all(reports.map((report) => reportRun(store, report)))),
  ];
}

function tellingImports({ imports }: EvidenceStore, tell: Tell): EvidenceStore['imports'] {
  return {
    ...imports,
    begin: async (request) => {
      const session = await imports.begin(request);
      return {
        stageSubjects: (subjects) => session.stageSubjects(subjects),
        stage: (records) => session.stage(records),
        preview: () => session.preview(),
        abort: () => session.abort(),
        commit: async (file, review) => {
          const counts = await session.commit(file, review);
          if (counts.new + counts.changed > 0) await tell(arrivalRun(request));
          return counts;
        },
      };
    },
  };
}

/** The same store, telling of records that are new or changed and of reports of the newest period. */
export function tellingOfEvidence(store: EvidenceStore, tell: Tell): EvidenceStore {
  const { reports, observations } = store;
  return {
    ...store,
    imports: tellingImports(store, tell),
    observations: {
      ...observations,
      put: async (all, file) => {
        const counts = await observations.put(all, file);
        if (file.isDryRun !== true && counts.new + counts.changed > 0)
          await tell(arrivalRun({ ...file, kind: 'observations' }));
        return counts;
      },
    },
    reports: {
      ...reports,
      save: async (report, bytes) => {
        await reports.save(report, bytes);
        const same = (await reports.list()).filter(
          ({ model, subject }) => model === report.model && subject === report.subject,
        );
        if (newestReports(same)[0]?.period === report.period) await tell(await reportRun(store, report));
      },
    },
  };
}
