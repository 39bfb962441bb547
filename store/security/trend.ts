import type { SecurityRegister } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { openAt } from './figures.ts';

export async function trendOf(
  db: Database,
  subjects: readonly string[],
  instants: readonly string[],
): ReturnType<SecurityRegister['trend']> {
  const points: Awaited<ReturnType<SecurityRegister['trend']>>[number][] = [];
  for (const at of instants) points.push({ at, open: await openAt(db, { subjects, at }) });
  return points;
}
