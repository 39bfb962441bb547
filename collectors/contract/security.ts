import type { Text } from './text.ts';

/** Worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

export const severityTitles: Readonly<Record<Severity, Text>> = {
  critical: { zh: '严重', en: 'Critical' },
  high: { zh: '高危', en: 'High' },
  medium: { zh: '中危', en: 'Medium' },
  low: { zh: '低危', en: 'Low' },
  info: { zh: '提示', en: 'Info' },
};

/** Severity of a CVSS base score (v3.1 specification, section 5; the same bounds in v4.0); 0 = info. RangeError outside 0..10. */
export function severityOfCvss(score: number): Severity {
  if (!(score >= 0 && score <= 10))
    throw new RangeError(`${score} is no CVSS score: it lies between 0 and 10`);
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** Report formats that can be read, in the order in which docs list them. */
export const reportFormatIds = [
  'sarif',
  'xccdf',
  'trivy',
  'nmap',
  'eve',
  'cyclonedx',
  'lynis',
  'syslog',
  'certificates',
] as const;
export type ScanFormat = (typeof reportFormatIds)[number];

/** A scanner whose name ends so asks only which assets there are: that it names no finding does not say that there is none. */
export const discoverySuffix = '-discovery';

/** One thing that a scanner says is wrong with one asset. */
export interface ScannedFinding {
  /** The scanner's rule or the vulnerability's id: `CVE-2031-1234`, `xccdf_org.ssgproject.content_rule_…`. */
  readonly rule: string;
  readonly asset: string;
  readonly title: string;
  readonly severity: Severity;
  /** Base score 0..10 where the report gives one. */
  readonly cvss: number | null;
  /** Where in the asset: file and line, package and version, port; findings of one rule and asset are one, with all places. */
  readonly places: readonly string[];
  readonly url: string | null;
}

/** One pass of a baseline (基线核查) over one asset. */
export interface BaselineResult {
  readonly asset: string;
  readonly profile: string;
  readonly passed: number;
  readonly failed: number;
  /** Not applicable, not checked, unknown, error: part of neither. */
  readonly other: number;
}

/** Alarms of one signature about one asset on one day (UTC) are one, with their number. */
export interface ScannedAlarm {
  readonly signature: string;
  readonly title: string;
  readonly asset: string;
  readonly severity: Severity;
  /** ISO instants. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
}

/** An asset that has sent logs. */
export interface LogSighting {
  readonly asset: string;
  /** ISO instant of its newest line. */
  readonly lastAt: string;
  readonly lines: number;
}

export interface CertificateSighting {
  /** `host:port`, file or name. */
  readonly target: string;
  readonly asset: string;
  /** ISO instant. */
  readonly notAfter: string;
}

/** What one report of one scanner says (扫描报告), whatever its format. */
export interface ScanReport {
  readonly format: ScanFormat;
  /** Stable name of the tool in lower case: `trivy`, `openscap`, `nmap`, `eslint`. */
  readonly scanner: string;
  readonly scannerVersion: string | null;
  /** ISO instant at which the scan ended; null where the report does not say. */
  readonly producedAt: string | null;
  /**
   * Assets that it looked at in full: what the same scanner found there before and does not name any more is fixed. Empty
   * for streams (alarms, logs), which fix nothing.
   */
  readonly assets: readonly ScannedAsset[];
  readonly findings: readonly ScannedFinding[];
  readonly baselines: readonly BaselineResult[];
  readonly alarms: readonly ScannedAlarm[];
  readonly logs: readonly LogSighting[];
  readonly certificates: readonly CertificateSighting[];
  /** Entries that could not be understood, or that the scanner itself set aside (suppressed, not affected); the rest counts. */
  readonly skipped: {
    readonly count: number;
    readonly examples: readonly { readonly place: string; readonly reason: Text }[];
  };
}

export interface ScannedAsset {
  readonly id: string;
  /** `host`, `image`, `repository`, `application` ... as the report has it; null = it does not say. */
  readonly kind: string | null;
  /** Other names and addresses that the report gives it, none that every host has (127.0.0.1); absent = none. */
  readonly aliases?: readonly string[];
}

/** An asset of the inventory (资产台账). */
export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Department or person in charge; null = unowned, which is an indicator. */
  readonly owner: string | null;
  /** Other ids under which scanners report it: host names, addresses, earlier names. */
  readonly aliases: readonly string[];
  /** True when it is due to send logs. */
  readonly sendsLogs: boolean;
}

/** The register's state for a subject and its descendants at an instant: what its metrics say. */
export interface SecurityFigures {
  /** Open findings that are not suppressed; null while no scan was ever imported. */
  readonly open: Readonly<Record<Severity, number>> | null;
  readonly suppressed: Readonly<Record<Severity, number>> | null;
  /** Days since the oldest open finding was first seen; 0 without one; null while no scan was ever imported. */
  readonly oldestAgeDays: Readonly<Record<Severity, number>> | null;
  /** Null while no asset is known. */
  readonly assets: { readonly all: number; readonly unowned: number } | null;
  readonly baselines: readonly (BaselineResult & { readonly at: string })[];
  /** Assets that are due to send logs, and those of them with a line in the day before; null while none is due. */
  readonly logSources: { readonly expected: number; readonly reporting: number } | null;
  /** Ever raised, and judged; null while none was ever raised. */
  readonly alarms: { readonly raised: number; readonly confirmed: number; readonly dismissed: number } | null;
  /** Newest scan of each scanner. */
  readonly scanners: readonly { readonly scanner: string; readonly at: string }[];
}

/** What a report prints of the register (台账摘录), as of one instant; the figures can be counted again from the findings. */
export interface SecurityExcerpt {
  /** ISO instant. */
  readonly at: string;
  readonly figures: SecurityFigures;
  /** Open and not suppressed, worst and oldest first. */
  readonly findings: readonly {
    readonly rule: string;
    readonly title: string;
    readonly asset: string;
    readonly owner: string | null;
    readonly severity: Severity;
    readonly cvss: number | null;
    readonly firstSeenAt: string;
    readonly reopened: number;
  }[];
  /** Open findings that were left out: the figures count them all the same. */
  readonly omitted: number;
  readonly suppressions: readonly {
    readonly rule: string;
    readonly asset: string | null;
    readonly reason: string;
    readonly by: string;
    readonly expiresAt: string;
    readonly findings: number;
  }[];
}
