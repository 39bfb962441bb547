import { quotePromql } from '../../../scoring/contract.ts';
import type { PromqlAnswer, PromqlSeries, PromqlSource } from '../../contract.ts';
import { askParts, type PartAnswer } from './batch.ts';
import { rangeOf } from './compile.ts';
import { type Dialect, detectDialect } from './dialect.ts';
import { asInput, PromqlFault } from './fault.ts';
import { PrometheusClient, type PrometheusSettings } from './prometheus-client.ts';
import { readRetention } from './retention.ts';

/** PromQL as it is written, on Prometheus 2 and 3, VictoriaMetrics, Mimir or Thanos. */
export function openPromql(settings: PrometheusSettings): PromqlSource {
  const client = new PrometheusClient(settings);
  let known: Promise<Dialect> | null = null;
  const dialect = () => {
    known ??= detectDialect(client).catch((cause) => {
      known = null;
      throw cause;
    });
    return known;
  };
  return {
    location: client.location,
    get requests() {
      return client.requests;
    },
    window: async (milliseconds) => asInput(async () => rangeOf(milliseconds, await dialect()).slice(1, -1)),
    async instant(expressions, at) {
      if (expressions.length === 0) return [];
      try {
        const request = { at: Date.parse(at), dialect: await dialect() };
        const answers = await askParts(client, expressions, request);
        return expressions.map((each) => answerOf(answers.get(each) ?? []));
      } catch (cause) {
        if (!(cause instanceof PromqlFault)) throw cause;
        return expressions.map(() => answerOf(cause));
      }
    },
    range: (expression, { from, to, stepSeconds }) =>
      asInput(async () => {
        const [start, end] = [Date.parse(from), Date.parse(to)];
        const data = await client.queryRange(expression, { start, end, step: stepSeconds * 1000 });
        return data.resultType === 'matrix' ? data.result.map(seriesOf) : [];
      }),
    bucketBounds: (metric) =>
      asInput(async () => {
        const data = await client.query(`count by (le) ({__name__=${quotePromql(metric)}})`, null);
        const elements = data.resultType === 'vector' ? data.result : [];
        return elements
          .map(({ metric: { le = '' } }) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)))
          .filter(Number.isFinite)
          .sort((a, b) => a - b);
      }),
    retentionSeconds: () => asInput(async () => readRetention(await client.statedRetention())),
  };
}

function answerOf(answer: PartAnswer): PromqlAnswer {
  if (answer instanceof PromqlFault) return { fault: answer.reason, isTooLarge: answer.kind === 'tooLarge' };
  const series = answer.map(({ metric: { __name__: _, citygauge_part: __, ...labels }, value }) => ({
    labels,
    value: Number(value[1]),
  }));
  return { series };
}

function seriesOf({
  metric: { __name__: _, ...labels },
  values,
}: {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}): PromqlSeries {
  const points = values
    .map(([at, value]) => [new Date(Math.round(at * 1000)).toISOString(), Number(value)] as const)
    .filter(([, value]) => Number.isFinite(value));
  return { labels, points };
}
