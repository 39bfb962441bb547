import { join } from 'node:path';
import { parsePeriod, periodAt, shiftPeriod } from '../../collectors/contract.ts';
import { daysIn, periodSeconds } from '../../rules/budgets.ts';
import type { SloExclusion, SloFigure, SloSpan, Subject } from '../../rules/contract.ts';
import { readSlos, readSpecFiles } from '../../rules/slo.ts';
import type { SampleCity } from '../../samples/city/sample-city.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { familyOf } from './family.ts';
import { countDays, dailySloReadings, dayFigures, spanUpTo } from './sample-slo-days.ts';
import { type CountOrder, countFigures } from './slo/counting.ts';
import { type OwnedSlo, ownedSlos } from './slo/owned.ts';

const specs = join(import.meta.dirname, '..', '..', 'samples', 'slo', 'city.yaml');

/** So many of the last months have their days counted one by one. */
const monthsWithDays = 2;

/**
 * Counts the sample's promises at the end of each of its months and on the days of the last two, and tells how they stood
 * at the end of every day; the same again changes nothing. Returns the number of readings.
 */
export async function fillSlos(store: EvidenceStore, city: SampleCity, signal: AbortSignal): Promise<number> {
  const subjects = await store.subjects.list();
  const root = subjects.find(({ id }) => id === city.root);
  if (!root) throw new Error(`${city.root} is not in the store`);
  const slos = ownedSlos(readSlos(await readSpecFiles([specs])).slos, subjects);
  await excludeOnce(store, city, slos);
  const exclusions = await store.slo.exclusions([city.root], null);
  const months = monthsOf(city, root);
  const days = daysOf(months, root);
  const lastDays = daysOf(months.slice(-monthsWithDays), root);
  const recordedAt = new Map(exclusions.map((each) => [each.id, each.recordedAt]));
  const promises = slos.map((slo) => ({
    slo,
    exclusions: exclusions.filter((each) => each.slo === slo.definition.id),
  }));
  const ended = await countMonths(store, promises, months);
  let told = 0;
  for (const promise of promises) {
    signal.throwIfAborted();
    const { slo } = promise;
    const family = familyOf(slo.subject.id, subjects);
    const counts = await countDays(store.metrics, slo, { days, subjects: family });
    const [touched, whole] = parted(lastDays, promise.exclusions);
    await countAndSave(store, [orderOf(promise, touched)], city.to);
    const { definition } = slo;
    await store.slo.save(dayFigures(slo, whole, counts).map((figure) => ({ definition, figure })));
    const own = ended.filter((figure) => figure.slo === slo.definition.id);
    const readings = dailySloReadings(slo, { days, counts, ended: own, recordedAt });
    await store.readings.put(readings);
    told += readings.length;
  }
  return told;
}

interface KeptPromise {
  readonly slo: OwnedSlo;
  /** Of this SLO. */
  readonly exclusions: readonly SloExclusion[];
}

function orderOf({ slo, exclusions }: KeptPromise, spans: readonly SloSpan[]): CountOrder {
  return { definition: slo.definition, subject: slo.subject.id, spans, exclusions };
}

/** All promises of a month at once; the burn before its end is counted for the last month only. */
async function countMonths(
  store: EvidenceStore,
  promises: readonly KeptPromise[],
  months: readonly Stretch[],
): Promise<readonly SloFigure[]> {
  const figures: SloFigure[] = [];
  for (const { end } of months) {
    const orders = promises.map((promise) => ({
      ...orderOf(promise, [spanUpTo(promise.slo.definition, end)]),
      withoutRecent: end !== months.at(-1)?.end,
    }));
    figures.push(...(await countAndSave(store, orders, end)));
  }
  return figures;
}

/** Figures stamped with the end of what they count, so that the same fill gives the same bytes. */
async function countAndSave(
  store: EvidenceStore,
  orders: readonly CountOrder[],
  asOf: string,
): Promise<readonly SloFigure[]> {
  const figures = await countFigures(store, orders, { asOf, now: asOf });
  const definitions = orders.flatMap(({ definition, spans }) => spans.map(() => definition));
  const standings = figures.flatMap((figure, index) => {
    const definition = definitions[index];
    return definition ? [{ definition, figure }] : [];
  });
  await store.slo.save(standings);
  return figures;
}

/** Days of which something is left out, and the others. */
function parted(
  days: readonly SloSpan[],
  exclusions: readonly SloExclusion[],
): readonly [touched: readonly SloSpan[], whole: readonly SloSpan[]] {
  const isTouched = (day: SloSpan) =>
    exclusions.some(
      ({ from, to }) => Date.parse(from) < Date.parse(day.to) && Date.parse(to) > Date.parse(day.from),
    );
  return [days.filter(isTouched), days.filter((day) => !isTouched(day))];
}

function monthsOf({ from, to }: SampleCity, { timeZone }: Subject) {
  const months = [parsePeriod(periodAt('month', from, timeZone), timeZone)];
  for (let last = months[0]; last && Date.parse(last.end) < Date.parse(to); last = months.at(-1))
    months.push(parsePeriod(shiftPeriod(last.id, 1), timeZone));
  return months;
}

interface Stretch {
  readonly start: string;
  readonly end: string;
}

function daysOf(months: readonly Stretch[], { timeZone }: Subject): readonly SloSpan[] {
  const [first, last] = [months[0], months.at(-1)];
  return first && last ? daysIn({ from: first.start, to: last.end }, timeZone) : [];
}

async function excludeOnce(
  { slo: register }: EvidenceStore,
  { root, exclusions }: SampleCity,
  slos: readonly OwnedSlo[],
): Promise<void> {
  if ((await register.exclusions([root], null)).length > 0) return;
  for (const { recordedAt: at, ...exclusion } of exclusions) {
    const promised = slos.find(({ definition }) => definition.id === exclusion.slo);
    if (!promised) throw new Error(`${specs} has no ${exclusion.slo}, which an exclusion names`);
    const { period } = promised.definition;
    await register.exclude({ ...exclusion, at, periodSeconds: periodSeconds(period, exclusion.from) });
  }
}
