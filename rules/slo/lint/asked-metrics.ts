import type { Slo } from '../../contract.ts';
import { selectorsOf } from '../../promql/query-selectors.ts';
import { queryTree } from '../../promql/query-tree.ts';
import { queriesOf } from '../read/queries.ts';

/** Series of histograms whose bounds the SLOs name: what the linter wants to know of the server. */
export function bucketMetricsOf(slos: readonly Slo[]): readonly string[] {
  const metrics = slos.flatMap(({ sli }) =>
    queriesOf(sli).flatMap(({ query }) =>
      selectorsOf(queryTree(query)).flatMap(({ metric, matchers }) =>
        metric.endsWith('_bucket') && matchers.some(({ label }) => label === 'le') ? [metric] : [],
      ),
    ),
  );
  return [...new Set(metrics)].toSorted();
}
