import { type MetricMeasure, printSelector } from '../../../scoring/contract.ts';
import type { MetricFigure, MetricRequest, MetricSource } from '../../contract.ts';
import { bucketSelector, needsOf } from '../needs.ts';
import { withSubjects } from '../selector.ts';
import { completeFigure, figureFrom, plain, type SeriesSummary } from '../series-figure.ts';
import { spanOf } from '../span.ts';
import { askParts, inTurns } from './batch.ts';
import { chartQuery } from './chart.ts';
import { compilePlan, evaluationTime, type Plan, rangeOf, substitute } from './compile.ts';
import { type Dialect, detectDialect } from './dialect.ts';
import { asInput, PromqlFault, severalResults } from './fault.ts';
import { newestOnServer } from './newest.ts';
import { PrometheusClient, type PrometheusSettings } from './prometheus-client.ts';
import { reduceSamples } from './raw-samples.ts';

export interface PrometheusSource extends MetricSource {
  readonly client: PrometheusClient;
}

/** Somebody waits for a page, where an evaluation can wait for a restart. */
const pagePatience = { timeoutMilliseconds: 30_000, retryMilliseconds: [250, 500] };

function withoutAbsent(settings: PrometheusSettings): PrometheusSettings {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { url: settings.url, ...Object.fromEntries(given) };
}

/** Metric measures on a PromQL server: Prometheus 2 and 3, VictoriaMetrics, Mimir, Thanos. */
export function openPrometheusMetrics(settings: PrometheusSettings): PrometheusSource {
  const client = new PrometheusClient(settings);
  const onPages = new PrometheusClient({ ...pagePatience, ...withoutAbsent(settings) });
  let known: Dialect | null = null;
  const dialectBy = async (asking: PrometheusClient) => {
    known ??= await detectDialect(asking);
    return known;
  };
  return {
    kind: 'prometheus',
    client,
    async measure(request, measures) {
      if (Date.parse(request.to) <= Date.parse(request.from)) {
        return measures.map(({ text }) => ({ state: 'absent', query: text }));
      }
      try {
        return await new MeasureRun(client, await dialectBy(client), request).measure(measures);
      } catch (cause) {
        return measures.map(({ text }) => failed(cause, text));
      }
    },
    steps: async () => null,
    async newest(request) {
      try {
        return await newestOnServer(client, await dialectBy(client), request);
      } catch (cause) {
        if (cause instanceof PromqlFault) return { fault: cause.reason };
        throw cause;
      }
    },
    async chart(request) {
      return asInput(async () => chartQuery(onPages, await dialectBy(onPages), request));
    },
    async describe() {
      return asInput(async () => {
        const { isMetricsQl } = await dialectBy(onPages);
        const version =
          `${isMetricsQl ? 'VictoriaMetrics' : 'Prometheus API'} ${await onPages.version()}`.trim();
        return {
          kind: 'prometheus',
          location: client.location,
          version,
          clockSkewSeconds: await onPages.clockSkew(),
        };
      });
    },
  };
}

class MeasureRun {
  readonly #client: PrometheusClient;
  readonly #dialect: Dialect;
  readonly #request: MetricRequest;
  readonly #at: number;

  constructor(client: PrometheusClient, dialect: Dialect, request: MetricRequest) {
    this.#client = client;
    this.#dialect = dialect;
    this.#request = request;
    this.#at = evaluationTime(spanOf(request));
  }

