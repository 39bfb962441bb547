import { type Severity, severities } from '../../../collectors/contract.ts';
import type { Workbench } from '../../../dashboards/contract.ts';
import { InputError } from '../../../scoring/contract.ts';
import type { Alarm, Finding, Judgement, Suppression } from '../../../store/contract.ts';
import { alarmRows, day, findingRows, hour, type KnownAsset, knownAssets, now } from './security-data.ts';

type Register = Workbench['security'];

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
const noCounts = () => Object.fromEntries(severities.map((each) => [each, 0])) as Record<Severity, number>;

function countBy(findings: readonly Finding[]): Record<Severity, number> {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function bandOf(ageDays: number) {
  return ageDays <= 7 ? '7' : ageDays <= 30 ? '30' : ageDays <= 90 ? '90' : 'more';
}

/** The register's answers over a few findings, assets and alarms; suppressions and judgements last as long as it does. */
export function memorySecurity(): Register {
  const suppressions: Suppression[] = [
    {
      id: 1,
      subject: 'hexi',
      rule: 'open-port/tcp/443',
      asset: null,
      reason: '门户对外提供 HTTPS 服务，属正常开放',
      by: '王静',
      at: instant(now - 60 * day),
      expiresAt: instant(now + 120 * day),
      ended: null,
      findings: 0,
    },
    {
      id: 2,
      subject: 'hexi',
      rule: 'partition_for_tmp',
      asset: 'portal-01.hexi.example',
      reason: '随 12 月的系统迁移一并处理',
      by: '陈立',
      at: instant(now - 20 * day),
      expiresAt: instant(now + 6 * day),
      ended: null,
      findings: 0,
    },
  ];
  const judgements = new Map<number, Judgement>([
    [7, { verdict: 'confirmed', by: '周敏', reason: '源地址已封禁', at: instant(now - 6 * day) }],
    [8, { verdict: 'confirmed', by: '周敏', reason: '口令已重置', at: instant(now - 8 * day) }],
    [9, { verdict: 'dismissed', by: '陈立', reason: '备份任务的正常流量', at: instant(now - 9 * day) }],
  ]);
  const ownerOf = (id: string) => knownAssets.find((each) => each.id === id)?.owner ?? null;
  const hides = (each: Suppression, finding: Pick<Finding, 'rule' | 'asset'>, at: string) =>
    each.rule === finding.rule &&
    (each.asset === null || each.asset === finding.asset) &&
    each.at <= at &&
    at < each.expiresAt &&
    (each.ended === null || at < each.ended.at);
  const findingsAt = (subjects: readonly string[], at: string): Finding[] =>
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
  const everySubject = [...new Set(knownAssets.map((each) => each.subject))];
  const shownSuppression = (each: Suppression, at: string): Suppression => ({
    ...each,
    findings: findingsAt(everySubject, at).filter((finding) => !finding.fixedAt && hides(each, finding, at))
      .length,
  });
  const alarmsOf = (subjects: readonly string[]): Alarm[] =>
    subjects.includes('hexi')
      ? alarmRows.map((each, at) => ({
          ...each,
          id: at + 1,
          subject: 'hexi',
          judgement: judgements.get(at + 1) ?? null,
        }))
      : [];
  const assetsOf = (subjects: readonly string[]) =>
    knownAssets
      .filter((each) => subjects.includes(each.subject))
      .toSorted((a, b) => a.id.localeCompare(b.id));
  const baselineOf = ({ id, baseline }: KnownAsset) =>
    baseline && {
      asset: id,
      profile: 'standard',
      passed: baseline[0],
      failed: baseline[1],
      other: baseline[2],
      at: instant(now - 2 * day),
    };
  const bySeverity = (a: Finding, b: Finding) =>
    severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.ageDays - a.ageDays || a.id - b.id;
  const page = <T>(
    rows: readonly T[],
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ) => ({
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
  });
  const register: Register = {
    scans: async () => [],
    findings: async ({ subjects, at, state, severity, asset, rule, search = '', ...span }) => {
      const wanted = search.toLowerCase();
      const rows = findingsAt(subjects, at)
        .filter((each) => !state || each.state === state)
        .filter((each) => !severity || each.severity === severity)
        .filter((each) => !asset || each.asset === asset)
        .filter((each) => !rule || each.rule === rule)
        .filter((each) => `${each.rule}\n${each.asset}\n${each.title}`.toLowerCase().includes(wanted))
        .toSorted(bySeverity);
      return page(rows, span);
    },
    finding: async (id) => {
      const at = instant(now);
      const finding = findingsAt(everySubject, at).find((each) => each.id === id);
      if (!finding) return null;
      const scanner = finding.scanners[0] ?? '';
      const middle = instant((Date.parse(finding.firstSeenAt) + now) / 2);
      return {
        finding,
        changes: [
          { at: finding.firstSeenAt, change: 'opened', scanner },
          ...(finding.reopened > 0
            ? [
                { at: middle, change: 'fixed' as const, scanner },
                { at: instant(Date.parse(middle) + 7 * day), change: 'reopened' as const, scanner },
              ]
            : []),
          ...(finding.fixedAt ? [{ at: finding.fixedAt, change: 'fixed' as const, scanner }] : []),
        ],
        suppressions: suppressions
          .filter((each) => each.rule === finding.rule && (each.asset ?? finding.asset) === finding.asset)
          .map((each) => shownSuppression(each, at)),
      };
    },
    exposure: async ({ subjects, at, limit }) => {
      const all = findingsAt(subjects, at).filter((each) => each.fixedAt === null);
      const open = all.filter((each) => each.state === 'open');
      const byAsset = [...Map.groupBy(open, (each) => each.asset)].toSorted(
        (a, b) => b[1].length - a[1].length,
      );
      const byRule = [...Map.groupBy(open, (each) => each.rule)].toSorted(
        (a, b) => b[1].length - a[1].length,
      );
      return {
        bySeverity: severities.map((severity) => {
          const own = open.filter((each) => each.severity === severity);
          const inBand = (band: string) => own.filter((each) => bandOf(each.ageDays) === band).length;
          return {
            severity,
            ages: { 7: inBand('7'), 30: inBand('30'), 90: inBand('90'), more: inBand('more') },
            suppressed: all.filter((each) => each.severity === severity && each.state === 'suppressed')
              .length,
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
    },
    trend: async (subjects, instants) =>
      instants.map((at) => ({
        at,
        open:
          at < instant(now - 128 * day)
            ? null
            : countBy(findingsAt(subjects, at).filter((each) => each.state === 'open')),
      })),
    figures: async ({ subjects, at }) => {
      const all = findingsAt(subjects, at);
      const open = all.filter((each) => each.state === 'open');
      const assets = assetsOf(subjects);
      const alarms = alarmsOf(subjects);
      const oldest = noCounts();
      for (const each of open) oldest[each.severity] = Math.max(oldest[each.severity], each.ageDays);
      const judged = (verdict: Judgement['verdict']) =>
        alarms.filter((each) => each.judgement?.verdict === verdict).length;
      const due = assets.filter((each) => each.sendsLogs);
      return {
        open: all.length === 0 ? null : countBy(open),
        suppressed: all.length === 0 ? null : countBy(all.filter((each) => each.state === 'suppressed')),
        oldestAgeDays: all.length === 0 ? null : oldest,
        assets:
          assets.length === 0
            ? null
            : { all: assets.length, unowned: assets.filter((each) => each.owner === null).length },
        baselines: assets.flatMap((each) => baselineOf(each) ?? []),
        logSources:
          due.length === 0
            ? null
            : {
                expected: due.length,
                reporting: due.filter((each) => (each.lastLogHours ?? 25) <= 24).length,
              },
        alarms:
          alarms.length === 0
            ? null
            : { raised: alarms.length, confirmed: judged('confirmed'), dismissed: judged('dismissed') },
        scanners:
          all.length === 0
            ? []
            : ['trivy', 'openscap', 'nmap'].map((scanner, step) => ({
                scanner,
                at: instant(now - (step + 1) * day),
              })),
      };
    },
    excerpt: async () => null,
    assets: async ({ subjects, at, isUnowned, search = '', ...span }) => {
      const wanted = search.toLowerCase();
      const open = findingsAt(subjects, at).filter((each) => each.state === 'open');
      const rows = assetsOf(subjects)
        .filter((each) => isUnowned === undefined || (each.owner === null) === isUnowned)
        .filter((each) =>
          `${each.id}\n${each.name}\n${each.aliases.join('\n')}`.toLowerCase().includes(wanted),
        )
        .map(({ lastScanDays, lastLogHours, baseline: _, ...each }) => ({
          ...each,
          firstSeenAt: instant(now - 128 * day),
          lastScanAt: lastScanDays === null ? null : instant(now - lastScanDays * day),
          lastLogAt: lastLogHours === null ? null : instant(now - lastLogHours * hour),
          open: countBy(open.filter((finding) => finding.asset === each.id)),
          baseline: baselineOf(knownAssets.find(({ id }) => id === each.id) as KnownAsset),
        }));
      return page(rows, span);
    },
    renameAsset: async () => undefined,
    suppress: async (order) => {
      if (order.expiresAt <= order.at) throw new InputError('the expiry has passed');
      const made: Suppression = { ...order, id: suppressions.length + 1, ended: null, findings: 0 };
      suppressions.push(made);
      return shownSuppression(made, order.at);
    },
    endSuppression: async (id, by, at) => {
      const index = suppressions.findIndex((each) => each.id === id && each.ended === null);
      const found = suppressions[index];
      if (!found) throw new InputError(`suppression ${id} does not exist or has ended`);
      suppressions[index] = { ...found, ended: { by, at } };
    },
    suppressions: async ({ subjects, at }) =>
      suppressions
        .filter((each) => subjects.includes(each.subject) && each.ended === null && at < each.expiresAt)
        .map((each) => shownSuppression(each, at)),
    alarms: async ({ subjects, isJudged, ...span }) =>
      page(
        alarmsOf(subjects).filter((each) => isJudged === undefined || isJudged === (each.judgement !== null)),
        span,
      ),
    judgeAlarm: async (id, judgement) => {
      if (!alarmRows[id - 1]) throw new InputError(`alarm ${id} does not exist`);
      judgements.set(id, judgement);
    },
  };
  return register;
}
