import { makeBundle } from '../reports/bundle/bundle.ts';
import type { ReportBundle } from '../reports/contract.ts';
import {
  disputeKey,
  type Evaluation,
  type Language,
  leavesOf,
  type Model,
  type ModelNode,
  type Observation,
  parsePeriod,
  type ScoreInput,
  type Source,
} from '../scoring/contract.ts';
import { scoringEngine } from '../scoring/engine.ts';
import { readShippedModels } from '../scoring/models/model-folder.ts';

export { scoringEngine };

const asOf = '2016-01-01T05:00:00Z';

export function shippedModel(id: string): Model {
  const file = readShippedModels().find((each) => each.id === id);
  const { model, faults } = scoringEngine.checkModel(file?.yaml ?? '');
  if (!model) throw new Error(`${id}: ${JSON.stringify(faults)}`);
  return model;
}

export interface SampleOptions {
  readonly model?: string;
  readonly language?: Language;
  readonly isSample?: boolean;
  /** Periods, oldest first; the last is the evaluation's. */
  readonly periods?: readonly string[];
  /** Which leaves have evidence, by position. */
  readonly hasEvidence?: (index: number) => boolean;
  /** Gives the second leaf a second source that differs by this share. */
  readonly secondSource?: number;
  /** Decides every conflict for what was submitted. */
  readonly decidedBy?: string;
  readonly change?: (observation: Observation, index: number) => Observation;
}

/** A bundle scored by the real engine from observations that follow from position and period alone. */
export function sampleBundle(options: SampleOptions = {}): ReportBundle {
  const model = shippedModel(options.model ?? 'event-loop-2022');
  const evaluations = (options.periods ?? ['2015-Q3', '2015-Q4']).map((period, step) =>
    sampleEvaluation(model, { ...options, period, step }),
  );
  const evaluation = evaluations.at(-1);
  if (!evaluation) throw new Error('a sample needs a period');
  return makeBundle({
    evaluation,
    history: evaluations.slice(0, -1),
    models: [{ sha256: model.sha256, yaml: model.yaml }],
    language: options.language ?? 'en',
  });
}

function sampleEvaluation(
  model: Model,
  options: SampleOptions & { period: string; step: number },
): Evaluation {
  const period = parsePeriod(options.period, 'America/New_York');
  const change = options.change ?? ((observation) => observation);
  const candidates = leavesOf(model)
    .map((leaf, index) => ({ leaf, index }))
    .filter(({ index }) => (options.hasEvidence ?? (() => true))(index))
    .map(({ leaf, index }) => change(sampleObservation(leaf, { index, ...options }), index));
  const second = candidates[1];
  if (options.secondSource !== undefined && second && second.value !== null) {
    candidates.push({
      ...second,
      state: 'submitted',
      provenance: 'submitted',
      value: second.value * (1 - options.secondSource),
      numerator: null,
      denominator: null,
      source: entrySource,
    });
  }
  const input: ScoreInput = {
    model,
    subject: {
      id: 'boston',
      name: { zh: '波士顿', en: 'Boston' },
      kind: 'city',
      parent: null,
      timeZone: 'America/New_York',
      isSample: options.isSample ?? false,
    },
    period,
    asOf,
    candidates,
  };
  const evaluation = scoringEngine.score(input);
  const { decidedBy } = options;
  if (decidedBy === undefined) return evaluation;
  const resolutions = evaluation.conflicts.flatMap(({ candidates: sides, ...of }) => {
    const side = sides.find(({ provenance }) => provenance === 'submitted');
    if (side?.value == null) return [];
    return {
      indicator: of.indicator,
      subject: of.subject,
      period: of.period,
      dispute: disputeKey(sides),
      value: side.value,
      provenance: 'submitted' as const,
      decidedBy,
      reason: '台账已复核',
      decidedAt: '2016-01-08T02:30:00Z',
    };
  });
  return scoringEngine.score({ ...input, resolutions });
}

const entrySource: Source = {
  kind: 'entry',
  query: null,
  files: [],
  rows: null,
  asOf: '2015-12-20T12:00:00Z',
  submittedBy: 'A. Clerk',
  evidence: 'annex-2.pdf',
};

function metricSource(query: string): Source {
  const samples = { present: 2010, expected: 2208, series: 3 };
  return { kind: 'metric', query, files: [], rows: null, asOf, samples };
}

function sampleObservation(
  leaf: ModelNode,
  at: { index: number; step: number; period: string },
): Observation {
  const denominator = 12_347 + 101 * at.index + 977 * at.step;
  const part = 0.58 + 0.04 * ((at.index * 7 + at.step * 3) % 10);
  const isRatio = leaf.unit === 'ratio' || leaf.leaf?.range.max === 1;
  const share = leaf.leaf?.direction === 'lower' ? (1 - part) / 3 : part;
  const isMean = leaf.leaf?.measure.kind === 'records' && leaf.leaf.measure.reduction.kind === 'mean';
  const hasFraction = isRatio || isMean;
  const plain = leaf.unit === 'count' ? (at.index + at.step) % 5 : 3 + at.index + at.step / 2;
  const numerator = Math.round((isRatio ? share : plain) * denominator);
  const query = leaf.leaf?.measure.kind === 'records' ? leaf.leaf.measure.text : `${leaf.id} from an export`;
  return {
    indicator: leaf.id,
    subject: 'boston',
    period: at.period,
    state: 'measured',
    value: hasFraction ? numerator / denominator : plain,
    numerator: hasFraction ? numerator : null,
    denominator: hasFraction ? denominator : null,
    unit: leaf.unit,
    provenance: 'measured',
    reason: null,
    source:
      leaf.leaf?.measure.kind === 'metric'
        ? metricSource(leaf.leaf.measure.text)
        : {
            kind: 'records',
            query,
            files: [{ name: 'boston-311-2015.csv.gz', sha256: 'ab'.repeat(32), rows: denominator }],
            rows: denominator,
            asOf,
          },
  };
}
