import { type AlertSeverity, runbookFolder, type Text } from '../contract.ts';

/** What rules of the suite depend on beside their policy. */
export interface SuiteSettings {
  /** Name of Prometheus' scrape job that reads our /metrics. */
  readonly scrapeJob: string;
  /** Folder or address of the runbooks, with the slash at its end. */
  readonly runbooks: string;
}

export const suiteDefaults: SuiteSettings = { scrapeJob: 'citygauge', runbooks: runbookFolder };

/** One alert of the suite: what it asks, how urgent it is, and scenes that show when it is silent and when it fires. */
export interface SuiteAlert {
  readonly name: string;
  readonly severity: AlertSeverity;
  expression(settings: SuiteSettings): string;
  /** Minutes that the expression must hold; 0 = none. */
  readonly forMinutes: number;
  /** `{job}` stands for the label of that name. */
  readonly summary: Text;
  readonly scenes: readonly Scene[];
}

/** Samples of every minute from 0 on, and what Prometheus is to say of them. */
export interface Scene {
  readonly name: string;
  /** Series -> values in promtool's notation, `1x5 0x10`. */
  readonly series: Readonly<Record<string, string>>;
  /** Minutes at which nothing fires. */
  readonly silentAt: readonly number[];
  /** Null for a scene in which all is well throughout. */
  readonly fires: { readonly at: number; readonly labels: Readonly<Record<string, string>> } | null;
}

export interface SuiteGroup {
  readonly name: string;
  readonly alerts: readonly SuiteAlert[];
}
