import type {
  BaselineResult,
  CertificateSighting,
  LogSighting,
  ScanFormat,
  ScannedAlarm,
  ScannedAsset,
  ScannedFinding,
  ScanReport,
  Text,
} from '../../contract.ts';
import { boundedPlaces, identity, titleText, webAddress } from './entry-text.ts';
import { reportLimits } from './limits.ts';
import { cutText, plainText } from './plain-text.ts';
import { EntryFault, reportFault } from './report-fault.ts';
import { worseSeverity } from './severity.ts';

type Example = ScanReport['skipped']['examples'][number];

interface Draft {
  readonly finding: Omit<ScannedFinding, 'places'>;
  readonly places: Set<string>;
}

const byId = <T>(keyOf: (item: T) => string) => {
  return (a: T, b: T) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
};
const keyOf = (...parts: readonly string[]) => parts.join('\u0000');

/**
 * A report while it is read: equal things become one, texts are made one visible line and cut, and everything is
 * counted against the limits. Adding throws EntryFault for an identity that is empty or too long.
 */
export class ReportDraft {
  readonly #fileName: string;
  readonly #assets = new Map<string, ScannedAsset>();
  readonly #findings = new Map<string, Draft>();
  readonly #baselines = new Map<string, BaselineResult>();
  readonly #alarms = new Map<string, ScannedAlarm>();
  readonly #logs = new Map<string, LogSighting>();
  readonly #certificates = new Map<string, CertificateSighting>();
  readonly #examples: Example[] = [];
  #skipped = 0;
  #entries = 0;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /** An asset that was looked at in full; a kind once known stays. */
  addAsset(given: ScannedAsset, place: string): void {
    this.#count();
    const id = identity(given.id, place);
    const known = this.#assets.get(id);
    const names = new Set([...(known?.aliases ?? []), ...(given.aliases ?? []).map(plainText)]);
    const aliases = [...names]
      .filter((each) => each !== '' && each !== id && each.length <= reportLimits.identityCharacters)
      .slice(0, reportLimits.aliases)
      .toSorted();
    const kind = given.kind ?? known?.kind ?? null;
    this.#assets.set(id, aliases.length > 0 ? { id, kind, aliases } : { id, kind });
  }

  /** One rule and asset is one finding: the worst severity and score, all places, the first title and address. */
  addFinding(given: ScannedFinding, place: string): void {
    this.#count();
    const [rule, asset] = [identity(given.rule, place), identity(given.asset, place)];
    const key = keyOf(asset, rule);
    const known = this.#findings.get(key);
    const places = known?.places ?? new Set<string>();
    for (const each of given.places) {
      const text = cutText(plainText(each), reportLimits.titleCharacters);
      if (text !== '') places.add(text);
    }
    const title = titleText(given.title, rule);
    const finding = known
      ? {
          ...known.finding,
          severity: worseSeverity(known.finding.severity, given.severity),
          cvss: higher(known.finding.cvss, given.cvss),
          url: known.finding.url ?? webAddress(given.url),
        }
      : { rule, asset, title, severity: given.severity, cvss: given.cvss, url: webAddress(given.url) };
    this.#findings.set(key, { finding, places });
  }

  addBaseline(given: BaselineResult, place: string): void {
    this.#count();
    const baseline = {
      ...given,
      asset: identity(given.asset, place),
      profile: identity(given.profile, place),
    };
    this.#baselines.set(keyOf(baseline.asset, baseline.profile), baseline);
  }

  /** Alarms of one signature, asset and day (UTC) of `firstAt` are one: their numbers are added up. */
  addAlarm(given: ScannedAlarm, place: string): void {
    const signature = identity(given.signature, place);
    const asset = identity(given.asset, place);
    const key = keyOf(signature, asset, given.firstAt.slice(0, 10));
    const known = this.#alarms.get(key);
    if (!known) this.#count();
    const title = titleText(given.title, signature);
    const alarm = { ...given, signature, asset, title };
    this.#alarms.set(key, known ? joinedAlarm(known, alarm) : alarm);
  }

  /** One line of an asset's log at an ISO instant. */
  addLog(asset: string, at: string, place: string): void {
    this.addSighting({ asset, lastAt: at, lines: 1 }, place);
  }

  /** Sightings of one asset are one: the newest, the lines of all. */
  addSighting(given: LogSighting, place: string): void {
    const asset = identity(given.asset, place);
    const known = this.#logs.get(asset);
    if (!known) this.#count();
    const lastAt = known && known.lastAt > given.lastAt ? known.lastAt : given.lastAt;
    this.#logs.set(asset, { asset, lastAt, lines: (known?.lines ?? 0) + given.lines });
  }

  addCertificate(given: CertificateSighting, place: string): void {
    this.#count();
    const certificate = {
      ...given,
      target: identity(given.target, place),
      asset: identity(given.asset, place),
    };
    this.#certificates.set(keyOf(certificate.asset, certificate.target), certificate);
  }

  skip(place: string, reason: Text): void {
    this.#skipped += 1;
    if (this.#examples.length < reportLimits.skippedExamples) this.#examples.push({ place, reason });
  }

  /** Runs the reading of one entry; its EntryFault makes it a skipped one. */
  attempt(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      this.skip(error.place, error.reason);
    }
  }

  /** The report in an order that does not depend on that of its entries. */
  finish(
    head: { readonly format: ScanFormat } & Pick<ScanReport, 'scanner' | 'scannerVersion' | 'producedAt'>,
  ): ScanReport {
    const version = plainText(head.scannerVersion ?? '');
    return {
      format: head.format,
      scanner: cutText(plainText(head.scanner).toLowerCase(), reportLimits.titleCharacters) || head.format,
      scannerVersion: version === '' ? null : cutText(version, reportLimits.titleCharacters),
      producedAt: head.producedAt,
      assets: sorted(this.#assets),
      findings: [...this.#findings]
        .toSorted(byId(([key]) => key))
        .map(([, { finding, places }]) => ({ ...finding, places: boundedPlaces(places) })),
      baselines: sorted(this.#baselines),
      alarms: sorted(this.#alarms),
      logs: sorted(this.#logs),
      certificates: sorted(this.#certificates),
      skipped: { count: this.#skipped, examples: this.#examples },
    };
  }

  #count(): void {
    this.#entries += 1;
    if (this.#entries > reportLimits.entries) throw tooManyEntries(this.#fileName);
  }
}

export function tooManyEntries(fileName: string) {
  const most = reportLimits.entries.toLocaleString('en');
  return reportFault(fileName, null, {
    zh: `条目超过 ${most} 条：请按资产拆分报告`,
    en: `holds more than ${most} entries: split it, one report for each asset`,
  });
}

/** One alarm told twice: the first title stays; the worst severity counts. */
export function joinedAlarm(known: ScannedAlarm, more: ScannedAlarm): ScannedAlarm {
  return {
    ...known,
    severity: worseSeverity(known.severity, more.severity),
    firstAt: known.firstAt < more.firstAt ? known.firstAt : more.firstAt,
    lastAt: known.lastAt > more.lastAt ? known.lastAt : more.lastAt,
    count: known.count + more.count,
  };
}

function sorted<T>(items: ReadonlyMap<string, T>): T[] {
  return [...items].toSorted(byId(([key]) => key)).map(([, item]) => item);
}

const higher = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
