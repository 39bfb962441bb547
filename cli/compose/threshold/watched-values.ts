import type { Subject } from '../../../collectors/contract.ts';
import type { Text, Threshold } from '../../../rules/contract.ts';
import { targetSelector, type WatchedValues } from '../../../rules/thresholds.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { familyOf } from '../family.ts';

const needsPromql: Text = {
  zh: '该阈值以 PromQL 书写，嵌入模式无法计算：请设置 PROMETHEUS_URL，或改用 metric、indicator。',
  en: 'this threshold is written in PromQL, which embedded mode does not know: set PROMETHEUS_URL, or use metric or indicator',
};

/** What the series of a threshold say at an ISO instant, of its subject and those below it. */
export async function watchedValues(
  store: Pick<EvidenceStore, 'metrics' | 'promql'>,
  { target, subject, lookbackSeconds }: Threshold,
  { at, subjects }: { readonly at: string; readonly subjects: readonly Subject[] },
): Promise<WatchedValues> {
  if (target.kind === 'promql') {
    if (store.promql === null) return { fault: needsPromql };
    const [answer = { series: [] }] = await store.promql.instant([target.query], at);
    return answer;
  }
  const family = subject === null ? null : familyOf(subject, subjects);
  return store.metrics.newest({ selector: targetSelector(target), subjects: family, at, lookbackSeconds });
}
