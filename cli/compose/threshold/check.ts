import type { Threshold, ThresholdState } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { checkPromises, loadPromises } from '../promises.ts';
import { judgeNow } from './judge-now.ts';

export interface JudgedThreshold {
  readonly threshold: Threshold;
  readonly states: readonly ThresholdState[];
}

/** Thresholds of the file, else of the installation; InputError for subjects that do not exist. */
export async function installedThresholds(
  context: CommandContext,
  store: EvidenceStore,
  file: string | undefined,
): Promise<readonly Threshold[]> {
  const promises = await loadPromises(context, store, file === undefined ? {} : { thresholds: file });
  await checkPromises(store, { ...promises, slos: [] });
  return promises.thresholds;
}

/** What each threshold's lamps show at an ISO instant; nothing is saved. */
export async function judgeAllNow(
  store: EvidenceStore,
  thresholds: readonly Threshold[],
  at: string,
): Promise<readonly JudgedThreshold[]> {
  const saved = await store.thresholds.current(null);
  const judged: JudgedThreshold[] = [];
  for (const threshold of thresholds)
    judged.push({ threshold, states: await judgeNow(store, threshold, { at, saved }) });
  return judged;
}
