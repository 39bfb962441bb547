import { type MetricSelector, printSelector } from '../../../scoring/contract.ts';
import type { SeriesSummary } from '../series-figure.ts';
import { type Needs, SeriesReduction } from '../series-reduction.ts';
import { intervalsIn, type Span } from '../span.ts';
import { rangeOf } from './compile.ts';
import type { Dialect } from './dialect.ts';
import { PromqlFault } from './fault.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** Samples that one answer should hold: some 10 MB. */
const samplesPerAnswer = 400_000;
/** A piece this short that is still too large is not for splitting. */
const shortestPiece = 60_000;

export interface RawRequest {
  /** With the subjects in. */
  readonly selector: MetricSelector;
  readonly span: Span;
  readonly everySeconds: number;
  readonly needs: Needs;
  /** About how many series to expect; it sizes the first piece. */
  readonly series: number;
}

/**
 * Fetches the samples themselves, piece by piece of time, and reduces them here: for what PromQL cannot compute on
 * samples (a share, the time of the last one), and where a whole span is beyond the server's limits.
 */
export async function reduceSamples(
  { client, dialect }: { readonly client: PrometheusClient; readonly dialect: Dialect },
  request: RawRequest,
): Promise<SeriesSummary[]> {
  const { selector, span, everySeconds, needs } = request;
  const grid = { everySeconds, intervals: intervalsIn(span, everySeconds) };
  const series = new Map<string, SeriesReduction>();
  let piece = firstPiece(request);
  for (let from = span.from; from < span.to; ) {
    const to = Math.min(span.to, from + piece);
    try {
      const data = await client.query(`${printSelector(selector)}${rangeOf(to - from, dialect)}`, to - 1);
      for (const { metric, values } of data.resultType === 'matrix' ? data.result : []) {
        const key = JSON.stringify(Object.entries(metric).toSorted());
        const { __name__: name = selector.metric, ...labels } = metric;
        const own =
          series.get(key) ?? new SeriesReduction({ metric: name, labels }, { span, ...grid, needs });
        series.set(key, own);
        for (const [at, value] of values) {
          // VictoriaMetrics hands out the markers of vanished series, which Prometheus keeps to itself.
          if (dialect.isMetricsQl && value === 'NaN') continue;
          own.add(Math.round(at * 1000), Number(value));
        }
      }
      from = to;
    } catch (cause) {
      const canSplit = cause instanceof PromqlFault && cause.kind === 'tooLarge' && piece > shortestPiece;
      if (!canSplit) throw cause;
      piece = Math.max(shortestPiece, Math.ceil(piece / 4));
    }
  }
  return [...series.values()].map((each) => each.summary());
}

function firstPiece({ span, everySeconds, series }: RawRequest): number {
  const perSecond = Math.max(1, series) / Math.max(1, everySeconds);
  const fitting = Math.floor((samplesPerAnswer / perSecond) * 1000);
  return Math.max(shortestPiece, Math.min(span.to - span.from, fitting));
}
