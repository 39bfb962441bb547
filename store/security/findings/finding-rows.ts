import { sql } from 'kysely';
import { severities } from '../../../collectors/contract.ts';
import type { Finding } from '../../contract.ts';
import type { Database } from '../../schema/tables.ts';
import { daysBetween } from '../severity-counts.ts';
import { sortedOnce } from './finding-content.ts';
import { changesOf, type Span } from './spans.ts';

/** A row of `statesAt`. */
export interface StateRow {
  readonly id: number;
  readonly asset_id: number;
  readonly rule: string;
  readonly asset: string;
  readonly subject_id: string;
  readonly first_seen: string;
  readonly is_open: boolean;
  readonly fixed_at: string | null;
  readonly severity: number;
  readonly is_hidden: boolean;
}

interface Sighting extends Span {
  readonly finding_id: number;
  readonly last_at: string;
  readonly severity: number;
  readonly cvss: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly places: string;
}

/** The findings of these states, in their order, with all that scanners say of them. */
export async function findingsOf(db: Database, states: readonly StateRow[], at: string): Promise<Finding[]> {
  const sightings = await sightingsOf(db, states, at);
  const owners = await ownersOf(db, states, at);
  return states.map((state) =>
    findingOf(state, {
      sightings: sightings.get(state.id) ?? [],
      owner: owners.get(state.asset_id) ?? null,
      at,
    }),
  );
}

export async function spansOf(db: Database, finding: number): Promise<Span[]> {
  const { rows } = await sql<Span>`select scanner, from_at as "from", to_at as "to" from security_sightings
    where finding_id = ${finding} order by from_at, id`.execute(db);
  return rows;
}

/** The last time that a scanner saw a finding is its newest scan of the asset within the span. */
async function sightingsOf(
  db: Database,
  states: readonly StateRow[],
  at: string,
): Promise<Map<number, Sighting[]>> {
  const { rows } = await sql<Sighting>`
    select o.finding_id, o.scanner, o.from_at as "from", o.to_at as "to", o.severity, o.cvss, o.title, o.url, o.places,
      greatest(o.from_at, case when o.last_at <= ${at}::timestamptz then o.last_at end, (
        select max(s.produced_at) from security_scan_assets c join security_scans s on s.id = c.scan_id
        where c.asset_id = f.asset_id and s.scanner = o.scanner and s.produced_at <= ${at}::timestamptz
          and s.produced_at >= o.from_at and (o.to_at is null or s.produced_at < o.to_at))) as last_at
    from security_sightings o join security_findings f on f.id = o.finding_id
    where o.finding_id = any(${states.map(({ id }) => id)}::integer[]) and o.from_at <= ${at}::timestamptz
    order by o.finding_id, o.severity, o.scanner collate "C", o.id`.execute(db);
  return Map.groupBy(rows, ({ finding_id }) => finding_id);
}

async function ownersOf(
  db: Database,
  states: readonly StateRow[],
  at: string,
): Promise<Map<number, string | null>> {
  const { rows } = await sql<{ asset_id: number; owner: string | null }>`
    select distinct on (asset_id) asset_id, owner from security_inventory
    where asset_id = any(${[...new Set(states.map(({ asset_id }) => asset_id))]}::integer[]) and at <= ${at}
    order by asset_id, at desc`.execute(db);
  return new Map(rows.map(({ asset_id, owner }) => [asset_id, owner]));
}

interface Told {
  readonly sightings: readonly Sighting[];
  readonly owner: string | null;
  readonly at: string;
}

/** Of what is said at the instant, or was said last: the worst severity's words, the greatest score, all places. */
function findingOf(state: StateRow, { sightings, owner, at }: Told): Finding {
  const isNow = ({ to }: Sighting) => (state.is_open ? to === null || to > at : to === state.fixed_at);
  const now = sightings.filter(isNow);
  const [worst] = now;
  const scores = now.flatMap(({ cvss }) => cvss ?? []);
  const changes = changesOf(sightings, at);
  return {
    id: state.id,
    subject: state.subject_id,
    rule: state.rule,
    asset: state.asset,
    owner,
    title: worst?.title ?? '',
    severity: severities[state.severity] ?? 'info',
    cvss: scores.length === 0 ? null : Math.max(...scores),
    places: sortedOnce(now.flatMap(({ places }) => JSON.parse(places) as string[])),
    url: now.find(({ url }) => url !== null)?.url ?? null,
    scanners: sortedOnce(sightings.map(({ scanner }) => scanner)),
    state: state.is_open ? (state.is_hidden ? 'suppressed' : 'open') : 'fixed',
    firstSeenAt: state.first_seen,
    lastSeenAt: sightings.reduce((last, { last_at }) => (last_at > last ? last_at : last), state.first_seen),
    fixedAt: state.fixed_at,
    reopened: changes.filter(({ change }) => change === 'reopened').length,
    ageDays: daysBetween(state.first_seen, state.fixed_at ?? at),
  };
}
