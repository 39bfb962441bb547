import type { ScannedFinding } from '../../../contract.ts';
import type { JsonPart } from '../../reading/json-part.ts';
import type { ReportDraft } from '../../reading/report-draft.ts';
import { EntryFault } from '../../reading/report-fault.ts';
import { severityOf } from '../../reading/severity.ts';
import { bestCvss } from './scores.ts';

type Found = Omit<ScannedFinding, 'asset'>;

function vulnerability(entry: JsonPart, target: string): Found {
  const cvss = bestCvss(entry);
  const [name, version] = [entry.at('PkgName').needText(), entry.at('InstalledVersion').text()];
  const path = entry.at('PkgPath').text() ?? target;
  const rule = entry.at('VulnerabilityID').needText();
  return {
    ...{ rule, cvss, title: entry.at('Title').text() ?? rule },
    severity: severityOf(entry.at('Severity').text(), cvss),
    places: [`${version ? `${name}@${version}` : name} (${path})`],
    url: entry.at('PrimaryURL').text(),
  };
}

function lined(target: string, line: number | null): string {
  return line === null || line <= 0 ? target : `${target}:${line}`;
}

function misconfiguration(entry: JsonPart, target: string): Found {
  const rule = entry.at('ID').text() ?? entry.at('AVDID').needText();
  return {
    ...{ rule, cvss: null, title: entry.at('Title').text() ?? rule },
    severity: severityOf(entry.at('Severity').text(), null),
    places: [lined(target, entry.at('CauseMetadata').at('StartLine').number())],
    url: entry.at('PrimaryURL').text(),
  };
}

/** Rule and place alone: `Match` and `Code` hold the secret or what stands around it. */
function secret(entry: JsonPart, target: string): Found {
  const rule = entry.at('RuleID').needText();
  return {
    ...{ rule, cvss: null, title: entry.at('Title').text() ?? rule, url: null },
    severity: severityOf(entry.at('Severity').text(), null),
    places: [lined(target, entry.at('StartLine').number())],
  };
}

const readers = [
  ['Vulnerabilities', vulnerability],
  ['Misconfigurations', misconfiguration],
  ['Secrets', secret],
] as const;

/** Statuses of Trivy that say the asset is not affected, or the check went well. */
const soundStatuses = new Set(['PASS', 'EXCEPTION', 'fixed', 'not_affected']);

/** What was scanned. */
export interface Artifact {
  readonly asset: string;
  /** Tag and digest of an image, which go before its places; null where there are none. */
  readonly version: string | null;
}

/** Findings of one target (a lock file, the packages of an image, a configuration file). */
export function takeTarget(draft: ReportDraft, result: JsonPart, { asset, version }: Artifact): void {
  if (result.isAbsent) throw new EntryFault(result.path, { zh: '结果为空', en: 'is empty' });
  const target = result.at('Target').text() ?? result.path;
  for (const [list, read] of readers)
    draft.attempt(() => {
      for (const entry of result.at(list).items())
        draft.attempt(() => {
          if (soundStatuses.has(entry.at('Status').text() ?? '')) return;
          const found = read(entry, target);
          const places = found.places.map((place) => (version === null ? place : `${version} ${place}`));
          draft.addFinding({ ...found, places, asset }, entry.path);
        });
    });
  for (const entry of result.at('ExperimentalModifiedFindings').items())
    draft.skip(entry.path, { zh: '已在 Trivy 中忽略', en: 'is ignored in Trivy' });
  if (result.value === null) throw new EntryFault(result.path, { zh: '结果为空', en: 'is empty' });
}
