import { sql } from 'kysely';
import type { Asset } from '../../../collectors/contract.ts';
import type { SecurityRegister } from '../../contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { moveAlarms } from '../alarms/merge-alarms.ts';
import { requireSubject } from '../require-subject.ts';
import { lockRegister } from '../scans/import-scan.ts';
import { storedText } from '../stored-text.ts';
import { assetIdOf } from './asset-id.ts';
import { mergeAssets } from './merge-assets.ts';
import { findAssets, takeAssets } from './scanned-assets.ts';

type Counts = Awaited<ReturnType<SecurityRegister['putAssets']>>;

/** Aliases that the register knows are kept when the list does not repeat them: earlier names go on to be found. */
export async function putAssets(
  tx: Tx,
  { subject, at }: { readonly subject: string; readonly at: string },
  given: readonly Asset[],
): Promise<Counts> {
  await requireSubject(tx, subject);
  await lockRegister(tx, subject);
  const assets = given.map(normalised);
  refuseSharedIds(assets);
  const known = await findAssets(
    tx,
    subject,
    assets.map(({ id }) => id),
  );
  const listed = await entriesOf(tx, [...known.values()]);
  const names = new Map(assets.map(({ id, kind }) => [id, { kind, aliases: [] }]));
  const ids = await takeAssets(tx, { subject, at }, names);
  refuseTwice(assets, ids);
  const aliased = await findAssets(
    tx,
    subject,
    assets.flatMap(({ aliases }) => aliases),
  );
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const asset of assets) {
    const number = ids.get(asset.id) ?? 0;
    // What is an asset of the list is never merged away, so that what was its alias before the list still is.
    const hasNewAlias =
      asset.aliases.some((alias) => aliased.get(alias) !== number) &&
      (await takeAliases(tx, { subject, number, ids }, asset));
    const before = listed.get(number);
    const isSame = before !== undefined && isEqual(before, asset);
    if (!isSame) await putEntry(tx, { number, at }, asset);
    if (before === undefined) counts.added += 1;
    else if (isSame && !hasNewAlias) counts.unchanged += 1;
    else counts.changed += 1;
  }
  return counts;
}

function normalised(asset: Asset): Asset {
  const id = assetIdOf(asset.id);
  if (id === '') throw new RangeError('an asset has an empty id');
  const owner = storedText(asset.owner ?? '').trim();
  const aliases = [...new Set(asset.aliases.map(assetIdOf))].filter((alias) => alias !== '' && alias !== id);
  return {
    ...{ id, name: storedText(asset.name).trim() || id, kind: storedText(asset.kind).trim() },
    ...{ owner: owner === '' ? null : owner, aliases, sendsLogs: asset.sendsLogs },
  };
}

function refuseSharedIds(assets: readonly Asset[]): void {
  const owners = new Map<string, string>();
  for (const { id, aliases } of assets) {
    for (const name of [id, ...aliases]) {
      const other = owners.get(name);
      if (other !== undefined) throw sharedId(name, other, id);
      owners.set(name, id);
    }
  }
}

/** Two rows of the list that the register knows as one asset. */
function refuseTwice(assets: readonly Asset[], ids: ReadonlyMap<string, number>): void {
  const rows = new Map<number, string>();
  for (const { id } of assets) {
    const number = ids.get(id) ?? 0;
    const other = rows.get(number);
    if (other !== undefined) throw sharedId(id, other, id);
    rows.set(number, id);
  }
}

/** With the subject where the first asset is in the register: it may be the second under its earlier name. */
function sharedId(name: string, first: string, second: string, subject: string | null = null): RangeError {
  if (first === second) return new RangeError(`the asset "${first}" is listed twice`);
  const rename =
    subject === null
      ? ''
      : `, or, when it has only a new name, run citygauge asset rename "${first}" "${second}" --subject ${subject} before`;
  return new RangeError(
    `"${name}" is an id or alias of two assets, "${first}" and "${second}": keep it at one${rename}`,
  );
}

interface Entry {
  readonly asset_id: number;
  readonly name: string;
  readonly kind: string;
  readonly owner: string | null;
  readonly sends_logs: boolean;
}

async function entriesOf(tx: Tx, numbers: readonly number[]): Promise<Map<number, Entry>> {
  const { rows } = await sql<Entry>`
    select distinct on (asset_id) asset_id, name, kind, owner, sends_logs from security_inventory
    where asset_id = any(${[...numbers]}::integer[]) order by asset_id, at desc`.execute(tx);
  return new Map(rows.map((row) => [row.asset_id, row]));
}

const isEqual = (entry: Entry, { name, kind, owner, sendsLogs }: Asset) =>
  entry.name === name && entry.kind === kind && entry.owner === owner && entry.sends_logs === sendsLogs;

async function putEntry(
  tx: Tx,
  { number, at }: { readonly number: number; readonly at: string },
  { name, kind, owner, sendsLogs }: Asset,
): Promise<void> {
  const entry = { name, kind, owner, sends_logs: sendsLogs };
  await tx
    .insertInto('security_inventory')
    .values({ asset_id: number, at, ...entry })
    .onConflict((conflict) => conflict.columns(['asset_id', 'at']).doUpdateSet(entry))
    .execute();
}

interface Taking {
  readonly subject: string;
  readonly number: number;
  /** Ids of the list. */
  readonly ids: ReadonlyMap<string, number>;
}

/** True when an alias is new. What was an asset of its own under an alias becomes part of this one. */
async function takeAliases(
  tx: Tx,
  { subject, number, ids }: Taking,
  { id, aliases }: Asset,
): Promise<boolean> {
  const known = await findAssets(tx, subject, aliases);
  const { rows } = await sql<{ alias: string; asset: string; asset_id: number }>`
    select l.alias, a.asset, a.id as asset_id from security_asset_aliases l join security_assets a on a.id = l.asset_id
    where l.subject_id = ${subject} and l.alias = any(${[...aliases]}::text[])`.execute(tx);
  const foreign = rows.find(({ asset_id }) => asset_id !== number);
  if (foreign) throw sharedId(foreign.alias, foreign.asset, id, subject);
  const fresh = aliases.filter((alias) => known.get(alias) !== number);
  for (const alias of fresh) {
    const other = known.get(alias);
    if (other !== undefined && [...ids.values()].includes(other)) throw sharedId(alias, alias, id);
    if (other !== undefined) await mergeAssets(tx, other, number);
    else await addAlias(tx, { subject, alias, number });
  }
  return fresh.length > 0;
}

async function addAlias(
  tx: Tx,
  { subject, alias, number }: { readonly subject: string; readonly alias: string; readonly number: number },
): Promise<void> {
  await sql`insert into security_asset_aliases (subject_id, alias, asset_id)
    values (${subject}, ${alias}, ${number})`.execute(tx);
  const { rows } = await sql<{
    asset: string;
  }>`select asset from security_assets where id = ${number}`.execute(tx);
  await moveAlarms(tx, { subject, old: alias, kept: rows[0]?.asset ?? alias });
}
