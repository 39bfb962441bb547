import type { ChartSpan } from '../../dashboards/contract.ts';
import type { Evaluation, ModelNode } from '../../scoring/contract.ts';
import type { MetricChart } from '../../store/contract.ts';

/** Waves around the leaf's figure with half a day missing in every series; three series are left out. */
export function generatedChart(evaluation: Evaluation, leaf: ModelNode, span: ChartSpan): MetricChart | null {
  const measure = leaf.leaf?.measure;
  if (measure?.kind !== 'metric') return null;
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  const middle = evaluation.nodes.find((node) => node.id === leaf.id)?.value ?? 0.5;
  const step = Math.max(60_000, Math.ceil((to - from) / span.points / 60_000) * 60_000);
  const gap = Date.parse(evaluation.period.start) + 9 * 86_400_000;
  const end = Math.min(to, Date.parse(evaluation.asOf));
  const valueAt = (at: number, line: number) => {
    if ((at >= gap && at < gap + 43_200_000) || at >= end) return null;
    const wave = Math.sin(at / 86_400_000 + line) * 0.04 + Math.sin(at / 7_200_000) * 0.015;
    return Math.max(0, middle * (1 + wave) - line * 0.01);
  };
  const count = Math.ceil((to - from) / step);
  return {
    query: `${measure.of?.metric}{subject=~"hexi|hexi/.*"}`,
    stepSeconds: step / 1000,
    series: ['node-01', 'node-02', 'node-<b>03</b>'].map((instance, line) => ({
      labels: { instance, job: 'nodes', subject: 'hexi' },
      points: Array.from({ length: count }, (_, at) => ({
        at: new Date(from + at * step).toISOString(),
        value: valueAt(from + at * step, line),
      })),
    })),
    omitted: 3,
  };
}
