import { createHash } from 'node:crypto';
import {
  type QualityRun,
  type Reading,
  type RecordKind,
  recordKinds,
  type StoredRecord,
  type Subject,
} from '../../collectors/contract.ts';
import { type Calendar, calendarFor, hour } from './calendar.ts';
import { sampleEntries } from './entries.ts';
import { sampleIncidents } from './incidents.ts';
import { seed as ownSeed } from './policy.ts';
import { type Random, randomStream } from './random.ts';
import { type SampleRecord, withLines } from './records.ts';
import { ownedSources, qualityRunAt } from './registers/quality.ts';
import { type SampleScan, sampleAssets, sampleScans } from './registers/security.ts';
import { type SampleExclusion, sampleExclusions } from './registers/slo-exclusions.ts';
import { sampleRequirements } from './requirements.ts';
import { sampleSecurityEvents } from './security-events.ts';
import { rootId, sampleSubjects } from './subjects.ts';
import { sampleSurveys } from './surveys.ts';
import { sampleReadings } from './telemetry/sample-readings.ts';
import { owners } from './telemetry/series.ts';
import { sampleWorkOrders } from './work-orders.ts';

/** The synthetic city (示例市): nothing in it is real. */
export interface SampleCity {
  /** Id of the city; every other subject lies below it. */
  readonly root: string;
  /** The city first, then its districts. */
  readonly subjects: readonly Subject[];
  readonly records: Readonly<Record<RecordKind, readonly StoredRecord[]>>;
  /** Lower-case hex SHA-256 of the records of each kind as JSON. */
  readonly sha256: Readonly<Record<RecordKind, string>>;
  /** Telemetry, a month at a time, oldest first; made anew at each call. */
  readonly readings: () => Iterable<readonly Reading[]>;
  /** Runs of data-quality checks at the end of each month, oldest first. */
  readonly qualityRuns: readonly QualityRun[];
  readonly assets: ReturnType<typeof sampleAssets>;
  /** Reports of scanners, oldest first. */
  readonly scans: readonly SampleScan[];
  /** Time that the promises of samples/slo leave out, oldest first. */
  readonly exclusions: readonly SampleExclusion[];
  /** ISO instants: the twelve months that the sample covers in full. */
  readonly from: string;
  readonly to: string;
}

type Maker = (calendar: Calendar, random: Random) => readonly SampleRecord[];

const makers: Readonly<Record<RecordKind, Maker>> = {
  'work-orders': sampleWorkOrders,
  requirements: sampleRequirements,
  incidents: sampleIncidents,
  'security-events': sampleSecurityEvents,
  surveys: sampleSurveys,
  entries: sampleEntries,
};

function byKind<T>(make: (kind: RecordKind) => T): Readonly<Record<RecordKind, T>> {
  return Object.fromEntries(recordKinds.map((kind) => [kind, make(kind)])) as Record<RecordKind, T>;
}

/** The last day of a month, in the afternoon. */
const runBeforeEnd = 8 * hour;

function qualityRuns(calendar: Calendar): QualityRun[] {
  return owners(calendar.months.length).flatMap(({ subject, fromMonth }) =>
    calendar.months
      .filter(({ index }) => index >= fromMonth)
      .flatMap(({ end }) =>
        ownedSources()
          .filter((owned) => owned.subject === subject)
          .map((owned) => qualityRunAt(owned, { calendar, instant: end - runBeforeEnd })),
      ),
  );
}

/**
 * The sample city as of a date (`2026-11-20`): the twelve months up to the last that has ended in Asia/Shanghai. The
 * same date and seed give the same bytes.
 */
export function buildSampleCity(today: string, seed: number = ownSeed): SampleCity {
  const calendar = calendarFor(today);
  const records = byKind((kind) => withLines(makers[kind](calendar, randomStream(seed, kind))));
  const sha256 = byKind((kind) => createHash('sha256').update(JSON.stringify(records[kind])).digest('hex'));
  const [from, to] = [calendar.start, calendar.end].map((instant) => new Date(instant).toISOString());
  const readings = () => sampleReadings(calendar, seed);
  return {
    root: rootId,
    subjects: sampleSubjects(),
    records,
    sha256,
    readings,
    qualityRuns: qualityRuns(calendar),
    assets: sampleAssets(),
    scans: [...sampleScans(calendar)],
    exclusions: sampleExclusions(calendar),
    from: from ?? '',
    to: to ?? '',
  };
}
