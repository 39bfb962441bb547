import { startPrometheusServer } from '../test/prometheus-server.ts';
import { median, print, ratio, timed, whole } from './figures.ts';

/** Instances behind one service; each has a counter of good and one of failed requests. */
const instances = 10;
const days = 30;
const stepSeconds = 60;
const baseSteps = 5;
const end = Date.parse('2026-11-01T00:00:00Z') / 1000;
const start = end - days * 86_400;
const steps = (end - start) / stepSeconds;
const stepsOfDay = 86_400 / stepSeconds;

/** Requests a minute of all instances: a city at noon has thirty times the traffic of its night. */
const trafficAt = (step: number) => {
  const hour = ((step * stepSeconds) / 3600) % 24;
  return Math.round(instances * (10 + 290 * Math.max(0, Math.sin(((hour - 6) / 24) * 2 * Math.PI))));
};

/** One in two thousand fails always; half of the night's few requests in an outage of two hours every fifth night. */
const isOutage = (step: number) => {
  const hours = (step * stepSeconds) / 3600;
  return hours % 120 >= 2 && hours % 120 < 4;
};
const errorsAt = (step: number, traffic: number) => Math.round(traffic * (isOutage(step) ? 0.5 : 0.0005));

interface Month {
  readonly openMetrics: readonly string[];
  /** Bad over all requests of the month, counted. */
  readonly trueRatio: number;
}

/** Counters of each instance every minute, and what the rules would have recorded of them; a text of each day. */
function month(): Month {
  const [total, bad]: [number[], number[]] = [[0], [0]];
  for (let step = 1; step <= steps; step += 1) {
    const traffic = trafficAt(step);
    total.push((total[step - 1] ?? 0) + traffic);
    bad.push((bad[step - 1] ?? 0) + errorsAt(step, traffic));
  }
  const share = (sums: readonly number[], step: number) => (sums[step] ?? 0) / instances;
  const recorded: [string, (step: number) => number][] = [
    ['slo:sli_error:rate5m', (step) => perSecond(bad, step)],
    ['slo:sli_total:rate5m', (step) => perSecond(total, step)],
    ['slo:sli_error:ratio_rate5m', (step) => perSecond(bad, step) / perSecond(total, step)],
  ];
  const dayText = (day: number) => {
    const last = day === days - 1 ? steps : (day + 1) * stepsOfDay - 1;
    const lines = ['# TYPE requests counter'];
    const each = (from: number, line: (step: number, at: number) => string) => {
      for (let step = Math.max(from, day * stepsOfDay); step <= last; step += 1)
        lines.push(line(step, start + step * stepSeconds));
    };
    for (let instance = 0; instance < instances; instance += 1) {
      const good = (step: number) => share(total, step) - share(bad, step);
      each(0, (step, at) => `requests_total{instance="${instance}",code="200"} ${good(step)} ${at}`);
      each(0, (step, at) => `requests_total{instance="${instance}",code="500"} ${share(bad, step)} ${at}`);
    }
    for (const [name, valueAt] of recorded) {
      lines.push(`# TYPE ${name} gauge`);
      each(baseSteps, (step, at) => `${name}{sloth_id="city"} ${valueAt(step)} ${at}`);
    }
    return [...lines, '# EOF\n'].join('\n');
  };
  return {
    openMetrics: Array.from({ length: days }, (_, day) => dayText(day)),
    trueRatio: (bad[steps] ?? 0) / (total[steps] ?? 1),
  };
}

const perSecond = (sums: readonly number[], step: number) =>
  ((sums[step] ?? 0) - (sums[step - baseSteps] ?? 0)) / (baseSteps * stepSeconds);

const window = `[${days}d]`;
const queries = {
  plain: `sum(rate(requests_total{code="500"}${window})) / sum(rate(requests_total${window}))`,
  native: `sum(sum_over_time(slo:sli_error:rate5m${window})) / (sum(sum_over_time(slo:sli_total:rate5m${window})) > 0)`,
  sloth: `sum_over_time(slo:sli_error:ratio_rate5m${window}) / count_over_time(slo:sli_error:ratio_rate5m${window})`,
} as const;

interface Answer {
  readonly value: number;
  readonly samples: { readonly totalQueryableSamples: number; readonly peakSamples: number };
}

async function ask(url: string, query: string): Promise<Answer> {
  const parameters = new URLSearchParams({ query, time: String(end), stats: 'all' });
  const response = await fetch(`${url}/api/v1/query?${parameters}`);
  const body = (await response.json()) as {
    data: { result: readonly { value: readonly [number, string] }[]; stats: { samples: Answer['samples'] } };
  };
  const [series, second] = body.data.result;
  if (!series || second) throw new Error(`not one value: ${JSON.stringify(body).slice(0, 500)}`);
  return { value: Number(series.value[1]), samples: body.data.stats.samples };
}

/** A bench goes on where a test would skip. */
class Absent extends Error {}
const context = {
  skip: () => {
    throw new Absent('not installed');
  },
} as never;

async function compare(url: string, trueRatio: number): Promise<void> {
  let plainSeconds = 0;
  for (const [name, query] of Object.entries(queries)) {
    const answer = await ask(url, query);
    const times: number[] = [];
    for (let time = 0; time < 7; time += 1) times.push((await timed(() => ask(url, query))).seconds);
    const seconds = median(times);
    if (name === 'plain') plainSeconds = seconds;
    const { totalQueryableSamples, peakSamples } = answer.samples;
    const off = (100 * (answer.value - trueRatio)) / trueRatio;
    print('slo-windows', `${name}, time (median of 7)`, `${(1000 * seconds).toFixed(1)} ms`);
    print(
      'slo-windows',
      `${name}, samples read, at once`,
      `${whole(totalQueryableSamples)}, ${whole(peakSamples)}`,
    );
    print(
      'slo-windows',
      `${name}, error ratio, off the true one by`,
      `${answer.value.toFixed(8)}, ${off.toFixed(3)} %`,
    );
    if (name !== 'plain') print('slo-windows', `plain beside ${name}`, ratio(plainSeconds / seconds));
  }
}

try {
  const { openMetrics, trueRatio } = month();
  const prometheus = await startPrometheusServer(context, { openMetrics });
  try {
    print('slo-windows', 'raw series, recorded series, minutes', `${2 * instances}, 3, ${whole(steps)}`);
    print('slo-windows', 'true error ratio of the month', trueRatio.toFixed(8));
    await compare(prometheus.url, trueRatio);
  } finally {
    await prometheus.stop();
  }
} catch (cause) {
  if (!(cause instanceof Absent)) throw cause;
  print('slo-windows', 'Prometheus', 'not installed');
}
