import { sql } from 'kysely';
import type { Tx } from '../../schema/tables.ts';

/** Normalised id -> number of the asset that has it as its id or as an alias. */
export async function findAssets(
  tx: Tx,
  subject: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; id: number }>`
    select n.name, coalesce(a.id, l.asset_id) as id from unnest(${[...ids]}::text[]) as n (name)
    left join security_assets a on a.subject_id = ${subject} and a.asset = n.name
    left join security_asset_aliases l on l.subject_id = ${subject} and l.alias = n.name
    where coalesce(a.id, l.asset_id) is not null`.execute(tx);
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** Ids, normalised, with the kind that the report gives them ('' = none). */
export type ScannedKinds = ReadonlyMap<string, string>;

/** The numbers of the assets; those that nobody knows yet are added as seen first at `at`, and earlier sightings move that back. */
export async function takeAssets(
  tx: Tx,
  { subject, at }: { readonly subject: string; readonly at: string },
  kinds: ScannedKinds,
): Promise<Map<string, number>> {
  const ids = [...kinds.keys()];
  const known = await findAssets(tx, subject, ids);
  await sql`update security_assets set first_seen_at = ${at}
    where id = any(${[...new Set(known.values())]}::integer[]) and first_seen_at > ${at}`.execute(tx);
  const fresh = ids.filter((id) => !known.has(id));
  if (fresh.length === 0) return known;
  const { rows } = await sql<{ asset: string; id: number }>`
    insert into security_assets (subject_id, asset, kind, first_seen_at)
    select ${subject}, n.name, n.kind, ${at}::timestamptz
    from unnest(${fresh}::text[], ${fresh.map((id) => kinds.get(id) ?? '')}::text[]) as n (name, kind)
    returning asset, id`.execute(tx);
  for (const { asset, id } of rows) known.set(asset, id);
  return known;
}
