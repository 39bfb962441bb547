import { type RawBuilder, sql } from 'kysely';
import { severities } from '../../../collectors/contract.ts';
import type { AsOf, Finding, FindingFilter, FindingState } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { assetIdOf } from '../assets/asset-id.ts';
import { storedKey } from '../stored-text.ts';
import { findingsOf, type StateRow } from './finding-rows.ts';
import { statesAt } from './states.ts';

const stateConditions: Readonly<Record<FindingState, RawBuilder<unknown>>> = {
  open: sql`state.is_open and not state.is_hidden`,
  suppressed: sql`state.is_open and state.is_hidden`,
  fixed: sql`not state.is_open`,
};

/** Open before suppressed before fixed, then worst and oldest first. */
export async function listFindings(
  db: Database,
  filter: FindingFilter,
): Promise<{ total: number; rows: Finding[] }> {
  const instant = new Date(filter.at).toISOString();
  const states = await statesAt(db, filter);
  const conditions = sql.join([sql`true`, ...conditionsOf(filter)], sql` and `);
  const { rows } = await sql<StateRow & { total: number }>`
    with state as materialized (${states}), chosen as materialized (select * from state where ${conditions})
    select *, (select count(*) from chosen) as total from chosen
    order by (not is_open)::integer, is_hidden and is_open, severity, first_seen, rule collate "C", id
    offset ${filter.offset} limit ${filter.limit}`.execute(db);
  const total = rows[0]?.total ?? (filter.offset === 0 ? 0 : await countOf(db, states, conditions));
  return { total, rows: await findingsOf(db, rows, instant) };
}

/** A page beyond the last one has no row that could tell. */
async function countOf(
  db: Database,
  states: RawBuilder<unknown>,
  conditions: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (${states}) state where ${conditions}`.execute(db);
  return rows[0]?.total ?? 0;
}

function conditionsOf(filter: FindingFilter): RawBuilder<unknown>[] {
  const { state, severity, asset, rule, search } = filter;
  return [
    ...(state === undefined ? [] : [stateConditions[state]]),
    ...(severity === undefined ? [] : [sql`state.severity = ${severities.indexOf(severity)}`]),
    ...(asset === undefined ? [] : [isAsset(filter, asset)]),
    ...(rule === undefined ? [] : [sql`state.rule = ${storedKey(rule)}`]),
    ...(search === undefined || search.trim() === '' ? [] : [isFound(search.trim())]),
  ];
}

function isAsset({ subjects }: AsOf, asset: string): RawBuilder<unknown> {
  const id = assetIdOf(asset);
  return sql`(state.asset = ${id} or state.asset_id in (select asset_id from security_asset_aliases
    where subject_id = any(${[...subjects]}::text[]) and alias = ${id}))`;
}

function isFound(search: string): RawBuilder<unknown> {
  const part = containing(search);
  return sql`(state.rule ilike ${part} or state.asset ilike ${part} or exists (
    select from security_sightings o where o.finding_id = state.id and o.title ilike ${part}))`;
}

/** A pattern of `like` that matches a text anywhere, its own signs taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '')}%`;
}
