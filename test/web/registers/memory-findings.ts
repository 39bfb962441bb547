import { type Severity, severities } from '../../../collectors/contract.ts';
import type { Exposure, Finding, Suppression } from '../../../store/contract.ts';
import { day, findingRows, hour, knownAssets, now } from './security-data.ts';

export const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
export const noCounts = () =>
  Object.fromEntries(severities.map((each) => [each, 0])) as Record<Severity, number>;

export function countBy(findings: readonly Finding[]): Record<Severity, number> {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function bandOf(ageDays: number) {
  return ageDays <= 7 ? '7' : ageDays <= 30 ? '30' : ageDays <= 90 ? '90' : 'more';
}

export const ownerOf = (id: string) => knownAssets.find((each) => each.id === id)?.owner ?? null;
export const hides = (each: Suppression, finding: Pick<Finding, 'rule' | 'asset'>, at: string) =>
  each.rule === finding.rule &&
  (each.asset === null || each.asset === finding.asset) &&
  each.at <= at &&
  at < each.expiresAt &&
  (each.ended === null || at < each.ended.at);
/** Findings as of an instant, with the state that suppressions leave them in. */
export const findingsOf = (
  suppressions: readonly Suppression[],
  subjects: readonly string[],
  at: string,
): Finding[] =>
  findingRows.flatMap((row, index): Finding[] => {
    const [scanner, rule, title, severity, cvss, which, place, first, gone, reopened] = row;
    const asset = knownAssets[which];
    const firstSeenAt = instant(now - first * day - 5 * hour);
    if (!asset || !subjects.includes(asset.subject) || firstSeenAt > at) return [];
    const fixedAt = gone === null || instant(now - gone * day) > at ? null : instant(now - gone * day);
    const isHidden = suppressions.some((each) => hides(each, { rule, asset: asset.id }, at));
    return [
      {
        id: index + 1,
        subject: asset.subject,
        rule,
        title,
        severity,
        cvss,
        asset: asset.id,
        owner: ownerOf(asset.id),
        places: rule.startsWith('sshd') ? [`${place}:32`, `${place}.d/50-cloud.conf:1`] : [place],
        url: cvss === null ? null : `https://nvd.example/vuln/${rule}`,
        scanners: rule === 'CVE-2099-11877' ? ['cyclonedx', scanner] : [scanner],
        state: fixedAt ? 'fixed' : isHidden ? 'suppressed' : 'open',
        firstSeenAt,
        lastSeenAt: fixedAt ? instant(Date.parse(fixedAt) - 7 * day) : instant(now - 2 * day),
        fixedAt,
        reopened,
        ageDays: (Date.parse(fixedAt ?? at) - Date.parse(firstSeenAt)) / day,
      },
    ];
  });

export const bySeverity = (a: Finding, b: Finding) =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.ageDays - a.ageDays || a.id - b.id;

/** What is open, by severity and age, asset and rule. */
export function exposureOf(findings: readonly Finding[], limit: number): Exposure {
  const all = findings.filter((each) => each.fixedAt === null);
  const open = all.filter((each) => each.state === 'open');
  const byAsset = [...Map.groupBy(open, (each) => each.asset)].toSorted((a, b) => b[1].length - a[1].length);
  const byRule = [...Map.groupBy(open, (each) => each.rule)].toSorted((a, b) => b[1].length - a[1].length);
  return {
    bySeverity: severities.map((severity) => {
      const own = open.filter((each) => each.severity === severity);
      const inBand = (band: string) => own.filter((each) => bandOf(each.ageDays) === band).length;
      return {
        severity,
        ages: { 7: inBand('7'), 30: inBand('30'), 90: inBand('90'), more: inBand('more') },
        suppressed: all.filter((each) => each.severity === severity && each.state === 'suppressed').length,
      };
    }),
    byAsset: byAsset
      .slice(0, limit)
      .map(([asset, own]) => ({ asset, owner: ownerOf(asset), open: countBy(own) })),
    byRule: byRule
      .slice(0, limit)
      .flatMap(([rule, [first, ...rest]]) =>
        first ? [{ rule, title: first.title, severity: first.severity, assets: rest.length + 1 }] : [],
      ),
  };
}
