import { sql } from 'kysely';
import { lampOrder, type ThresholdState } from '../../rules/contract.ts';
import { canonicalJson } from '../../scoring/contract.ts';
import type { ThresholdTable } from '../contract.ts';
import type { Database, Tx } from '../schema/tables.ts';

interface Row {
  readonly body: string;
}

export function openThresholds(db: Database): ThresholdTable {
  return {
    save: (thresholds, states) => db.transaction().execute((tx) => save(tx, thresholds, states)),
    async current(subjects) {
      const { rows } = await sql<Row>`
        select body from threshold_states
        where ${subjects === null} or subject_id is null or subject_id = any(${[...(subjects ?? [])]}::text[])
        order by threshold collate "C", series collate "C"`.execute(db);
      const states = rows.map(({ body }) => JSON.parse(body) as ThresholdState);
      return states.toSorted((a, b) => lampOrder.indexOf(a.lamp) - lampOrder.indexOf(b.lamp));
    },
    async history({ threshold, subject = null, limit }) {
      const { rows } = await sql<Row>`
        select body from threshold_changes
        where threshold = ${threshold} and (${subject}::text is null or subject_id = ${subject}::text)
        order by id desc limit ${limit}`.execute(db);
      return rows.map(({ body }) => JSON.parse(body) as ThresholdState);
    },
  };
}

/** The statements take all states at once: a threshold may have thousands of series. */
async function save(tx: Tx, thresholds: readonly string[], states: readonly ThresholdState[]): Promise<void> {
  const stranger = states.find(({ threshold }) => !thresholds.includes(threshold));
  if (stranger) throw new RangeError(`a state of ${stranger.threshold}, which is not among those saved`);
  const given = sql`unnest(${states.map(({ threshold }) => threshold)}::text[],
    ${states.map(({ labels }) => canonicalJson(labels))}::text[],
    ${states.map(({ subject }) => subject)}::text[], ${states.map(({ lamp }) => lamp)}::text[],
    ${states.map((state) => canonicalJson(state))}::text[], ${states.map(changeOf)}::text[],
    ${states.map(({ at }) => at)}::timestamptz[]) as x (threshold, series, subject_id, lamp, body, change, at)`;
  await sql`insert into threshold_changes (threshold, subject_id, series, at, body)
    select x.threshold, x.subject_id, x.series, x.at, x.change from ${given}
    left join threshold_states s on s.threshold = x.threshold and s.series = x.series
    where s.lamp is distinct from x.lamp order by x.threshold, x.series`.execute(tx);
  await sql`delete from threshold_states s where s.threshold = any(${[...thresholds]}::text[])
    and not exists (select from ${given} where x.threshold = s.threshold and x.series = s.series)`.execute(
    tx,
  );
  await sql`insert into threshold_states (threshold, series, subject_id, lamp, body)
    select x.threshold, x.series, x.subject_id, x.lamp, x.body from ${given}
    on conflict (threshold, series) do update
    set subject_id = excluded.subject_id, lamp = excluded.lamp, body = excluded.body`.execute(tx);
}

function changeOf({ memory: _memory, ...state }: ThresholdState): string {
  return canonicalJson(state);
}
