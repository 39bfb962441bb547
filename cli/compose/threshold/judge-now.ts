import type { Subject } from '../../../collectors/contract.ts';
import type { Threshold, ThresholdState } from '../../../rules/contract.ts';
import { judge, trustedFor } from '../../../rules/thresholds.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { watchedValues } from './watched-values.ts';

/** Judgements before the one asked for, at most: what a duration of hours judged every minute comes to. */
const mostSteps = 240;
/** A duration and a margin are known anew after so many judgements at least. */
const leastSteps = 5;

export interface JudgeOrder {
  /** ISO instant. */
  readonly at: string;
  /** States of all thresholds as they were saved last. */
  readonly saved: readonly ThresholdState[];
}

type JudgedStore = Pick<EvidenceStore, 'metrics' | 'promql' | 'subjects'>;

/**
 * The states of a threshold at an instant, without saving them: from the saved states while they are trusted, else from a
 * replay of the time that its durations need, as if it had been judged all along.
 */
export async function judgeNow(
  store: JudgedStore,
  threshold: Threshold,
  { at, saved }: JudgeOrder,
): Promise<readonly ThresholdState[]> {
  const subjects = await store.subjects.list();
  const own = saved.filter((state) => state.threshold === threshold.id);
  const age = (state: ThresholdState) => (Date.parse(at) - Date.parse(state.at)) / 1000;
  const isFresh = own.length > 0 && own.every((each) => age(each) >= 0 && age(each) <= trustedFor(threshold));
  let states: readonly ThresholdState[] = isFresh ? own : [];
  for (const instant of isFresh ? [at] : instantsBefore(threshold, at))
    states = await judgeAt(store, threshold, { at: instant, previous: states, subjects });
  return states;
}

/** Every instant of judgement that the longest duration needs, the last one `at`. */
function instantsBefore({ grades, noData, everySeconds }: Threshold, at: string): string[] {
  const longest = Math.max(noData?.forSeconds ?? 0, ...grades.map(({ forSeconds }) => forSeconds));
  const steps = Math.min(mostSteps, Math.ceil(longest / everySeconds) + leastSteps);
  return Array.from({ length: steps + 1 }, (_, index) =>
    new Date(Date.parse(at) - (steps - index) * everySeconds * 1000).toISOString(),
  );
}

export async function judgeAt(
  store: JudgedStore,
  threshold: Threshold,
  order: {
    readonly at: string;
    readonly previous: readonly ThresholdState[];
    readonly subjects: readonly Subject[];
  },
): Promise<ThresholdState[]> {
  const { at, previous, subjects } = order;
  return judge(threshold, { at, previous, values: await watchedValues(store, threshold, { at, subjects }) });
}
