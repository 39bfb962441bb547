import { periodSpan } from '../../../rules/budgets.ts';
import { type Budget, budgetOfFigure, type SloStanding } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { type CountOrder, countFigures } from './counting.ts';
import type { OwnedSlo } from './owned.ts';

/** How an SLO stands: `atRisk` is kept so far and forecast to be missed by the end of its period. */
export type SloState = 'met' | 'atRisk' | 'missed' | 'unsure' | 'zeroBase' | 'absent' | 'failed';

export interface SloStatus extends SloStanding {
  readonly budget: Budget;
  readonly state: SloState;
}

/** Counts the running period of each SLO as of an instant, and keeps nothing. */
export async function statusOf(
  store: EvidenceStore,
  slos: readonly OwnedSlo[],
  time: { readonly asOf: string; readonly now: string },
): Promise<readonly SloStatus[]> {
  const orders: CountOrder[] = [];
  for (const { definition, subject } of slos) {
    const exclusions = await store.slo.exclusions([subject.id], definition.id);
    const spans = [periodSpan(definition.period, time.asOf)];
    orders.push({ definition, subject: subject.id, spans, exclusions });
  }
  const figures = await countFigures(store, orders, time);
  return orders.flatMap(({ definition }, index) => {
    const figure = figures[index];
    if (!figure) return [];
    const budget = budgetOfFigure(definition, figure);
    return [{ definition, figure, budget, state: stateOf(figure.state, budget) }];
  });
}

function stateOf(counted: SloStanding['figure']['state'], { adjusted, outlook }: Budget): SloState {
  if (counted === 'absent' || counted === 'failed' || counted === 'zeroBase') return counted;
  if (adjusted.attainmentRatio === null) return 'zeroBase';
  if (adjusted.isMet === false) return 'missed';
  if (adjusted.isMet === null) return 'unsure';
  return outlook.leftAtEndRatio !== null && outlook.leftAtEndRatio < 0 ? 'atRisk' : 'met';
}
