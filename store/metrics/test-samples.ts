import type { Reading } from '../../scoring/contract.ts';

/** Two days and a bit, cut at an instant on no border of anything. */
export const agreementSpan = { from: '2026-02-01T16:00:00.000Z', to: '2026-02-03T07:13:05.123Z' };

const minute = 60_000;
const from = Date.parse(agreementSpan.from);
const to = Date.parse(agreementSpan.to);
const lead = 12 * minute;

/** A generator of its own, so that the samples are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Shape {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the sample at an index; null leaves it out. */
  readonly value: (index: number, chance: () => number) => number | null;
  readonly everySeconds?: number;
  /** Most milliseconds that a sample comes late. */
  readonly jitter?: number;
  /** Parts of the whole time in which the series lives, 0..1. */
  readonly alive?: readonly [number, number];
}

function series(
  { metric, labels, value, everySeconds = 60, jitter = 0, alive = [0, 1] }: Shape,
  seed: number,
): Reading[] {
  const chance = generator(seed);
  const start = from - lead;
  const length = to + lead - start;
  const readings: Reading[] = [];
  for (let index = 0; ; index += 1) {
    const at = start + index * everySeconds * 1000 + Math.floor(chance() * jitter);
    if (at >= to + lead) return readings;
    const age = (at - start) / length;
    const sample = value(index, chance);
    if (sample === null || age < alive[0] || age >= alive[1]) continue;
    readings.push({ metric, labels, at: new Date(at).toISOString(), value: sample });
  }
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** Grows by a step each sample and falls back to a little at the indexes given. */
function counter(step: (chance: () => number) => number, resets: readonly number[] = []) {
  let total = 40;
  return (index: number, chance: () => number) => {
    total = resets.includes(index) ? Math.floor(chance() * 3) : total + step(chance);
    return total;
  };
}

const flag = (downFrom: number, downTo: number) => (index: number) =>
  index >= downFrom && index < downTo ? 0 : 1;
const wave = (mean: number, height: number) => (index: number, chance: () => number) =>
  round(mean + height * Math.sin(index / 97) + chance());
const gap =
  (value: (index: number, chance: () => number) => number, gapFrom: number, gapTo: number) =>
  (index: number, chance: () => number) =>
    index >= gapFrom && index < gapTo ? null : value(index, chance);

const shapes: readonly Shape[] = [
  { metric: 'probe_success', labels: { subject: 'hexi', target: 'a', kind: 'http' }, value: flag(400, 430) },
  {
    metric: 'probe_success',
    labels: { subject: 'hexi/east', target: 'b', kind: 'tcp' },
    value: gap(flag(9, 12), 700, 900),
    jitter: 900,
  },
  { metric: 'probe_success', labels: { subject: 'hexi', target: 'c', kind: 'icmp' }, value: flag(0, 50) },
  {
    metric: 'probe_success',
    labels: { subject: 'elsewhere', target: 'd', kind: 'http' },
    value: flag(0, 5000),
  },
  { metric: 'temperature', labels: { subject: 'hexi', place: '机房 "东"\\1' }, value: wave(-3, 25) },
  { metric: 'temperature', labels: { subject: 'hexi', place: 'west' }, value: wave(21, 4), jitter: 20_000 },
  { metric: 'temperature', labels: { subject: 'hexi/east' }, value: wave(8, 1), everySeconds: 15 },
  { metric: 'pod_memory', labels: { subject: 'hexi', pod: 'web-1' }, value: wave(600, 90), alive: [0, 0.41] },
  {
    metric: 'pod_memory',
    labels: { subject: 'hexi', pod: 'web-2' },
    value: wave(500, 90),
    alive: [0.4, 0.83],
  },
  { metric: 'pod_memory', labels: { subject: 'hexi', pod: 'web-3' }, value: wave(550, 90), alive: [0.82, 1] },
  {
    metric: 'bytes_free',
    labels: { subject: 'hexi', disk: 'x' },
    value: (index) => 9_000_000_000 - index * 4096,
  },
  { metric: 'bytes_size', labels: { subject: 'hexi', disk: 'x' }, value: () => 12_000_000_000 },
  {
    metric: 'requests_total',
    labels: { subject: 'hexi', code: '200', pod: 'p' },
    value: counter((chance) => Math.floor(chance() * 90), [1000, 1001, 2000]),
  },
  {
    metric: 'requests_total',
    labels: { subject: 'hexi', code: '500', pod: 'p' },
    value: counter((chance) => (chance() < 0.1 ? 3 : 0), [1000, 1001, 2000]),
  },
  {
    metric: 'requests_total',
    labels: { subject: 'hexi', code: '200', pod: 'q' },
    value: counter((chance) => Math.floor(chance() * 30)),
    alive: [0.3, 0.7],
  },
  {
    metric: 'failures_total',
    labels: { subject: 'hexi' },
    value: counter((chance) => (chance() < 0.02 ? 1 : 0)),
    jitter: 5000,
  },
];

const bounds = ['0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf'];

function histogram(route: string, seed: number): Reading[] {
  const totals = bounds.map(() => 0);
  const ticks = series(
    { metric: 'latency_seconds_bucket', labels: { subject: 'hexi', route }, value: () => 0 },
    seed,
  );
  const chance = generator(seed);
  return ticks.flatMap(({ metric, labels, at }) => {
    for (let observed = Math.floor(chance() * 40); observed > 0; observed -= 1) {
      const seconds = chance() ** 3 * 4;
      bounds.forEach((bound, index) => {
        if (bound === '+Inf' || seconds <= Number(bound)) totals[index] = (totals[index] ?? 0) + 1;
      });
    }
    return bounds.map((le, index) => ({ metric, labels: { ...labels, le }, at, value: totals[index] ?? 0 }));
  });
}

/** A sample on each border: the first counts, that on the end does not. */
const onBorders: readonly Reading[] = [from - 1, from, to - 1, to].map((at, index) => ({
  metric: 'border',
  labels: { subject: 'hexi' },
  at: new Date(at).toISOString(),
  value: 10 ** index,
}));

export const agreementReadings: readonly Reading[] = [
  ...shapes.flatMap((shape, index) => series(shape, index + 7)),
  ...histogram('/a', 71),
  ...histogram('/b', 72),
  ...onBorders,
];
