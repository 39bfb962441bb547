import { InputError } from '../../collectors/contract.ts';
import type { Evaluation, Model } from '../../scoring/contract.ts';
import { type Calibration, calibrateStages } from '../../scoring/stages/calibrate.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { findSubject } from './evaluate.ts';

/** `2026-09` as `month`: periods of different lengths make no series. */
function lengthOf(period: string): 'week' | 'month' | 'quarter' | 'year' {
  if (period.includes('W')) return 'week';
  if (period.includes('Q')) return 'quarter';
  return period.includes('-') ? 'month' : 'year';
}

/** The latest saved evaluation of each period of the length evaluated last, oldest first. */
async function historyOf(
  store: EvidenceStore,
  { model, subject, count }: { readonly model: Model; readonly subject: string; readonly count: number },
): Promise<Evaluation[]> {
  const saved = await store.evaluations.list({ model: model.id, subject });
  const length = saved[0] && lengthOf(saved[0].period);
  const periods = [...new Set(saved.map(({ period }) => period))]
    .filter((period) => lengthOf(period) === length)
    .toSorted()
    .slice(-count);
  const found: Evaluation[] = [];
  for (const period of periods) {
    const evaluation = await store.evaluations.latest(model.id, subject, period);
    if (evaluation) found.push(evaluation);
  }
  return found;
}

/** Proposes stage thresholds from the saved evaluations of a subject; InputError names what the history lacks. */
export async function calibrate(
  store: EvidenceStore,
  order: { readonly model: Model; readonly subject: string; readonly count: number },
): Promise<Calibration> {
  await findSubject(store, order.subject);
  const history = (await historyOf(store, order)).map(({ period, nodes }) => ({
    period: period.id,
    // A module below the coverage floor says too little of how the city runs.
    modules: Object.fromEntries(
      nodes
        .filter((node) => node.parent === null)
        .map((node) => [node.id, node.grade === null ? null : node.scoreLow]),
    ),
  }));
  const result = calibrateStages(order.model, history);
  if (!('refusal' in result)) return result;
  throw new InputError(
    `${order.model.id} cannot be calibrated for ${order.subject}: ${result.refusal}; save evaluations of more periods, or report what these periods lack`,
  );
}
