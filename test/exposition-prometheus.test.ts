import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exposition } from '../collectors/cloud/exposition.ts';
import { SampleTimes } from '../collectors/cloud/scrape/sample-times.ts';
import type { CollectorYield } from '../collectors/contract.ts';
import { createPorts } from '../collectors/ports/ports-client.ts';
import { acceptReadings } from '../collectors/runner/run/accept-readings.ts';
import { freePort } from './free-port.ts';
import { type PrometheusServer, startPrometheusServer } from './prometheus-server.ts';
import { requireProgram } from './real-parts.ts';
import { type RealServer, startRealServer } from './real-server.ts';

const text = 'text/plain; version=0.0.4';
const openMetrics = 'application/openmetrics-text; version=1.0.0';

/**
 * Pages whose fate, values and counts both have to agree on. Not among them: a line that begins with a blank, two blanks in a
 * TYPE line and times before 1970, which the format allows and Prometheus 2 refuses.
 */
const pages: readonly (readonly [contentType: string, page: string])[] = [
  [text, '# HELP load Load.\n# TYPE load gauge\nload{core="0",job="mine",instance="there"} 1.25\nload 3e2\n'],
  [text, 'drop_me 1\nkeep_me{zone_a="x",zone_b="y"} 2\nNODE{mode="user"} 3\n'],
  [text, 'empty{label="",other="o"} 4\n'],
  [text, 'spaced { a = "b" , c = "d" , }\t 7  \n\n# any comment\n#tight\n'],
  [text, 'spaced 7\n# HELP spaced\n'],
  [text, 'spaced 7\n# HELP\n'],
  [text, '#  TYPE spaced thing\nspaced 7\n'],
  [text, 'spaced{a="b"}7\n'],
  [text, 'spaced{a="b" c="d"} 7\n'],
  [text, 'quoted{a="x\\\\y\\"z\\nw",b="\\t"} 8\n'],
  [
    text,
    'numbers{n="a"} 0.1\nnumbers{n="b"} 1e-7\nnumbers{n="c"} 123456789012345678\nnumbers{n="d"} .5\nnumbers{n="e"} 5.\n',
  ],
  [text, 'bad 1\nbad{ 2\n'],
  [text, 'bad 1\n# TYPE bad thing\n'],
  [text, 'bad 1_000\n'],
  [text, 'bad 0x10\n'],
  [text, 'bad 1\r\n'],
  [text, 'bad 1 1.5\n'],
  [text, 'unended 9'],
  ['text/html', 'fallback 10\n'],
  [openMetrics, '# TYPE jobs counter\n# HELP jobs Jobs.\njobs_total 17 # {t="x"} 1 1.5\n# EOF\n'],
  [openMetrics, 'bad 1\n'],
  [openMetrics, 'bad  1\n# EOF\n'],
  [openMetrics, 'bad{a="b",} 1\n# EOF\n'],
  [openMetrics, 'bad 1\n\n# EOF\n'],
  [openMetrics, 'bad 1\n# EOF\nbad 2\n'],
  [openMetrics, 'bad 1\n# comment\n# EOF\n'],
  [openMetrics, '# UNIT bad seconds\nbad 1\n# EOF\n'],
  [
    openMetrics,
    '# TYPE wait histogram\nwait_bucket{le="0.5"} 3\nwait_bucket{le="+Inf"} 4\nwait_count 4\nwait_sum 1.5\n# EOF',
  ],
];

const rules: readonly Rule[] = [
  ['drop', '[__name__]', 'drop_.*'],
  ['labelmap', null, 'zone_(.+)', { replacement: 'area_$1' }],
  ['labeldrop', null, 'zone_.+'],
  ['lowercase', '[__name__]', null, { target: 'low' }],
  ['replace', '[__name__, mode]', '(NODE);(.*)', { target: 'kind', replacement: 'node-$2' }],
  ['replace', '[job]', '(.).*', { target: 'first', replacement: '$1' }],
];

type Rule = readonly [
  action: string,
  source: string | null,
  regex: string | null,
  more?: { readonly target?: string; readonly replacement?: string },
];

function prometheusRule([action, source, regex, more = {}]: Rule): string {
  const { target, replacement } = more;
  return [
    `      - action: ${action}`,
    ...(source ? [`        source_labels: ${source}`] : []),
    ...(regex ? [`        regex: '${regex}'`] : []),
    ...(target ? [`        target_label: ${target}`] : []),
    ...(replacement ? [`        replacement: '${replacement}'`] : []),
  ].join('\n');
}

function ownRule([action, source, regex, more = {}]: Rule): object {
  const { target, replacement } = more;
  return {
    action,
    ...(source ? { sourceLabels: source.slice(1, -1).split(', ') } : {}),
    ...(regex ? { regex } : {}),
    ...(target ? { targetLabel: target } : {}),
    ...(replacement ? { replacement } : {}),
  };
}

