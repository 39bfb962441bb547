import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SloReading } from '../../../collectors/contract.ts';
import {
  dueSpans,
  isOfOtherDefinition,
  isSettled,
  periodBefore,
  periodSpan,
} from '../../../rules/budgets.ts';
import {
  allowedRatio,
  budgetOfFigure,
  type Slo,
  type SloDefinition,
  type SloFigure,
} from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { familyOf } from '../family.ts';
import { type CountOrder, countFigures } from './counting.ts';
import { type OwnedSlo, ownedSlos } from './owned.ts';
import { measureOf } from './stretches.ts';

export { type OwnedSlo, ownedSlos } from './owned.ts';

interface Ask {
  /** Whose SLOs; those of its descendants too. */
  readonly subject: string;
  readonly at: string;
  readonly now: string;
  readonly signal: AbortSignal;
  /** Counts, and keeps nothing. */
  readonly isDryRun: boolean;
}

/** What is to be counted of one SLO, and what is kept of it already, by span id. */
interface DueOrder extends CountOrder {
  readonly kept: ReadonlyMap<string, SloFigure>;
}

/** SLOs counted together: bounds the memory of a run, and lets pages have the store in between. */
const slosAtOnce = 50;

/** Counts what is due of the SLOs, keeps it, and says how each stands. */
export async function readSloStandings(
  store: EvidenceStore,
  slos: readonly Slo[],
  { subject, at, now, signal, isDryRun }: Ask,
): Promise<readonly SloReading[]> {
  const subjects = await store.subjects.list();
  const family = new Set(familyOf(subject, subjects));
  const own = ownedSlos(slos, subjects).filter((slo) => family.has(slo.subject.id));
  const readings: SloReading[] = [];
  for (let first = 0; first < own.length; first += slosAtOnce) {
    const some = own.slice(first, first + slosAtOnce);
    readings.push(...(await readSome(store, some, { at, now, signal, isDryRun })));
    // The embedded store answers without ever leaving the turn: requests of pages would not even be heard.
    await nextTurn();
  }
  return readings;
}

/** Counts some SLOs and keeps them before the next are begun. */
async function readSome(
  store: EvidenceStore,
  slos: readonly OwnedSlo[],
  { at, now, signal, isDryRun }: Omit<Ask, 'subject'>,
): Promise<readonly SloReading[]> {
  const orders: DueOrder[] = [];
  for (const slo of slos) orders.push(await dueOrder(store, slo, at));
  signal.throwIfAborted();
  const figures = await countFigures(store, orders, { asOf: at, now });
  signal.throwIfAborted();
  const counted = orders.flatMap((order) => order.spans.map(() => order));
  const standings = figures.flatMap((figure, index) => {
    const order = counted[index];
    return order ? [{ order, definition: order.definition, figure }] : [];
  });
  if (!isDryRun) await store.slo.save(standings.filter(isToKeep));
  return standings
    .filter(({ definition, figure }) => figure.span.id === periodSpan(definition.period, at).id)
    .map(({ definition, figure }) => readingOf(definition, figure));
}

function isToKeep({ order, figure }: { readonly order: DueOrder; readonly figure: SloFigure }): boolean {
  const before = order.kept.get(figure.span.id);
  return before === undefined || !isOfOtherDefinition(before, figure);
}

async function dueOrder(
  store: EvidenceStore,
  { definition, subject }: OwnedSlo,
  at: string,
): Promise<DueOrder> {
  const key = { slo: definition.id, subject: subject.id };
  const { kind, from } = periodSpan(definition.period, at);
  const before = periodBefore(definition, at);
  const begins = before?.from ?? from;
  const figures = [
    ...(await store.slo.figures({ ...key, kind: 'day', from: begins, to: at })),
    ...(before ? await store.slo.figures({ ...key, kind, from: begins, to: from }) : []),
  ];
  const kept = new Map(figures.map((figure) => [figure.span.id, figure]));
  const known = new Map(figures.map((figure) => [figure.span.id, isSettled(figure)]));
  const due = dueSpans(definition, { at, timeZone: subject.timeZone, known });
  const exclusions = await store.slo.exclusions([subject.id], definition.id);
  const isCountable = measureOf(definition.sli) !== null || (store.promql !== null && !subject.isSample);
  const spans = [...due.periods, ...(isCountable ? due.days : [])];
  return { definition, subject: subject.id, spans, exclusions, kept };
}

/** How a figure tells of its SLO. */
export function readingOf(definition: SloDefinition, figure: SloFigure): SloReading {
  const { raw, adjusted, outlook } = budgetOfFigure(definition, figure);
  return {
    ...{ slo: definition.id, service: definition.service, subject: figure.subject },
    objectiveRatio: 1 - allowedRatio(definition.objectivePercent),
    attainmentRatio: raw.attainmentRatio,
    adjustedAttainmentRatio: adjusted.attainmentRatio,
    budgetLeftRatio: adjusted.leftRatio,
    burnNow: outlook.burnNow,
    isWithoutEvents: figure.state === 'zeroBase',
    reason: figure.reason,
  };
}
