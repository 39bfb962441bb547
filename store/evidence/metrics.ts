import type { MetricMeasure, ModelNode, Observation } from '../../scoring/contract.ts';
import type { EvidenceRequest, MetricFigure, MetricSource } from '../contract.ts';
import type { Database } from '../schema/tables.ts';
import { type AbsenceQueries, explainAbsence } from './metric-absence.ts';
import * as reasons from './metric-reasons.ts';

interface MetricLeaf {
  readonly node: ModelNode;
  readonly measure: MetricMeasure;
}

export interface MetricEvidence {
  readonly db: Database;
  readonly source: MetricSource;
  /** Ids of the collectors that declare to yield a metric. */
  collectorsOf(metric: string): readonly string[];
}

type Asked = EvidenceRequest & { readonly leaves: readonly ModelNode[] };

/** One candidate per leaf that is measured from telemetry, all asked in one go. */
export async function metricCandidates(
  evidence: MetricEvidence,
  request: Asked,
  subjects: readonly string[],
): Promise<Observation[]> {
  const leaves = request.leaves.flatMap((node): MetricLeaf[] => {
    const measure = node.leaf?.measure;
    return measure?.kind === 'metric' ? [{ node, measure }] : [];
  });
  if (leaves.length === 0) return [];
  const { period, cutoff } = request;
  const to = Date.parse(cutoff) < Date.parse(period.end) ? cutoff : period.end;
  const asked = { subjects, from: period.start, to };
  const figures = await evidence.source.measure(
    asked,
    leaves.map(({ measure }) => measure),
  );
  const absence: AbsenceQueries = { evidence, asked, period: period.id };
  const observations: Observation[] = [];
  for (const [index, leaf] of leaves.entries()) {
    const figure = figures[index];
    if (!figure) throw new Error(`${leaf.node.id}: the metric source gave no figure`);
    observations.push(await toObservation(leaf, figure, { request, absence }));
  }
  return observations;
}

interface Surroundings {
  readonly request: Asked;
  readonly absence: AbsenceQueries;
}

async function toObservation(
  { node, measure }: MetricLeaf,
  figure: MetricFigure,
  { request, absence }: Surroundings,
): Promise<Observation> {
  const blank = {
    indicator: node.id,
    subject: request.subject,
    period: request.period.id,
    unit: node.unit,
    value: null,
    numerator: null,
    denominator: null,
    provenance: null,
    source: {
      kind: 'metric',
      query: figure.query,
      files: [],
      rows: null,
      asOf: request.cutoff,
      ...('samples' in figure ? { samples: figure.samples } : {}),
    },
  } as const;
  if (figure.state === 'failed') return { ...blank, state: 'failed', reason: figure.reason };
  if (figure.state === 'absent') return { ...blank, ...(await explainAbsence(measure, absence)) };
  const share = figure.samples.expected === 0 ? 1 : figure.samples.present / figure.samples.expected;
  // A sample in the rest of the span alone covers none of its whole intervals.
  if (share === 0 || share < measure.minimumCoverage) {
    const reason = reasons.tooFewSamples(figure.samples, measure, request.period.id);
    return { ...blank, state: 'notReported', reason };
  }
  const coverage = share < measure.fullCoverage ? { coverage: share } : {};
  if (figure.state === 'zeroBase') {
    return {
      ...blank,
      ...coverage,
      state: 'zeroBase',
      reason: reasons.zeroBase(measure.text, request.period.id),
    };
  }
  const { state, value, numerator, denominator } = figure;
  const reason = state === 'estimated' ? reasons.rolledUp : null;
  return { ...blank, ...coverage, state, value, numerator, denominator, provenance: 'measured', reason };
}