function configOf(host: string, node: string): string {
  const targets = pages.map(
    (_, i) =>
      `      - targets: ['${host}']\n        labels: { __metrics_path__: /${i}, page: p${i}, subject: hexi }`,
  );
  return [
    'global: { scrape_interval: 1s, scrape_timeout: 900ms }',
    'scrape_configs:',
    '  - job_name: pages',
    '    static_configs:',
    ...targets,
    '    metric_relabel_configs:',
    ...rules.map(prometheusRule),
    '  - job_name: nodes',
    `    static_configs: [{ targets: ['${node}'], labels: { subject: hexi } }]`,
    '',
  ].join('\n');
}

const keyOf = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

interface PromSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

async function promSeries(url: string, job: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(`{job="${job}"}`)}`);
  const { data } = (await answer.json()) as { data: { result: readonly PromSeries[] } };
  return new Map(data.result.map(({ metric, value }) => [keyOf(metric), Number(value[1])]));
}

/** Both have scraped every target once: each has its `up`. */
async function untilScraped(url: string, job: string, count: number): Promise<Map<string, number>> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const series = await promSeries(url, job);
    const about = [...series.keys()].filter((key) => key.includes('"__name__","scrape_samples_scraped"'));
    if (about.length === count) return series;
    await sleep(50);
  }
  throw new Error(`Prometheus did not scrape ${count} targets of ${job}`);
}

function ownSeries({ readings }: CollectorYield, job: string): Map<string, number> {
  const now = Date.now();
  const { readings: stamped } = acceptReadings(readings, {
    collector: exposition,
    stamp: { job, subject: 'hexi' },
    now,
    oldestSeconds: 3600,
    settingLabels: new Set(),
    redact: (value) => value,
  });
  return new Map(stamped.map(({ metric, labels, value }) => [keyOf({ ...labels, __name__: metric }), value]));
}

/** What both write but only one of them can know, or what moves between two scrapes. */
const isOwnMatter = (key: string) => /"__name__","(scrape_duration_seconds|scrape_series_added)"/.test(key);

describe('the exposition collector beside a real Prometheus', () => {
  let pageServer: Server;
  let host = '';
  let node: RealServer;
  let prometheus: PrometheusServer;

  before(async function () {
    const program = requireProgram(this, 'prometheus-node-exporter');
    requireProgram(this, 'prometheus');
    pageServer = createServer((request, response) => {
      const [contentType, page] = pages[Number(request.url?.slice(1))] ?? [text, ''];
      response.writeHead(200, { 'content-type': contentType }).end(page);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => pageServer.once('listening', resolve));
    host = `127.0.0.1:${(pageServer.address() as AddressInfo).port}`;
    const port = await freePort();
    const nodeUrl = `http://127.0.0.1:${port}`;
    node = await startRealServer({
      program,
      args: [
        `--web.listen-address=127.0.0.1:${port}`,
        '--collector.disable-defaults',
        '--collector.uname',
        '--collector.meminfo',
        '--collector.cpu',
        '--collector.filesystem',
        '--collector.loadavg',
      ],
      url: nodeUrl,
      readyPath: '/',
    });
    prometheus = await startPrometheusServer(this, { config: configOf(host, nodeUrl.slice(7)) });
  });
  after(async () => {
    await prometheus?.stop();
    await node?.end();
    pageServer?.closeAllConnections();
    pageServer?.close();
  });

  const collect = (job: string, settings: object) =>
    exposition.collect({
      job,
      subject: 'hexi',
      settings: exposition.settings.parse(settings),
      state: new SampleTimes(),
      ports: createPorts({ settingsFolder: import.meta.dirname, environment: {} }),
      startedAt: new Date().toISOString(),
      signal: new AbortController().signal,
    });

  it('takes and refuses the same pages and gives the same series and counts', async () => {
    const theirs = await untilScraped(prometheus.url, 'pages', pages.length);
    const targets = pages.map((_, i) => ({ url: `http://${host}/${i}`, labels: { page: `p${i}` } }));
    const ours = ownSeries(await collect('pages', { targets, metricRelabel: rules.map(ownRule) }), 'pages');
    const compare = (series: ReadonlyMap<string, number>) =>
      Object.fromEntries([...series].filter(([key]) => !isOwnMatter(key)).toSorted());
    assert.deepEqual(compare(ours), compare(theirs));
  });

  it('gives the series of a real node_exporter under the same names, with the same fixed values', async () => {
    const theirs = await untilScraped(prometheus.url, 'nodes', 1);
    const ours = ownSeries(await collect('nodes', { targets: [`${node.url}/metrics`] }), 'nodes');
    const names = (series: ReadonlyMap<string, number>) =>
      [...series.keys()].filter((key) => !isOwnMatter(key)).sort();
    assert.deepEqual(names(ours), names(theirs));
    assert.ok(names(ours).length > 100);
    const fixed =
      /"__name__","(node_uname_info|node_memory_MemTotal_bytes|node_filesystem_size_bytes|up|scrape_samples_\w+)"/;
    const values = (series: ReadonlyMap<string, number>) =>
      Object.fromEntries([...series].filter(([key]) => fixed.test(key)).toSorted());
    assert.deepEqual(values(ours), values(theirs));
  });
});
