import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSharedData } from '../../../test/real-parts.ts';
import { readSlos, readSpecFiles } from '../../slo.ts';
import { definitionOf, definitionSha256 } from '../definition.ts';
import { faultsOf } from './test-specs.ts';

const file = (text: string, name = 'spec.yaml') => ({ name, text });
const slosOf = (...texts: readonly string[]) =>
  readSlos(texts.map((text, index) => file(text, `${index + 1}.yaml`))).slos;

const refusalOf = (...texts: readonly string[]) => faultsOf(() => slosOf(...texts));

const slo = (name: string, query = 'avg(avg_over_time(x[{{.window}}]))') =>
  `  - { name: ${name}, objective: 99, sli: { ratio: '${query}' } }\n`;
const native = (...slos: readonly string[]) =>
  `schema: citygauge/slo@1\nservice: portal\nslos:\n${slos.join('')}`;

describe('reading SLO specs', () => {
  it('keeps the order of the files and of what stands in them, whatever their formats', () => {
    const alpha = `apiVersion: openslo/v1alpha
kind: SLO
metadata: { name: lookups }
spec:
  service: register
  objectives:
    - target: 0.995
      ratioMetrics:
        good: { source: prometheus, queryType: promql, query: 'sum(rate(good_total[{{.window}}]))' }
        total: { source: prometheus, queryType: promql, query: 'sum(rate(all_total[{{.window}}]))' }
`;
    const slos = slosOf(native(slo('b1'), slo('a1')), alpha, native(slo('c1')));
    assert.deepEqual(
      slos.map(({ id, objectivePercent, source: { file, line } }) => [id, objectivePercent, file, line]),
      [
        ['portal-b1', 99, '1.yaml', 4],
        ['portal-a1', 99, '1.yaml', 5],
        ['register-lookups-0', 99.5, '2.yaml', 7],
        ['portal-c1', 99, '3.yaml', 4],
      ],
    );
  });

  it('tells all faults of all files together, by file, line and column', () => {
    const one = native(slo('a1', 'sum(rate(x[{{.window}}])'), '  - { name: a2, objectiv: 99, sli: {} }\n');
    const two = 'version: prometheus/v1\nservice: ü\nslos: []\n';
    const three = 'schema: citygauge/slo@2\n';
    assert.deepEqual(refusalOf(one, two, three, 'a: [', '# nothing\n'), [
      '1.yaml line 4 column 70 slos[0].sli.ratio: no PromQL: it ends too early',
      '1.yaml line 5 column 5 slos[1].objective: "objective" is missing: write the share of good events in per cent, 99.9',
      '1.yaml line 5 column 17 slos[1].objectiv: unknown key "objectiv"; did you mean objective?',
      '2.yaml line 3 column 7 slos: the list is empty: give at least one',
      '3.yaml line 1 column 9 schema: "citygauge/slo@2" is no format of SLOs that is read here; did you mean citygauge/slo@1?',
      '4.yaml line 1 column 5: YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      '5.yaml: the file is empty',
    ]);
  });

  it('names the place of a PromQL fault within the scalar, however it is written', () => {
    const block = native(
      '  - name: a1\n    objective: 99\n    sli:\n      ratio: |\n        avg(\n          rate(x[{{ .window }}]\n        )\n',
    );
    const plain = native("  - name: a1\n    objective: 99\n    sli: { ratio: 'avg(x[{{.window}}])' }\n");
    const call = native("  - name: a1\n    objective: 99\n    sli: { ratio: 'avg(rate(x{{.window}}))' }\n");
    assert.deepEqual(
      [block, plain, call].map((text) => refusalOf(text)),
      [
        ['1.yaml line 10 column 9 slos[0].sli.ratio: no PromQL: it ends too early'],
        [
          '1.yaml line 6 column 24 slos[0].sli.ratio: no PromQL: a range stands here, yet only functions over time, rate and increase take one',
        ],
        [
          '1.yaml line 6 column 24 slos[0].sli.ratio: no PromQL: rate needs a range, `rate(metric[{{.window}}])`',
        ],
      ],
    );
  });

  for (const [query, fault] of [
    ['sum(rate(x{a=~"("}[{{.window}}]))', 'column 61 slos[0].sli.ratio: regular expression "(": '],
    ['sum(x) offset 5m', 'column 47 slos[0].sli.ratio: no PromQL: offset stands behind a selector only'],
    ['sum(x) or -1', 'column 47 slos[0].sli.ratio: no PromQL: and, or and unless join series, not numbers'],
    ['sum(nosuch(x))', 'column 57 slos[0].sli.ratio: no PromQL: "(x))" cannot stand here'],
    [
      'sum(x) / / y[{{.window}}]',
      'column 56 slos[0].sli.ratio: no PromQL: "/ y[{{.window}}]" cannot stand here',
    ],
  ] as const) {
    it(`refuses ${query}`, () => {
      const [first = ''] = refusalOf(native(slo('a1', query)));
      assert.ok(first.startsWith(`1.yaml line 4 ${fault}`), first);
    });
  }

  it('takes an offset behind a selector, a range or an instant', () => {
    const query = 'sum(-x offset 5m + x @ 7 offset 1h + rate(x[{{.window}}] offset 1d))';
    assert.deepEqual(refusalOf(native(slo('a1', query))), []);
  });

  it('reads label names in quotes, as Prometheus 3 has them', () => {
    const query = 'sum(rate({"http.requests", "http.status"="500"}[{{.window}}])) / 9';
    assert.equal(slosOf(native(slo('a1', query)))[0]?.sli.kind, 'ratio');
  });

  it('refuses names beyond ASCII and says that the title may hold them', () => {
    assert.deepEqual(refusalOf(native(slo('可用性'), slo('x'))), [
      '1.yaml line 4 column 13 slos[0].name: "可用性" is no name of an SLO: two characters or more, a letter or digit of ASCII first and last, between them also ".", "_" and "-"; any text may stand in title',
      '1.yaml line 5 column 13 slos[1].name: "x" is no name of an SLO: two characters or more, a letter or digit of ASCII first and last, between them also ".", "_" and "-"; any text may stand in title',
    ]);
  });

  it('refuses a second SLO of the same id and names both places', () => {
    const slos = ['a.yaml', 'b.yaml'].map((name) => file(native(slo('a1')), name));
    assert.throws(() => readSlos(slos), {
      message:
        'b.yaml line 4 column 13 slos[0].name: the SLO "portal-a1" stands in a.yaml line 4 already: give one of them another name',
    });
  });

  it('bounds hostile files', () => {
    const aliases = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: &c [${'*b,'.repeat(9)}*b]\nd: &d [${'*c,'.repeat(9)}*c]\ne: &e [${'*d,'.repeat(9)}*d]\nf: &f [${'*e,'.repeat(9)}*e]\ng: [${'*f,'.repeat(9)}*f]\n`;
    assert.match(refusalOf(aliases)[0] ?? '', /more than 4000000 values once its aliases are expanded/);
    assert.match(refusalOf(`a: ${'['.repeat(300)}`)[0] ?? '', /nested deeper than 24 levels/);
    const deep = native(slo('a1', `${'('.repeat(2000)}x${')'.repeat(2000)}`));
    assert.match(refusalOf(deep)[0] ?? '', /nested deeper than 500 levels/);
    const chain = native(slo('a1', `avg(x)${' + avg(x)'.repeat(1000)}`));
    assert.match(refusalOf(chain)[0] ?? '', /no PromQL/);
    const long = native(slo('a1', `avg(x{a="${'y'.repeat(10_000)}"})`));
    assert.match(refusalOf(long)[0] ?? '', /longer than 10000 characters/);
    const many = native(...Array.from({ length: 1500 }, (_, index) => slo(`a${index}b`, 'avg(')));
    const faults = refusalOf(many);
    assert.deepEqual([faults.length, faults.at(-1)], [1001, 'and 500 more faults: mend these first']);
  });

  it('reads 5,000 SLOs of one file', () => {
    const slos = slosOf(native(...Array.from({ length: 5000 }, (_, index) => slo(`a${index}b`))));
    assert.deepEqual([slos.length, slos[4999]?.id, slos[4999]?.source.line], [5000, 'portal-a4999b', 5003]);
  });

  it('has a definition whose hash changes with what its figures depend on, and with nothing else', () => {
    const [one] = slosOf(native(slo('a1')));
    assert.ok(one);
    const hash = definitionSha256(definitionOf(one));
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(definitionSha256(definitionOf({ ...one, labels: { a: 'b' } })), hash);
    assert.notEqual(definitionSha256(definitionOf({ ...one, objectivePercent: 98 })), hash);
  });
});

describe('the example specs', () => {
  const folder = join(import.meta.dirname, '../../../samples/slo/examples');

  it('are read without a fault and have one of every format and kind of SLI', async () => {
    const { slos, findings } = readSlos(await readSpecFiles([folder]));
    assert.deepEqual(
      [...new Set(slos.map(({ source }) => source.format))],
      ['citygauge/slo@1', 'openslo/v1', 'openslo/v1alpha', 'sloth/k8s', 'prometheus/v1'],
    );
    assert.deepEqual(
      [...new Set(slos.map(({ sli }) => sli.kind))],
      ['events', 'ratio', 'threshold', 'timeSlices'],
    );
    assert.deepEqual(
      findings.filter(({ level }) => level === 'fault'),
      [],
    );
  });
});

describe("Sloth's public examples", () => {
  const go = 'it is Go code';
  /** Files that need Go plugins, with their faults; how many SLOs the others hold. */
  const expected: Readonly<Record<string, number | readonly string[]>> = {
    'contrib-denominator-corrected.yaml': [
      `line 12 column 13 spec.sloPlugins.chain[0].id: the Sloth plugin "sloth.dev/contrib/denominator_corrected_rules/v1" is not supported: ${go} that changes the rules; remove it`,
    ],
    'contrib-slo-plugins.yml': [
      `line 14 column 15 slos[0].plugins.chain[0].id: the Sloth plugin "sloth.dev/contrib/info_labels/v1" is not supported: ${go} that changes the rules; remove it`,
      `line 45 column 15 slos[1].plugins.chain[0].id: the Sloth plugin "sloth.dev/contrib/rule_intervals/v1" is not supported: ${go} that changes the rules; remove it`,
    ],
    'getting-started.yml': 1,
    'home-wifi.yml': 2,
    'k8s-getting-started.yml': 1,
    'k8s-home-wifi.yml': 2,
    'k8s-multifile.yml': 2,
    'kubernetes-apiserver.yml': 2,
    'multifile.yml': 2,
    'no-alerts.yml': 1,
    'openslo-getting-started.yml': 1,
    'openslo-kubernetes-apiserver.yml': 3,
    'plugin-getting-started.yml': [
      `line 14 column 13 slos[0].sli.plugin.id: the SLI plugin "getting_started_availability" is not supported: ${go}; write the queries that it makes as events or raw`,
    ],
    'plugin-k8s-getting-started.yml': [
      'line 39 column 9 spec.slos[0].alerting.page_alert: unknown key "page_alert"; did you mean pageAlert?',
      'line 43 column 9 spec.slos[0].alerting.ticket_alert: unknown key "ticket_alert"; did you mean ticketAlert?',
    ],
    'raw-home-wifi.yml': 1,
    'slo-plugin-getting-started.yml': 1,
    'slo-plugin-k8s-getting-started.yml': 1,
    'victoria-metrics.yml': 2,
  };

  it('are read and linted without a fault, but for those that need Go plugins, which are named with their place', function () {
    const folder = requireSharedData(this, 'sloth/examples');
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    assert.deepEqual(names.toSorted(), Object.keys(expected).toSorted());
    for (const name of names) {
      const text = readFileSync(join(folder, name), 'utf8');
      const wanted = expected[name];
      if (typeof wanted === 'number') {
        const { slos, findings } = readSlos([{ name, text }]);
        assert.equal(slos.length, wanted, name);
        assert.deepEqual(
          findings.filter(({ level }) => level === 'fault'),
          [],
          name,
        );
      } else
        assert.throws(() => readSlos([{ name, text }]), {
          faults: wanted?.map((fault) => `${name} ${fault}`),
        });
    }
  });

  it('keep labels as they are spelt, numbers and booleans too', function () {
    const folder = requireSharedData(this, 'sloth/examples');
    const text = readFileSync(join(folder, 'victoria-metrics.yml'), 'utf8').replace(
      'target_le: 0.2',
      'target_le: 1.0',
    );
    const [first] = readSlos([{ name: 'victoria-metrics.yml', text }]).slos;
    assert.deepEqual(first?.labels, {
      owner: 'foo',
      repo: 'content/foo-bar',
      generated: 'true',
      type: 'latency',
      application: 'slowpoke',
      actual_grade: 'A',
      target_grade: 'A',
      actual_le: '0.2',
      target_le: '1.0',
    });
  });
});
