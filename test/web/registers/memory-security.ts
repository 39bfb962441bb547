import type { Workbench } from '../../../dashboards/contract.ts';
import { InputError } from '../../../scoring/contract.ts';
import type { Alarm, Judgement, Suppression } from '../../../store/contract.ts';
import { firstJudgements, firstSuppressions } from './first-decisions.ts';
import { bySeverity, countBy, exposureOf, findingsOf, hides, instant, noCounts } from './memory-findings.ts';
import { alarmRows, day, hour, type KnownAsset, knownAssets, now } from './security-data.ts';

type Register = Workbench['security'];

/** The register's answers over a few findings, assets and alarms; suppressions and judgements last as long as it does. */
export function memorySecurity(): Register {
  const suppressions = firstSuppressions();
  const judgements = firstJudgements();
  const findingsAt = (subjects: readonly string[], at: string) => findingsOf(suppressions, subjects, at);
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
    exposure: async ({ subjects, at, limit }) => exposureOf(findingsAt(subjects, at), limit),
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
