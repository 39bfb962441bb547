import {
  type Evaluation,
  InputError,
  type Leaf,
  type MetricMeasure,
  type ModelNode,
  type Observation,
  parsePeriod,
  shiftPeriod,
} from '../../../../scoring/contract.ts';
import { drawSeries, lineStyleOf, type SeriesInput } from '../../charts/series.ts';
import { printDuration } from '../../durations.ts';
import type { PageContext } from '../../page.ts';
import type { Shown } from '../opening.ts';
import { gapsOf, type Line, linesOf, namesOf, shownLines } from './lines.ts';
import { spanOf, type TimeSpan, viewOfZoom } from './time-span.ts';

const pointsPerLine = 480;

/** Values of one series can be held against the target only where the figure is made of them as they are. */
function bandOf(
  { t }: PageContext,
  leaf: Leaf,
  measure: MetricMeasure,
): Pick<SeriesInput, 'band' | 'worst'> | null {
  const { reduction } = measure;
  if (reduction.kind === 'share') {
    const { above, below } = reduction;
    return { band: { from: above, to: below, name: t('series.counted') }, worst: null };
  }
  const isDirect =
    reduction.kind === 'overTime' &&
    !['sum', 'count'].includes(reduction.reduce) &&
    !['sum', 'count'].includes(reduction.across);
  if (!isDirect) return null;
  if (leaf.scale.kind === 'band') {
    const { bestLow, bestHigh } = leaf.scale;
    return { band: { from: bestLow, to: bestHigh, name: t('trend.target') }, worst: null };
  }
  if (leaf.direction === 'band') return null;
  const isHigher = leaf.direction === 'higher';
  return {
    band: { from: isHigher ? leaf.best : null, to: isHigher ? null : leaf.best, name: t('trend.target') },
    worst: leaf.worst === null ? null : { value: leaf.worst, name: t('series.worst') },
  };
}

function viewOfLines(lines: readonly Line[], print: (value: number | null) => string) {
  const { shared, names } = namesOf(lines);
  return {
    shared,
    lines: lines.map((line, at) => {
      const values = line.points.flatMap(([, value]) => (value === null ? [] : [value]));
      const isKnown = values.length > 0;
      const sum = values.reduce((total, value) => total + value, 0);
      return {
        name: names[at] ?? '',
        ...lineStyleOf(at),
        low: print(isKnown ? Math.min(...values) : null),
        mean: print(isKnown ? sum / values.length : null),
        high: print(isKnown ? Math.max(...values) : null),
        last: print(values.at(-1) ?? null),
        points: values.length,
      };
    }),
  };
}

function viewOfSamples(
  { format, language }: PageContext,
  observation: Observation | undefined,
  measure: MetricMeasure,
) {
  const samples = observation?.source?.samples;
  if (!samples) return null;
  const ratio = samples.expected === 0 ? null : samples.present / samples.expected;
  return {
    present: format.count(samples.present),
    expected: format.count(samples.expected),
    series: format.count(samples.series),
    coverage: format.share(observation?.coverage ?? (ratio === null ? null : Math.min(1, ratio))),
    every: measure.everySeconds === null ? null : printDuration(measure.everySeconds, language),
    isPartial: observation?.coverage !== undefined,
  };
}

/** The chart, or the sentence that says why there is none. */
async function chartOf({ workbench }: PageContext, shown: Shown, leaf: ModelNode, span: TimeSpan) {
  try {
    const chart = await workbench.chart(shown.evaluation, leaf, {
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
      points: pointsPerLine,
    });
    return { chart, fault: null };
  } catch (error) {
    if (error instanceof InputError) return { chart: null, fault: error.faults.join(' ') };
    throw error;
  }
}

function noteOn({ t }: PageContext, { reduction }: MetricMeasure, hasBand: boolean): string | null {
  if (reduction.kind === 'histogramQuantile') return t('series.histogram');
  return hasBand ? null : t('series.noBand');
}

/** Where the eleven periods before began. */
function otherEnds({ period }: Evaluation) {
  return Array.from({ length: 11 }, (_, step) => ({
    at: Date.parse(parsePeriod(shiftPeriod(period.id, step - 11), period.timeZone).start),
    name: '',
  }));
}

/** The samples behind a figure over time; null for a figure that is not measured from a metric. */
export async function viewOfSeries(context: PageContext, shown: Shown, node: ModelNode | null) {
  const leaf = node?.leaf;
  if (!node || leaf?.measure.kind !== 'metric') return null;
  const { measure } = leaf;
  const { format, say, t } = context;
  const { evaluation } = shown;
  const { period } = evaluation;
  const path = `/indicators/${encodeURIComponent(node.id)}`;
  const span = spanOf(context, evaluation);
  const { chart, fault } = await chartOf(context, shown, node, span);
  const observation = evaluation.observations.find((each) => each.indicator === node.id);
  const band = bandOf(context, leaf, measure);
  const isInUnit = band !== null && measure.reduction.kind === 'overTime';
  const lines = chart ? linesOf(chart, isInUnit ? measure.factor : 1) : [];
  const print = (value: number | null) => (isInUnit ? format.value(value, node.unit) : format.plain(value));
  const cutoff = Math.min(span.to, Date.parse(evaluation.asOf));
  const gaps =
    chart && lines.length > 0 ? gapsOf(lines, chart.stepSeconds, { from: span.from, to: cutoff }) : [];
  const isEmpty = lines.every((line) => line.points.every(([, value]) => value === null));
  const asOfName = t('col.asOf');
  const moments = [
    ...otherEnds(evaluation),
    { at: Date.parse(period.start), name: t('series.start') },
    { at: Date.parse(period.end), name: evaluation.asOf === period.end ? asOfName : t('series.end') },
    ...(evaluation.asOf === period.end ? [] : [{ at: Date.parse(evaluation.asOf), name: asOfName }]),
  ].filter(({ at }) => at >= span.from && at <= span.to);
  const input: Omit<SeriesInput, 'width' | 'height' | 'className'> = {
    label: t('series.label', { indicator: say(node.title) }),
    from: span.from,
    to: span.to,
    zone: period.timeZone,
    lines,
    print: (value) => print(value),
    band: band?.band ?? null,
    worst: band?.worst ?? null,
    moments,
    gaps,
  };
  return {
    zoom: viewOfZoom(context, evaluation, path),
    fault,
    isEmpty,
    chart: isEmpty
      ? ''
      : drawSeries({ ...input, width: 1240, height: 320, className: 'cg-wide' }) +
        drawSeries({ ...input, width: 400, height: 260, className: 'cg-narrow' }),
    ...viewOfLines(lines, print),
    omitted: (chart?.omitted ?? 0) + Math.max(0, (chart?.series.length ?? 0) - shownLines),
    gaps: gaps.map((gap) => ({
      from: format.time(new Date(gap.from).toISOString(), period.timeZone),
      to: format.time(new Date(gap.to).toISOString(), period.timeZone),
    })),
    step: chart ? t('series.step', { step: printDuration(chart.stepSeconds, context.language) }) : '',
    note: noteOn(context, measure, band !== null),
    query: chart?.query ?? observation?.source?.query ?? measure.text,
    samples: viewOfSamples(context, observation, measure),
    span: `${format.time(new Date(span.from).toISOString(), period.timeZone)} – ${format.time(new Date(span.to).toISOString(), period.timeZone)}`,
    data: `/api/v1/evaluations/${evaluation.sha256}/indicators/${encodeURIComponent(node.id)}/chart?from=${new Date(span.from).toISOString()}&to=${new Date(span.to).toISOString()}`,
  };
}
