import { hash } from 'node:crypto';
import { type ScannedFinding, severities } from '../../../collectors/contract.ts';
import { assetIdOf } from '../assets/asset-id.ts';
import { storedKey, storedText } from '../stored-text.ts';

/** One finding of a report as it is stored. */
export interface FindingContent {
  readonly assetId: number;
  readonly rule: string;
  /** Place in `severities`. */
  readonly severity: number;
  readonly cvss: number | null;
  readonly title: string;
  readonly url: string | null;
  /** Sorted, each once. */
  readonly places: readonly string[];
}

/** The findings of a report, one per asset and rule: the worst severity and score, all places, title and address of the first. */
export function contentsOf(
  findings: readonly ScannedFinding[],
  assetIds: ReadonlyMap<string, number>,
): FindingContent[] {
  const contents = new Map<string, FindingContent>();
  for (const finding of findings) {
    const content = contentOf(finding, assetIds);
    const key = `${content.assetId} ${content.rule}`;
    const other = contents.get(key);
    contents.set(key, other ? joined(other, content) : content);
  }
  return [...contents.values()];
}

function contentOf(finding: ScannedFinding, assetIds: ReadonlyMap<string, number>): FindingContent {
  const assetId = assetIds.get(assetIdOf(finding.asset));
  if (assetId === undefined) throw new Error(`the asset ${finding.asset} was not taken into the register`);
  return {
    assetId,
    rule: storedKey(finding.rule),
    severity: severities.indexOf(finding.severity),
    cvss: finding.cvss,
    title: storedText(finding.title),
    url: finding.url === null ? null : storedText(finding.url),
    places: sortedOnce(finding.places.map(storedText)),
  };
}

function joined(first: FindingContent, second: FindingContent): FindingContent {
  const scores = [first.cvss, second.cvss].filter((score) => score !== null);
  return {
    ...first,
    severity: Math.min(first.severity, second.severity),
    cvss: scores.length === 0 ? null : Math.max(...scores),
    places: sortedOnce([...first.places, ...second.places]),
  };
}

export function sortedOnce(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].sort();
}

/** Equal exactly when a scanner says the same of a finding as before. */
export function contentHash({ severity, cvss, title, url, places }: FindingContent): string {
  return hash('sha256', JSON.stringify([severity, cvss, title, url, places]), 'base64url').slice(0, 27);
}
