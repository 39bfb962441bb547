import type { Asset, BaselineResult, ScanReport } from '../../../collectors/contract.ts';
import { at, type Calendar, day, hour, type Month } from '../calendar.ts';
import { districts } from '../policy.ts';
import { districtId, rootId } from '../subjects.ts';
import {
  alarms,
  baseline,
  cityAssets,
  districtAsset,
  districtFinding,
  type SampleFinding,
  sampleFindings,
  scannerFormats,
  silentHost,
} from './security-policy.ts';

/** A report of the sample with whom it belongs to. */
export interface SampleScan {
  readonly subject: string;
  readonly fileName: string;
  readonly report: ScanReport;
}

/** From the begin of a month to the night of its scans. */
export const scanOffset = 2 * day + 2 * hour;

const nothing = {
  scannerVersion: null,
  assets: [],
  findings: [],
  baselines: [],
  alarms: [],
  logs: [],
  certificates: [],
  skipped: { count: 0, examples: [] },
} as const satisfies Partial<ScanReport>;

export function isOpenIn({ from, to, again }: SampleFinding, month: number): boolean {
  return (month >= from && (to === null || month < to)) || (again !== undefined && month >= again);
}

/** The inventory as it stands at the end. */
export function sampleAssets(): readonly { readonly subject: string; readonly assets: readonly Asset[] }[] {
  const plain = ({ id, name, kind, owner, aliases, sendsLogs }: Asset): Asset => ({
    id,
    name,
    kind,
    owner,
    aliases,
    sendsLogs,
  });
  return [
    { subject: rootId, assets: cityAssets.map(plain) },
    ...districts.map((district) => ({
      subject: districtId(district),
      assets: [plain(districtAsset(district.slug))],
    })),
  ];
}

function baselineOf(asset: string, month: Month, calendar: Calendar): BaselineResult {
  const passed = Math.round(baseline.rules * at(baseline.passRatio, month.start, calendar));
  return { asset, profile: baseline.profile, passed, failed: baseline.rules - passed, other: 9 };
}

function scanBy(scanner: SampleFinding['scanner'], month: Month, calendar: Calendar): ScanReport {
  const kind = scanner === 'trivy' ? 'image' : 'host';
  const seen = cityAssets.filter((asset) => asset.kind === kind && asset.fromMonth <= month.index);
  const ids = new Set(seen.map(({ id }) => id));
  const findings = sampleFindings
    .filter((each) => each.scanner === scanner && isOpenIn(each, month.index))
    .flatMap(({ rule, title, severity, cvss, asset, place }) => {
      const id = cityAssets[asset]?.id ?? '';
      return ids.has(id) ? [{ rule, title, severity, cvss, asset: id, places: [place], url: null }] : [];
    });
  return {
    ...nothing,
    format: scannerFormats[scanner],
    scanner,
    producedAt: new Date(month.start + scanOffset).toISOString(),
    assets: seen.map(({ id }) => ({ id, kind })),
    findings,
    baselines: scanner === 'openscap' ? seen.map(({ id }) => baselineOf(id, month, calendar)) : [],
  };
}

function alarmsOf(month: Month, calendar: Calendar): ScanReport {
  const targets = cityAssets.filter(({ kind }) => kind === 'host');
  const raised = alarms.signatures.flatMap(({ signature, title, severity, perMonth }, which) =>
    Array.from({ length: Math.round(at(perMonth, month.start, calendar)) }, (_, i) => {
      const first = month.start + ((i * 37 + which * 11) % 27) * day + (9 + which) * hour;
      return {
        ...{ signature, title, severity },
        asset: targets[(i + which) % 4]?.id ?? '',
        firstAt: new Date(first).toISOString(),
        lastAt: new Date(first + hour).toISOString(),
        count: 3 + (i % 5),
      };
    }),
  );
  // One per signature, asset and day, as a reader gives them.
  const days = new Map(
    raised.map((each) => [`${each.signature} ${each.asset} ${each.firstAt.slice(0, 10)}`, each]),
  );
  const sending = targets.filter(
    (each) =>
      each.fromMonth <= month.index &&
      !(each === cityAssets[silentHost.asset] && month.index >= silentHost.fromMonth),
  );
  return {
    ...nothing,
    format: 'eve',
    scanner: 'suricata',
    producedAt: new Date(month.end - 1000).toISOString(),
    alarms: [...days.values()],
    logs: sending.map(({ id }) => ({
      asset: id,
      lastAt: new Date(month.end - 2 * hour).toISOString(),
      lines: 48_000,
    })),
  };
}

function districtScan(slug: string, month: Month, calendar: Calendar): ScanReport {
  const { id, kind } = districtAsset(slug);
  const { rule, title } = districtFinding;
  return {
    ...nothing,
    format: 'xccdf',
    scanner: 'openscap',
    producedAt: new Date(month.start + scanOffset).toISOString(),
    assets: [{ id, kind }],
    findings: [
      {
        rule,
        title,
        severity: districtFinding.severity,
        cvss: null,
        asset: id,
        places: ['/etc/ssh/sshd_config'],
        url: null,
      },
    ],
    baselines: [baselineOf(id, month, calendar)],
  };
}

/** Every report of the twelve months, oldest first. */
export function* sampleScans(calendar: Calendar): Generator<SampleScan> {
  for (const month of calendar.months) {
    const fileName = (name: string) => `sample-city/${name}-${month.id}`;
    for (const scanner of ['trivy', 'openscap', 'nmap'] as const) {
      yield { subject: rootId, fileName: fileName(scanner), report: scanBy(scanner, month, calendar) };
    }
    for (const district of districts) {
      if (districtAsset(district.slug).fromMonth > month.index) continue;
      const report = districtScan(district.slug, month, calendar);
      yield { subject: districtId(district), fileName: fileName(`openscap-${district.slug}`), report };
    }
    yield { subject: rootId, fileName: fileName('eve'), report: alarmsOf(month, calendar) };
  }
}

/** Whether an alarm of the signature turned out to be real. */
export function isRealAlarm(signature: string): boolean {
  return alarms.signatures.some((each) => each.signature === signature && each.isReal);
}
