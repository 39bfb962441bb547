import type {
  Asset,
  BaselineResult,
  ScannedAlarm,
  ScannedFinding,
  ScanReport,
  SecurityExcerpt,
  SecurityFigures,
  Severity,
} from '../../collectors/contract.ts';

/**
 * The register of findings, assets and alarms (安全台账). Subjects of a query are a subject and its descendants. Every state is
 * kept with the instants at which it changed, so that the register can be read as of any instant.
 */
export interface SecurityRegister {
  /** One transaction; the same bytes again change nothing. RangeError for an unknown subject, InputError for a report from the future. */
  importScan(order: ScanImport): Promise<ScanOutcome>;
  /** Newest first. */
  scans(subjects: readonly string[], limit: number): Promise<readonly ScanSummary[]>;
  findings(filter: FindingFilter): Promise<{ readonly total: number; readonly rows: readonly Finding[] }>;
  /** As of `at` (ISO instant), or of the newest scan of its subject when none is named. */
  finding(id: number, at?: string): Promise<FindingHistory | null>;
  /** Open findings at an instant, counted by severity and by age, asset and rule; largest first, at most `limit` each. */
  exposure(request: AsOf & { readonly limit: number }): Promise<Exposure>;
  /** Open findings by severity at each instant, oldest first; null before the first scan. */
  trend(
    subjects: readonly string[],
    instants: readonly string[],
  ): Promise<readonly { readonly at: string; readonly open: Readonly<Record<Severity, number>> | null }[]>;
  figures(request: AsOf): Promise<SecurityFigures>;
  /** For a report, with at most `limit` findings; null while the register knows no scan, asset or alarm of these subjects. */
  excerpt(request: AsOf & { readonly limit: number }): Promise<SecurityExcerpt | null>;

  /** By id; those that only scanners know have no owner and `isListed` false. */
  assets(filter: AssetFilter): Promise<{ readonly total: number; readonly rows: readonly AssetRow[] }>;
  /** Adds and updates the inventory of a subject; findings under an alias move to the asset. RangeError for an alias of two assets. */
  putAssets(
    subject: string,
    assets: readonly Asset[],
    at: string,
    options?: { readonly isDryRun?: boolean },
  ): Promise<{ readonly added: number; readonly changed: number; readonly unchanged: number }>;
  /** The asset goes on under another id; the old one becomes an alias. InputError when it is unknown or the new one is taken. */
  renameAsset(subject: string, from: string, to: string): Promise<void>;

  /** Hides matching findings from the figures until it expires, with who and why. InputError when anything is missing or the expiry has passed. */
  suppress(suppression: SuppressionOrder): Promise<Suppression>;
  /** Ends it now; InputError when there is none. */
  endSuppression(id: number, by: string, at: string): Promise<void>;
  suppressions(request: AsOf): Promise<readonly Suppression[]>;

  alarms(filter: AlarmFilter): Promise<{ readonly total: number; readonly rows: readonly Alarm[] }>;
  /** The latest judgement stands, earlier ones are kept. InputError for an unknown alarm, an empty name or reason. */
  judgeAlarm(id: number, judgement: Judgement): Promise<void>;
}

export interface AsOf {
  readonly subjects: readonly string[];
  /** ISO instant. */
  readonly at: string;
}

export interface ScanImport {
  readonly subject: string;
  readonly report: ScanReport;
  readonly fileName: string;
  readonly sha256: string;
  /** ISO instant; also the time of a report that names none. */
  readonly importedAt: string;
  readonly isDryRun?: boolean;
}

export interface ScanOutcome {
  readonly scanner: string;
  readonly producedAt: string;
  readonly read: number;
  readonly new: number;
  readonly reopened: number;
  readonly fixed: number;
  /** Title, severity, CVSS or places differ from before. */
  readonly changed: number;
  /** What is read and counted nowhere was named by an outdated report alone: it is not kept. */
  readonly unchanged: number;
  readonly alarms: number;
  /** Rows inserted, updated or deleted in the tables of findings. */
  readonly writes: number;
  /** The same bytes were imported before. */
  readonly isDuplicate: boolean;
  /** A newer scan of the same scanner is known: this one only moves "first seen" back. */
  readonly isOutdated: boolean;
}