  async measure(measures: readonly MetricMeasure[]): Promise<MetricFigure[]> {
    const plans = measures.map((each) => compilePlan(each, this.#request, this.#dialect));
    const answers = await askParts(
      this.#client,
      plans.flatMap((plan) => plan?.parts ?? []),
      { at: this.#at, dialect: this.#dialect },
    );
    const figures = new Map<number, MetricFigure>();
    await inTurns([...measures.entries()], async ([index, measure]) => {
      const plan = plans[index] ?? null;
      const fault = plan?.parts.map((part) => answers.get(part)).find((each) => each instanceof PromqlFault);
      figures.set(index, await this.#figure(measure, { plan, fault, answers }));
    });
    return measures.map(({ text }, index) => figures.get(index) ?? { state: 'absent', query: text });
  }

  async #figure(
    measure: MetricMeasure,
    {
      plan,
      fault,
      answers,
    }: { plan: Plan | null; fault: PromqlFault | undefined; answers: Awaited<ReturnType<typeof askParts>> },
  ): Promise<MetricFigure> {
    const query = plan?.query ?? describeRaw(measure, this.#request, this.#dialect);
    try {
      if (measure.reduction.kind === 'promql') return await this.#asWritten(measure, measure.reduction.query);
      if (plan && !fault)
        return plan.finish(
          (part) => answers.get(part) as Exclude<ReturnType<typeof answers.get>, PromqlFault | undefined>,
        );
      if (fault && fault.kind !== 'tooLarge') return failed(fault, query);
      return await this.#fromSamples(measure, query);
    } catch (cause) {
      return failed(cause, query);
    }
  }

  async #asWritten(measure: MetricMeasure, text: string): Promise<MetricFigure> {
    const query = substitute(text, this.#request, this.#dialect);
    const data = await this.#client.query(query, this.#at);
    const samples = { present: 0, expected: 0, series: 0 };
    if (data.resultType === 'scalar') {
      return completeFigure(measure, plain(Number(data.result[1])), { samples, query });
    }
    const elements = data.resultType === 'vector' ? data.result : [];
    if (data.resultType !== 'vector' || elements.length > 1) {
      return { state: 'failed', reason: severalResults(data.result.length), query };
    }
    const [only] = elements;
    if (!only) return { state: 'absent', query };
    return completeFigure(measure, plain(Number(only.value[1])), { samples, query });
  }

  async #fromSamples(measure: MetricMeasure, query: string): Promise<MetricFigure> {
    const { of, reduction } = measure;
    const span = spanOf(this.#request);
    const needs = needsOf(measure);
    const read = async (selector: NonNullable<typeof of>): Promise<SeriesSummary[]> => {
      const selected = withSubjects(selector, this.#request.subjects);
      const series = await this.#seriesOf(printSelector(selected));
      const everySeconds = measure.everySeconds ?? 0;
      const around = { client: this.#client, dialect: this.#dialect };
      return reduceSamples(around, { selector: selected, span, everySeconds, needs, series });
    };
    if (of === null) return { state: 'absent', query };
    const total = reduction.kind === 'ratio' ? await read(reduction.total) : [];
    const own = await read(reduction.kind === 'histogramQuantile' ? bucketSelector(of) : of);
    return figureFrom(measure, { of: own, total }, { span, query });
  }

  /** About how many series to expect: those of the last hour of the span. */
  async #seriesOf(selector: string): Promise<number> {
    const data = await this.#client.query(`count(last_over_time(${selector}[1h]))`, this.#at);
    return data.resultType === 'vector' ? Number(data.result[0]?.value[1] ?? 1) : 1;
  }
}

/** What is computed here on fetched samples, in words close to PromQL. */
function describeRaw(measure: MetricMeasure, request: MetricRequest, dialect: Dialect): string {
  const { of, reduction } = measure;
  if (reduction.kind === 'promql') return substitute(reduction.query, request, dialect);
  if (of === null) return measure.text;
  const { from, to } = spanOf(request);
  const samples = `${printSelector(withSubjects(of, request.subjects))}${rangeOf(to - from, dialect)}`;
  if (reduction.kind === 'share') {
    const [above, below] = [reduction.above ?? '-Inf', reduction.below ?? '+Inf'];
    return `share of samples in [${above}, ${below}]: ${samples}`;
  }
  if (reduction.kind === 'staleness')
    return `${reduction.across} of seconds since the last sample: ${samples}`;
  return `${measure.text}: ${samples}`;
}

function failed(cause: unknown, query: string): MetricFigure {
  if (cause instanceof PromqlFault) return { state: 'failed', reason: cause.reason, query };
  throw cause;
}
