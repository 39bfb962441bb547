import { InputError } from '../../collectors/contract.ts';
import type { ConflictDecision } from '../../dashboards/contract.ts';
import {
  type ConflictResolution,
  disputeKey,
  type Evaluation,
  type Model,
  type SourceComparison,
} from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { evaluateAndSave } from './evaluate.ts';

/** An evaluation to be made again with the model and the cut-off that it was made with. */
export interface Redo {
  readonly evaluation: Evaluation;
  readonly model: Model;
}

/** Bounds of what a person writes about a decision, in characters. */
const longest = { decidedBy: 100, reason: 2000 } as const;

/** The disagreement about an indicator, open or decided; InputError when there is none. */
export function disputeIn(evaluation: Evaluation, indicator: string): SourceComparison {
  const decided = (evaluation.resolutions ?? []).map(({ comparison }) => comparison);
  const all = [...evaluation.conflicts, ...decided];
  const found = all.find((each) => each.indicator === indicator);
  if (found) return found;
  const open = all.map((each) => each.indicator);
  const known = open.length > 0 ? `in conflict are ${open.join(', ')}` : 'nothing is in conflict';
  throw new InputError(`the sources of "${indicator}" do not disagree here: ${known}`);
}

/** Keeps a decision on a conflict of the evaluation, makes the evaluation again and saves it. */
export async function resolveConflict(
  store: EvidenceStore,
  redo: Redo,
  { decision, at }: { readonly decision: ConflictDecision; readonly at: string },
): Promise<Evaluation> {
  const comparison = disputeIn(redo.evaluation, decision.indicator);
  await store.resolutions.put(resolutionOf(comparison, decision, at));
  return evaluateAgain(store, redo, at);
}

/** Takes a decision back, makes the evaluation again and saves it; InputError when there is none to take back. */
export async function withdrawDecision(
  store: EvidenceStore,
  redo: Redo,
  { indicator, at }: { readonly indicator: string; readonly at: string },
): Promise<Evaluation> {
  const { subject, period } = redo.evaluation;
  const isGone = await store.resolutions.withdraw({ subject: subject.id, period: period.id, indicator });
  if (!isGone) {
    throw new InputError(`no decision stands on "${indicator}" for ${subject.id} ${period.id}`);
  }
  return evaluateAgain(store, redo, at);
}

function evaluateAgain(store: EvidenceStore, { evaluation, model }: Redo, at: string): Promise<Evaluation> {
  const { subject, period, asOf, interpretations } = evaluation;
  const order = {
    model,
    subject: subject.id,
    period: period.id,
    asOf,
    interpretations: Object.fromEntries(interpretations.map((each) => [each.id, each.option])),
  };
  return evaluateAndSave(store, order, at);
}

function resolutionOf(
  comparison: SourceComparison,
  decision: ConflictDecision,
  decidedAt: string,
): ConflictResolution {
  const faults: string[] = [];
  const words = { decidedBy: decision.decidedBy.trim(), reason: decision.reason.trim() };
  const names = { decidedBy: 'who decided', reason: 'the reason' } as const;
  for (const key of ['decidedBy', 'reason'] as const) {
    const given = words[key];
    if (given === '') faults.push(`a decision needs ${names[key]}`);
    if (given.length > longest[key])
      faults.push(`${names[key]} has ${given.length} characters, more than ${longest[key]}`);
    if (/[^\P{Cc}\n]/u.test(given)) faults.push(`${names[key]} has control characters; write plain text`);
  }
  const { value, provenance } = decision;
  const { candidates, indicator, subject, period } = comparison;
  if (!candidates.some((each) => each.value === value && each.provenance === provenance)) {
    const known = candidates.map((each) => `${each.value} (${each.provenance})`).join(', ');
    faults.push(`${value} (${provenance}) is no source of "${indicator}": choose one of ${known}`);
  }
  if (faults.length > 0) throw new InputError(faults);
  return {
    indicator,
    subject,
    period,
    dispute: disputeKey(candidates),
    value,
    provenance,
    ...words,
    decidedAt,
  };
}
