import type { ZodType } from 'zod';
import type { CollectorPorts } from './ports.ts';
import type { QualityRun } from './quality.ts';
import type { DropReason, MetricSpec, Reading } from './reading.ts';
import type { RecordKind } from './records.ts';
import type { ScanReport } from './security.ts';
import type { Text } from './text.ts';

export const collectorDomains = ['cloud', 'application', 'data-quality', 'security', 'self'] as const;
export type CollectorDomain = (typeof collectorDomains)[number];

/** How often and how patiently a collector runs unless its job says otherwise; seconds. */
export interface Cadence {
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** Attempts after the first that failed. */
  readonly retries: number;
}

/**
 * A collector (采集器): declares what it needs and yields, and touches the world only through the ports it is handed. Its
 * id is its file's name; jobs of the settings file run it, each with its own settings.
 */
export interface Collector<Settings = unknown, State = unknown> {
  readonly id: string;
  readonly title: Text;
  readonly domain: CollectorDomain;
  /** What it reads and when to use it, one or two sentences. */
  readonly description: Text;
  /** Of the job's `settings`; each field described; secrets are `secretRef` fields. */
  readonly settings: ZodType<Settings>;
  /** Every metric it can yield under a name of its own. */
  readonly metrics: readonly MetricSpec[];
  /** True when it also yields metrics that its source names (an exporter, OTLP). */
  readonly isOpen: boolean;
  /** Kinds of records it yields. */
  readonly records: readonly RecordKind[];
  readonly cadence: Cadence;
  /** Begins what lasts from one run to the next (a listener, a tail); absent = nothing lasts. */
  start?(settings: Settings, ports: CollectorPorts): Promise<State>;
  /** One run. Throws when it got nothing at all: everything it should have yielded is then `failed` with that error. */
  collect(run: CollectorRun<Settings, State>): Promise<CollectorYield>;
  stop?(state: State): Promise<void>;
}

/** What one run is handed. */
export interface CollectorRun<Settings, State = unknown> {
  readonly job: string;
  readonly subject: string;
  readonly settings: Settings;
  /** What `start` gave; undefined for a collector without. */
  readonly state: State;
  readonly ports: CollectorPorts;
  /** ISO instant at which the run began: the time of readings that carry none of their own. */
  readonly startedAt: string;
  /** Aborted at the timeout and when the program stops. */
  readonly signal: AbortSignal;
  /** The time that the run has; what is not handed over within it is lost. Absent = no bound is known. */
  readonly timeoutSeconds?: number;
}

export interface CollectorYield {
  readonly readings: readonly Reading[];
  readonly records?: readonly CollectedRecords[];
  /** Runs of data-quality checks, kept with their results. */
  readonly quality?: readonly QualityRun[];
  /** Reports of scanners, merged into the register of findings. */
  readonly scans?: readonly CollectedScan[];
  /** What should have come and did not, while the rest of the run went well. */
  readonly gaps?: readonly Gap[];
  /** The last runs for these targets, for the page of targets. */
  readonly targets?: readonly TargetState[];
  readonly dropped?: Readonly<Partial<Record<DropReason, number>>>;
  /** Base names whose type the source told, for an open collector. */
  readonly types?: Readonly<
    Record<string, { readonly type: MetricSpec['type'] | 'unknown'; readonly help: string }>
  >;
}

export interface CollectedRecords {
  readonly kind: RecordKind;
  /** Field -> value, with `id`; read like the rows of an import. */
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
  /** ISO instants between which no record is missing: a period within counts 0 where there is none. Absent = nothing is promised. */
  readonly covers?: { readonly from: string; readonly to: string };
}

export interface CollectedScan {
  readonly report: ScanReport;
  /** What was read: a file's name, or the command that ran. */
  readonly fileName: string;
  /** Of the bytes that were read. */
  readonly sha256: string;
}

export interface Gap {
  /** A metric's base name; null = everything of these labels. */
  readonly metric: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'failed' | 'notApplicable';
  readonly reason: Text;
  /** What to do about it. */
  readonly remedy?: Text;
}

/** The last look at one target of a job. */
export interface TargetState {
  /** URL, `host:port`, file or table. */
  readonly target: string;
  readonly isUp: boolean;
  readonly durationSeconds: number | null;
  /** Status, certificate, rows ... in one line; the fault when it is down. */
  readonly detail: Text;
  readonly phases?: Readonly<Record<string, number>>;
  /** Days until the certificate that it showed expires, negative once expired; absent where it shows none. */
  readonly certificateDays?: number;
}

/** A yield that came to nothing, with its remedy; thrown by `collect`. Final = trying again cannot help. */
export class CollectorFault extends Error {
  readonly reason: Text;
  readonly remedy: Text | null;
  readonly isFinal: boolean;
  /** What is known all the same and kept with the failed run: that targets are down, and which. */
  readonly brought: CollectorYield | null;
  constructor(
    reason: Text,
    options: {
      readonly remedy?: Text;
      readonly isFinal?: boolean;
      readonly brought?: CollectorYield;
      readonly cause?: unknown;
    } = {},
  ) {
    super(reason.en, { cause: options.cause });
    this.name = 'CollectorFault';
    this.reason = reason;
    this.remedy = options.remedy ?? null;
    this.isFinal = options.isFinal ?? false;
    this.brought = options.brought ?? null;
  }
}

/** How one run of one job ended; kept, so that a missing figure can say why. */
export interface CollectorOutcome {
  readonly job: string;
  readonly collector: string;
  readonly subject: string;
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly attempts: number;
  /** `partial`: something came and something that should have did not. */
  readonly state: 'succeeded' | 'partial' | 'failed';
  readonly samples: number;
  readonly series: number;
  readonly records: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly gaps: readonly Gap[];
  readonly targets: readonly TargetState[];
  /** Set exactly when the run failed. */
  readonly error: Text | null;
  readonly remedy: Text | null;
}

/** One finished run with what it brought: what every sink is handed. */
export interface Collected {
  readonly outcome: CollectorOutcome;
  /** Stamped with job, subject and the job's labels; of a failed run what is said about the run and its targets. */
  readonly readings: readonly Reading[];
  readonly records: readonly CollectedRecords[];
  /** Absent = none. */
  readonly quality?: readonly QualityRun[];
  readonly scans?: readonly CollectedScan[];
  readonly types: NonNullable<CollectorYield['types']>;
}

/** Where finished runs go (the store, /metrics, remote write). A sink that fails is reported and stops no other. */
export interface Sink {
  readonly name: string;
  accept(collected: Collected): Promise<void>;
}
