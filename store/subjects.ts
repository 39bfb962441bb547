import { sql } from 'kysely';
import { isTimeZone, type Subject, subjectIdPattern } from '../collectors/contract.ts';
import type { SubjectTable } from './contract.ts';
import type { Database, SubjectsTable, Tx } from './schema/tables.ts';

export function openSubjects(db: Database): SubjectTable {
  return {
    async list() {
      return inTreeOrder(await listSubjects(db));
    },
    async get(id) {
      const row = await db.selectFrom('subjects').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toSubject(row) : null;
    },
    put: (subjects) => db.transaction().execute((tx) => putSubjects(tx, subjects)),
  };
}

/** Adds and updates within the caller's transaction; RangeError for a subject that cannot stand in the tree. */
export async function putSubjects(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<{ added: number; changed: number }> {
  if (subjects.length === 0) return { added: 0, changed: 0 };
  await sql`select pg_advisory_xact_lock(hashtext('citygauge subjects'))`.execute(tx);
  const before = new Map((await listSubjects(tx)).map((subject) => [subject.id, subject]));
  const after = new Map(before);
  for (const subject of subjects) after.set(subject.id, subject);
  for (const subject of subjects) checkSubject(subject, after);
  const fresh = [...new Set(subjects.map(({ id }) => id))].flatMap((id) => after.get(id) ?? []);
  const changed = fresh.filter(({ id, ...rest }) => {
    const old = before.get(id);
    return old !== undefined && !isSame(old, { id, ...rest });
  });
  const added = fresh.filter(({ id }) => !before.has(id));
  await refuseMovedRecords(tx, changed, before, after);
  await writeSubjects(tx, [...added, ...changed]);
  return { added: added.length, changed: changed.length };
}

async function writeSubjects(tx: Tx, subjects: readonly Subject[]): Promise<void> {
  const batch = 1000;
  for (let at = 0; at < subjects.length; at += batch) {
    await tx
      .insertInto('subjects')
      .values(subjects.slice(at, at + batch).map(toRow))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          name_zh: eb.ref('excluded.name_zh'),
          name_en: eb.ref('excluded.name_en'),
          kind: eb.ref('excluded.kind'),
          parent_id: eb.ref('excluded.parent_id'),
          time_zone: eb.ref('excluded.time_zone'),
          is_sample: eb.ref('excluded.is_sample'),
        })),
      )
      .execute();
  }
}

async function listSubjects(db: Database): Promise<Subject[]> {
  return (await db.selectFrom('subjects').selectAll().execute()).map(toSubject);
}

function checkSubject(subject: Subject, all: ReadonlyMap<string, Subject>): void {
  const { id, parent, timeZone, isSample } = subject;
  if (!subjectIdPattern.test(id)) {
    throw new RangeError(`subject id "${id}" is not allowed: use lower-case letters, digits, "-" and "/"`);
  }
  if (!isTimeZone(timeZone)) {
    throw new RangeError(
      `subject "${id}" has the unknown time zone "${timeZone}": write an IANA name such as Asia/Shanghai`,
    );
  }
  if (parent === null) return;
  const above = all.get(parent);
  if (!above)
    throw new RangeError(`subject "${id}" names the unknown parent "${parent}": add the parent first`);
  if (chainOf(id, all).includes(id)) {
    throw new RangeError(`subject "${id}" would lie below itself: name another parent than "${parent}"`);
  }
  if (above.isSample !== isSample) {
    throw new RangeError(
      `subject "${id}" and its parent "${parent}" must both be sample or both be real: put "${id}" elsewhere`,
    );
  }
}

/** Ids of the ancestors, nearest first; ends early on a cycle, whose entry then occurs in it. */
function chainOf(id: string, all: ReadonlyMap<string, Subject>): string[] {
  const chain: string[] = [];
  for (let at = all.get(id)?.parent ?? null; at !== null && !chain.includes(at); ) {
    chain.push(at);
    at = all.get(at)?.parent ?? null;
  }
  return chain;
}

/** Record ids are unique per root, so a subject under which records were imported keeps its root. */
async function refuseMovedRecords(
  tx: Tx,
  changed: readonly Subject[],
  before: ReadonlyMap<string, Subject>,
  after: ReadonlyMap<string, Subject>,
): Promise<void> {
  const rootOf = (id: string, all: ReadonlyMap<string, Subject>) => chainOf(id, all).at(-1) ?? id;
  const moved = [...before.keys()].filter((id) => rootOf(id, before) !== rootOf(id, after));
  if (changed.length === 0 || moved.length === 0) return;
  const used = await tx
    .selectFrom('imports')
    .select('subject_id')
    .where('subject_id', 'in', moved)
    .executeTakeFirst();
  if (used) {
    throw new RangeError(`subject "${used.subject_id}" has records and cannot be moved to another tree`);
  }
}

/** Parents before children, siblings by id. */
function inTreeOrder(subjects: readonly Subject[]): Subject[] {
  const children = new Map<string | null, Subject[]>();
  for (const subject of [...subjects].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const siblings = children.get(subject.parent) ?? [];
    siblings.push(subject);
    children.set(subject.parent, siblings);
  }
  const below = (parent: string | null): Subject[] =>
    (children.get(parent) ?? []).flatMap((subject) => [subject, ...below(subject.id)]);
  return below(null);
}

function isSame(a: Subject, b: Subject): boolean {
  const [left, right] = [toRow(a), toRow(b)];
  return (Object.keys(left) as (keyof SubjectsTable)[]).every((key) => left[key] === right[key]);
}

function toRow(subject: Subject): SubjectsTable {
  return {
    id: subject.id,
    name_zh: subject.name.zh,
    name_en: subject.name.en,
    kind: subject.kind,
    parent_id: subject.parent,
    time_zone: subject.timeZone,
    is_sample: subject.isSample,
  };
}

function toSubject(row: SubjectsTable): Subject {
  return {
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    parent: row.parent_id,
    timeZone: row.time_zone,
    isSample: row.is_sample,
  };
}
