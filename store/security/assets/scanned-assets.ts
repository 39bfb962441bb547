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

/** What a report says of an asset beside its id. */
export interface ScannedNames {
  /** '' = none. */
  readonly kind: string;
  /** Normalised. */
  readonly aliases: readonly string[];
}

/**
 * The numbers of the assets, by normalised id. One that nobody knows by its id is the listed asset that has one of its aliases as id
 * or alias, when it is the only one; else it is added as seen first at `at`. Earlier sightings move that back.
 */
export async function takeAssets(
  tx: Tx,
  { subject, at }: { readonly subject: string; readonly at: string },
  scanned: ReadonlyMap<string, ScannedNames>,
): Promise<Map<string, number>> {
  const known = await findAssets(tx, subject, [...scanned.keys()]);
  const unknown = [...scanned].filter(([id]) => !known.has(id));
  for (const [id, number] of await findByAliases(tx, subject, unknown)) known.set(id, number);
  await sql`update security_assets set first_seen_at = ${at}
    where id = any(${[...new Set(known.values())]}::integer[]) and first_seen_at > ${at}`.execute(tx);
  const fresh = unknown.filter(([id]) => !known.has(id));
  if (fresh.length === 0) return known;
  const { rows } = await sql<{ asset: string; id: number }>`
    insert into security_assets (subject_id, asset, kind, first_seen_at)
    select ${subject}, n.name, n.kind, ${at}::timestamptz
    from unnest(${fresh.map(([id]) => id)}::text[], ${fresh.map(([, { kind }]) => kind)}::text[]) as n (name, kind)
    returning asset, id`.execute(tx);
  for (const { asset, id } of rows) known.set(asset, id);
  return known;
}

/** Id -> number of the one listed asset that its aliases point to; none where they point to several. */
async function findByAliases(
  tx: Tx,
  subject: string,
  scanned: readonly (readonly [id: string, names: ScannedNames])[],
): Promise<Map<string, number>> {
  const numbers = await findAssets(tx, subject, [...new Set(scanned.flatMap(([, { aliases }]) => aliases))]);
  const { rows } = await sql<{ asset_id: number }>`select distinct asset_id from security_inventory
    where asset_id = any(${[...new Set(numbers.values())]}::integer[])`.execute(tx);
  const listed = new Set(rows.map(({ asset_id }) => asset_id));
  const found = new Map<string, number>();
  for (const [id, { aliases }] of scanned) {
    const candidates = new Set(aliases.flatMap((alias) => numbers.get(alias) ?? []));
    const [only, second] = [...candidates].filter((number) => listed.has(number));
    if (only !== undefined && second === undefined) found.set(id, only);
  }
  return found;
}
