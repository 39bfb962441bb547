import type { SecurityExcerpt } from '../../collectors/contract.ts';
import type { AsOf } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { figuresAt } from './figures.ts';
import { listFindings } from './findings/finding-list.ts';
import { suppressionsAt } from './suppressions.ts';

export async function excerptAt(
  db: Database,
  request: AsOf & { readonly limit: number },
): Promise<SecurityExcerpt | null> {
  const { subjects, at, limit } = request;
  const figures = await figuresAt(db, { subjects, at });
  const { open, assets, alarms, logSources } = figures;
  if (open === null && assets === null && alarms === null && logSources === null) return null;
  const { total, rows } = await listFindings(db, { subjects, at, state: 'open', offset: 0, limit });
  const suppressions = await suppressionsAt(db, { subjects, at });
  return {
    at,
    figures,
    findings: rows.map((row) => ({
      ...{ rule: row.rule, title: row.title, asset: row.asset, owner: row.owner, severity: row.severity },
      ...{ cvss: row.cvss, firstSeenAt: row.firstSeenAt, reopened: row.reopened },
    })),
    omitted: total - rows.length,
    suppressions: suppressions
      .filter(({ ended, expiresAt }) => ended === null && Date.parse(expiresAt) > Date.parse(at))
      .map(({ rule, asset, reason, by, expiresAt, findings }) => ({
        ...{ rule, asset, reason, by, expiresAt, findings },
      })),
  };
}
