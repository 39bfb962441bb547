import { periodSpan } from '../../../rules/budgets.ts';
import { type Budget, budgetOfFigure, type SloFigure, type SloStanding } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { type CountOrder, countFigures } from './counting.ts';
import type { OwnedSlo } from './owned.ts';

/** How an SLO stands: `atRisk` is kept so far and forecast to be missed by the end of its period. */
export type SloState = 'met' | 'atRisk' | 'missed' | 'unsure' | 'zeroBase' | 'absent' | 'failed';

export interface SloStatus extends SloStanding {
  readonly budget: Budget;
  readonly state: SloState;
}

/**
 * Counts the running period of each SLO as of an instant, and keeps nothing. The sample's samples end when it was made:
 * later it stands as it stood then.
 */
export async function statusOf(
  store: EvidenceStore,
  slos: readonly OwnedSlo[],
  time: { readonly asOf: string; readonly now: string },
): Promise<readonly SloStatus[]> {
  const orders: CountOrder[] = [];
  const kept = new Map<OwnedSlo, SloFigure>();
  for (const slo of slos) {
    const { definition, subject } = slo;
    const newest = subject.isSample ? await newestFigure(store, slo) : null;
    if (newest && Date.parse(newest.asOf) <= Date.parse(time.asOf)) {
      kept.set(slo, newest);
      continue;
    }
    const exclusions = await store.slo.exclusions([subject.id], definition.id);
    const spans = [periodSpan(definition.period, time.asOf)];
    orders.push({ definition, subject: subject.id, spans, exclusions });
  }
  const counted = (await countFigures(store, orders, time)).values();
  return slos.flatMap((slo) => {
    const { definition } = slo;
    const figure = kept.get(slo) ?? counted.next().value;
    if (!figure) return [];
    const budget = budgetOfFigure(definition, figure);
    return [{ definition, figure, budget, state: stateOf(figure.state, budget) }];
  });
}

/** The newest kept figure of an SLO's own period; null when it was never counted. */
export async function newestFigure(
  store: EvidenceStore,
  { definition, subject }: OwnedSlo,
): Promise<SloFigure | null> {
  const standings = await store.slo.latest([subject.id], null);
  return standings.find((each) => each.definition.id === definition.id)?.figure ?? null;
}

function stateOf(counted: SloStanding['figure']['state'], { adjusted, outlook }: Budget): SloState {
  if (counted === 'absent' || counted === 'failed' || counted === 'zeroBase') return counted;
  if (adjusted.attainmentRatio === null) return 'zeroBase';
  if (adjusted.isMet === false) return 'missed';
  if (adjusted.isMet === null) return 'unsure';
  return outlook.leftAtEndRatio !== null && outlook.leftAtEndRatio < 0 ? 'atRisk' : 'met';
}
