import { sql } from 'kysely';
import { type Severity, severities } from '../../collectors/contract.ts';
import type { AgeBand, AsOf, Exposure } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { statesAt } from './findings/states.ts';
import { bySeverity } from './severity-counts.ts';

interface Groups {
  readonly severities: readonly ({ readonly severity: number; readonly suppressed: number } & Record<
    'week' | 'month' | 'quarter' | 'more',
    number
  >)[];
  readonly assets: readonly (readonly [asset: number, severity: number, count: number])[];
  readonly rules: readonly {
    readonly rule: string;
    readonly severity: number;
    readonly assets: number;
  }[];
}

/** All three tables from one pass over the states. */
export async function exposureAt(db: Database, request: AsOf & { limit: number }): Promise<Exposure> {
  const { at, limit } = request;
  const age = (from: number, to: number | null) =>
    sql`count(*) filter (where not is_hidden and first_seen < ${at}::timestamptz - ${from} * interval '1 day'
      ${to === null ? sql`` : sql`and first_seen >= ${at}::timestamptz - ${to} * interval '1 day'`})`;
  const { rows } = await sql<Groups>`
    with state as materialized (select * from (${await statesAt(db, request)}) each where is_open),
    largest as (select asset_id from state where not is_hidden group by asset_id
      order by count(*) filter (where severity = 0) desc, count(*) filter (where severity = 1) desc, count(*) desc, asset_id
      limit ${limit})
    select
      (select coalesce(json_agg(one), '[]') from (
        select severity, count(*) filter (where is_hidden) as suppressed,
          count(*) filter (where not is_hidden and first_seen >= ${at}::timestamptz - interval '7 days') as week,
          ${age(7, 30)} as month, ${age(30, 90)} as quarter, ${age(90, null)} as more
        from state group by severity) one) as severities,
      (select coalesce(json_agg(json_build_array(asset_id, severity, count)), '[]') from (
        select asset_id, severity, count(*) as count from state
        where not is_hidden and asset_id in (select asset_id from largest) group by asset_id, severity) one) as assets,
      (select coalesce(json_agg(one), '[]') from (
        select rule, min(severity) as severity, count(distinct asset_id) as assets from state where not is_hidden
        group by rule order by count(distinct asset_id) desc, min(severity), rule collate "C" limit ${limit}) one) as rules`.execute(
    db,
  );
  const groups = rows[0] ?? { severities: [], assets: [], rules: [] };
  return {
    bySeverity: severities.map((severity, place) =>
      ageRow(
        severity,
        groups.severities.find((row) => row.severity === place),
      ),
    ),
    byAsset: await assetRows(db, groups.assets, at),
    byRule: await ruleRows(db, groups.rules),
  };
}

function ageRow(
  severity: Severity,
  row: Groups['severities'][number] | undefined,
): Exposure['bySeverity'][number] {
  const ages: Record<AgeBand, number> = {
    '7': row?.week ?? 0,
    '30': row?.month ?? 0,
    '90': row?.quarter ?? 0,
    more: row?.more ?? 0,
  };
  return { severity, ages, suppressed: row?.suppressed ?? 0 };
}

/** Most critical, then most high, then most findings first. */
async function assetRows(db: Database, groups: Groups['assets'], at: string): Promise<Exposure['byAsset']> {
  const ids = [...new Set(groups.map(([id]) => id))];
  const { rows } = await sql<{ id: number; asset: string; owner: string | null }>`
    select a.id, a.asset, (select i.owner from security_inventory i where i.asset_id = a.id and i.at <= ${at}
      order by i.at desc limit 1) as owner
    from security_assets a where a.id = any(${ids}::integer[]) order by a.id`.execute(db);
  const counted = rows.map(({ id, asset, owner }) => ({
    ...{ asset, owner },
    open: bySeverity(
      groups.filter(([each]) => each === id).map(([, severity, count]) => ({ severity, count })),
    ),
  }));
  const total = ({ open }: (typeof counted)[number]) =>
    Object.values(open).reduce((sum, count) => sum + count, 0);
  return counted.sort(
    (a, b) => b.open.critical - a.open.critical || b.open.high - a.open.high || total(b) - total(a),
  );
}

async function ruleRows(db: Database, groups: Groups['rules']): Promise<Exposure['byRule']> {
  const rules = groups.map(({ rule }) => rule);
  const { rows } = await sql<{ rule: string; title: string }>`
    select rule, (select o.title from security_findings f join security_sightings o on o.finding_id = f.id
      where f.rule = wanted.rule order by o.to_at desc nulls first, o.id limit 1) as title
    from unnest(${rules}::text[]) as wanted (rule)`.execute(db);
  const titles = new Map(rows.map(({ rule, title }) => [rule, title]));
  return groups.map(({ rule, severity, assets }) => ({
    ...{ rule, title: titles.get(rule) ?? '', assets },
    severity: severities[severity] ?? 'info',
  }));
}