export interface ScanSummary extends ScanOutcome {
  readonly id: number;
  readonly subject: string;
  readonly format: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly importedAt: string;
  readonly assets: number;
  readonly skipped: number;
}

export const findingStates = ['open', 'fixed', 'suppressed'] as const;
export type FindingState = (typeof findingStates)[number];

/** One rule broken by one asset, whoever found it (安全发现). */
export interface Finding extends ScannedFinding {
  readonly id: number;
  readonly subject: string;
  readonly owner: string | null;
  readonly scanners: readonly string[];
  readonly state: FindingState;
  /** ISO instants; `fixedAt` null while open. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly fixedAt: string | null;
  readonly reopened: number;
  /** Days from first seen to fixed, or to the instant asked for. */
  readonly ageDays: number;
}

export interface FindingHistory {
  readonly finding: Finding;
  /** Oldest first. */
  readonly changes: readonly {
    readonly at: string;
    readonly change: 'opened' | 'fixed' | 'reopened';
    readonly scanner: string;
  }[];
  readonly suppressions: readonly Suppression[];
}

export interface FindingFilter extends AsOf {
  readonly state?: FindingState;
  readonly severity?: Severity;
  readonly asset?: string;
  readonly rule?: string;
  /** Part of rule, asset or title, without regard to case. */
  readonly search?: string;
  readonly offset: number;
  readonly limit: number;
}

export const ageBands = ['7', '30', '90', 'more'] as const;
/** Up to 7, 30, 90 days, and more. */
export type AgeBand = (typeof ageBands)[number];

export interface Exposure {
  readonly bySeverity: readonly {
    readonly severity: Severity;
    readonly ages: Readonly<Record<AgeBand, number>>;
    readonly suppressed: number;
  }[];
  readonly byAsset: readonly {
    readonly asset: string;
    readonly owner: string | null;
    readonly open: Readonly<Record<Severity, number>>;
  }[];
  readonly byRule: readonly {
    readonly rule: string;
    readonly title: string;
    readonly severity: Severity;
    readonly assets: number;
  }[];
}

export interface AssetFilter extends AsOf {
  /** True = without an owner, false = with one, absent = all. */
  readonly isUnowned?: boolean;
  readonly search?: string;
  readonly offset: number;
  readonly limit: number;
}

export interface AssetRow extends Asset {
  readonly subject: string;
  /** False when only scanners know it. */
  readonly isListed: boolean;
  readonly firstSeenAt: string;
  readonly lastScanAt: string | null;
  readonly lastLogAt: string | null;
  readonly open: Readonly<Record<Severity, number>>;
  readonly baseline: (BaselineResult & { readonly at: string }) | null;
}

export interface SuppressionOrder {
  readonly subject: string;
  readonly rule: string;
  /** Null = every asset of the subject. */
  readonly asset: string | null;
  readonly reason: string;
  readonly by: string;
  /** ISO instants. */
  readonly at: string;
  readonly expiresAt: string;
}

export interface Suppression extends SuppressionOrder {
  readonly id: number;
  /** Set when it was ended before it expired. */
  readonly ended: { readonly by: string; readonly at: string } | null;
  /** Findings that it hides at the instant asked for. */
  readonly findings: number;
}

export interface Alarm extends ScannedAlarm {
  readonly id: number;
  readonly subject: string;
  readonly scanner: string;
  /** Null = nobody has judged it yet. */
  readonly judgement: Judgement | null;
}

export interface Judgement {
  readonly verdict: 'confirmed' | 'dismissed';
  readonly by: string;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

export interface AlarmFilter extends AsOf {
  readonly isJudged?: boolean;
  readonly offset: number;
  readonly limit: number;
}
