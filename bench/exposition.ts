import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { ExpositionParser, parseExposition } from '../collectors/exposition/exposition.ts';
import { median, print, ratio, timed, whole } from './figures.ts';

const megabyte = 1_000_000;

/** A page as exporters give it: families with help and type, labels that repeat, counters, decimals and a histogram. */
function pageOf(bytes: number): Buffer {
  const parts: string[] = [];
  let size = 0;
  const add = (text: string) => {
    parts.push(text);
    size += text.length;
  };
  for (let family = 0; size < bytes; family++) {
    const name = `container_family_${family}_seconds_total`;
    add(`# HELP ${name} Cumulative time of one kind, by pod and namespace.\n# TYPE ${name} counter\n`);
    for (let pod = 0; pod < 400 && size < bytes; pod++) {
      const labels = `namespace="city-${pod % 12}",pod="event-worker-${pod}",container="worker",image="registry/city/worker:v1.${pod % 7}"`;
      add(`${name}{${labels}} ${pod * 7919 + family}.${String(pod).padStart(3, '0')}\n`);
    }
    const wait = `request_wait_${family}_seconds`;
    add(`# HELP ${wait} Time until an answer.\n# TYPE ${wait} histogram\n`);
    for (let route = 0; route < 40 && size < bytes; route++) {
      const of = `route="/api/v1/things/${route}",method="GET"`;
      for (const le of ['0.005', '0.05', '0.5', '5', '+Inf'])
        add(`${wait}_bucket{${of},le="${le}"} ${route * 31}\n`);
      add(`${wait}_sum{${of}} ${route}.25\n${wait}_count{${of}} ${route * 31}\n`);
    }
  }
  return Buffer.from(parts.join(''));
}

function parseOurs(page: Buffer): number {
  let samples = 0;
  const parser = new ExpositionParser('text', ({ value }) => {
    if (!Number.isNaN(value)) samples += 1;
  });
  parser.push(page);
  parser.end();
  return samples;
}

/** Its result is held as a whole; a histogram's buckets count as one metric there. */
function parseTheirs(page: Buffer): number {
  return parsePrometheusTextFormat(page.toString('utf8')).length;
}

function sampleCount(page: Buffer): number {
  return parseExposition(page, 'text').samples.length;
}

const rounds = 5;

/** Megabytes per second of each, the median of rounds taken in turn, so that a busy machine slows all alike. */
async function ratesOf(page: Buffer, parsers: readonly ((page: Buffer) => number)[]): Promise<number[]> {
  const rates = parsers.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, parse] of parsers.entries()) {
      const { seconds, result } = await timed(async () => parse(page));
      if (result === 0) throw new Error('nothing was read');
      rates[index]?.push(page.length / megabyte / seconds);
    }
  }
  return rates.map(median);
}

const page = pageOf(50 * megabyte);
const warm = page.subarray(0, page.lastIndexOf(10, 5 * megabyte) + 1);
for (const parse of [parseOurs, sampleCount, parseTheirs]) parse(warm);
const before = process.memoryUsage().rss;
const samples = parseOurs(page);
const grown = (process.memoryUsage().rss - before) / megabyte;
const [ours = 0, held = 0, theirs = 0] = await ratesOf(page, [parseOurs, sampleCount, parseTheirs]);
print('exposition', `citygauge, page of 50 MB (${whole(samples)} samples), MB per second`, whole(ours));
print('exposition', 'citygauge, samples per second', whole((samples / (page.length / megabyte)) * ours));
print('exposition', 'citygauge, resident memory grown while reading once, MB', whole(grown));
print('exposition', 'citygauge, all samples held at once, MB per second', whole(held));
print('exposition', 'parse-prometheus-text-format, same page, MB per second', theirs.toFixed(1));
print('exposition', 'citygauge beside parse-prometheus-text-format', ratio(ours / theirs));
print('exposition', 'the same with all samples held', ratio(held / theirs));
