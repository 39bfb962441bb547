import { InputError } from '../../../collectors/contract.ts';
import { daysIn, namedSpan, periodSpan, zoneOf } from '../../../rules/budgets.ts';
import type { SloExclusion, SloFigure, SloSpan } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { asInput } from '../evaluate.ts';
import { countFigures } from './counting.ts';
import type { OwnedSlo } from './owned.ts';

/** One span that was counted again. */
export interface Recount {
  readonly span: SloSpan;
  /** Null when it was never counted. */
  readonly before: SloFigure | null;
  /** As it was counted now; kept when `isNew`. */
  readonly after: SloFigure;
  readonly revision: number;
  readonly isNew: boolean;
}

interface Times {
  readonly asOf: string;
  readonly now: string;
}

/** A calendar period by its id with its days, or the rolling window that ends at the instant. InputError for what has not begun. */
export function spansToRecount(
  { definition, subject }: OwnedSlo,
  period: string | undefined,
  asOf: string,
): SloSpan[] {
  const span =
    period === undefined ? periodSpan(definition.period, asOf) : asInput(() => namedSpan(definition, period));
  if (Date.parse(span.from) >= Date.parse(asOf))
    throw new InputError(
      `the period ${span.id} of ${definition.id} begins at ${span.from}, which is to come`,
    );
  const to = Date.parse(span.to) < Date.parse(asOf) ? span.to : asOf;
  return [span, ...daysIn({ from: span.from, to }, zoneOf(definition, subject.timeZone))];
}

/** The calendar periods and days that a stretch of time touches. */
function spansTouched(
  { definition, subject }: OwnedSlo,
  { from, to }: { readonly from: string; readonly to: string },
): SloSpan[] {
  const zone = zoneOf(definition, subject.timeZone);
  const begin = new Date(Date.parse(from) - 86_400_000).toISOString();
  const days = daysIn({ from: begin, to }, zone).filter((day) => Date.parse(day.to) > Date.parse(from));
  if (definition.period.kind === 'rolling') return days;
  const periods = [from, new Date(Date.parse(to) - 1).toISOString()].map((at) =>
    periodSpan(definition.period, at),
  );
  const different = new Map(periods.map((span) => [span.id, span]));
  return [...different.values(), ...days];
}

/** Counts again what an exclusion touches: its days and periods, and the newest window where that is rolling. */
export async function recountTouched(
  store: EvidenceStore,
  owned: OwnedSlo,
  exclusion: Pick<SloExclusion, 'from' | 'to'>,
  at: string,
): Promise<readonly Recount[]> {
  const standings = await store.slo.latest([owned.subject.id], null);
  const window = standings.find(({ definition }) => definition.id === owned.definition.id)?.figure.span;
  const isTouched =
    window?.kind === 'rolling' &&
    Date.parse(exclusion.from) < Date.parse(window.to) &&
    Date.parse(exclusion.to) > Date.parse(window.from);
  const spans = [...(isTouched ? [window] : []), ...spansTouched(owned, exclusion)];
  return recount(store, owned, spans, { asOf: at, now: at });
}

/** Counts spans again and keeps what differs as the next revision. */
export async function recount(
  store: EvidenceStore,
  { definition, subject }: OwnedSlo,
  spans: readonly SloSpan[],
  times: Times,
): Promise<readonly Recount[]> {
  const exclusions = await store.slo.exclusions([subject.id], definition.id);
  const order = { definition, subject: subject.id, spans, exclusions };
  const figures = await countFigures(store, [order], times);
  const before: (SloFigure | null)[] = [];
  for (const { span } of figures) {
    const key = { slo: definition.id, subject: subject.id, span: span.id };
    before.push((await store.slo.revisions(key)).at(-1) ?? null);
  }
  const saved = await store.slo.save(figures.map((figure) => ({ definition, figure })));
  return figures.flatMap((after, index): Recount[] => {
    const kept = saved[index];
    return kept ? [{ span: after.span, before: before[index] ?? null, after, ...kept }] : [];
  });
}
