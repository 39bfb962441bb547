import { sql } from 'kysely';
import { InputError } from '../../../collectors/contract.ts';
import type { Tx } from '../../schema/tables.ts';
import { moveAlarms } from '../alarms/merge-alarms.ts';
import { requireSubject } from '../require-subject.ts';
import { lockRegister } from '../scans/import-scan.ts';
import { assetIdOf } from './asset-id.ts';
import { mergeAssets } from './merge-assets.ts';
import { findAssets } from './scanned-assets.ts';

/** What scanners have reported under the new id already becomes part of the asset. */
export async function renameAsset(
  tx: Tx,
  subject: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await requireSubject(tx, subject);
  await lockRegister(tx, subject);
  const [old, next] = [assetIdOf(from), assetIdOf(to)];
  if (next === '') throw new InputError('the new id of the asset is empty');
  const ids = await findAssets(tx, subject, [old, next]);
  const number = ids.get(old);
  if (number === undefined)
    throw new InputError(`there is no asset "${from}" in ${subject}: see citygauge asset list`);
  const other = ids.get(next);
  if (other !== undefined && other !== number) await takeOver(tx, { number, other, to });
  const { rows } = await sql<{
    asset: string;
  }>`select asset from security_assets where id = ${number}`.execute(tx);
  const before = rows[0]?.asset ?? old;
  if (before === next) return;
  await sql`delete from security_asset_aliases where subject_id = ${subject} and alias = ${next}`.execute(tx);
  await sql`update security_assets set asset = ${next} where id = ${number}`.execute(tx);
  await sql`insert into security_asset_aliases (subject_id, alias, asset_id)
    values (${subject}, ${before}, ${number})`.execute(tx);
  await moveAlarms(tx, { subject, old: before, kept: next });
}

/** InputError when the other asset is listed: two entries of the inventory are two assets. */
async function takeOver(
  tx: Tx,
  { number, other, to }: { readonly number: number; readonly other: number; readonly to: string },
): Promise<void> {
  const { rows } = await sql<{ asset: string }>`select a.asset from security_assets a where a.id = ${other}
    and exists (select from security_inventory i where i.asset_id = a.id)`.execute(tx);
  const [listed] = rows;
  if (listed) {
    throw new InputError(
      `"${to}" is taken by the asset "${listed.asset}" of the inventory: choose another id, or list one of them as an alias of the other`,
    );
  }
  await mergeAssets(tx, other, number);
}
