import { acceptedBy } from '../../../test/rule-programs.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import type { Sli } from '../../contract.ts';
import { builtInCatalogues, groupsOf, printRules, printYaml, ruleStyles } from '../../generate.ts';
import { slo } from './slo-fixtures.ts';

/** From minute 46 to 60 everything is bad: 15 of the 31 minutes that a window of half an hour sees, both ends included. */
const badMinutes = 15;
const share = `${badMinutes} / 31`;

interface Kind {
  readonly name: string;
  readonly sli: Sli;
  /** What `slo:sli_error:ratio_rate30m` is at minute 60, as PromQL. */
  readonly native: string;
  /** Null = none at all. */
  readonly sloth: string | null;
}

const counters = {
  errorQuery: 'sum(rate(requests_total{code="500"}[{{.window}}]))',
  totalQuery: 'sum(rate(requests_total[{{.window}}]))',
};

const kinds: readonly Kind[] = [
  {
    name: 'events',
    sli: { kind: 'events', ...counters, measure: null },
    native: '0.05',
    sloth: '0.05',
  },
  {
    name: 'no-errors-yet',
    sli: {
      kind: 'events',
      ...counters,
      errorQuery: 'sum(rate(requests_total{code="599"}[{{.window}}]))',
      measure: null,
    },
    native: '0',
    sloth: null,
  },
  {
    name: 'ratio',
    sli: { kind: 'ratio', errorRatioQuery: '1 - avg(avg_over_time(up[{{.window}}]))', measure: null },
    native: share,
    sloth: share,
  },
  {
    name: 'threshold',
    sli: { kind: 'threshold', query: 'queue', operator: '<=', bound: 100, everySeconds: 60, measure: null },
    native: share,
    sloth: share,
  },
  {
    name: 'threshold-of-nothing',
    sli: {
      kind: 'threshold',
      query: 'queue and queue > 100 or queue * NaN',
      operator: '<=',
      bound: 100,
      everySeconds: 60,
      measure: null,
    },
    native: '1',
    sloth: '1',
  },
  {
    name: 'slices-by-target',
    sli: { kind: 'timeSlices', of: counters, sliceSeconds: 60, target: 0.95 },
    native: share,
    sloth: share,
  },
  {
    name: 'slices-on-average',
    sli: { kind: 'timeSlices', of: counters, sliceSeconds: 60, target: null },
    native: `0.1 * ${share}`,
    sloth: `0.1 * ${share}`,
  },
];

/** 100 requests a minute, 10 of which fail in the bad minutes. */
const input = [
  { series: 'requests_total{code="200"}', values: `0+100x45 4590+90x${badMinutes - 1}` },
  { series: 'requests_total{code="500"}', values: `0x45 10+10x${badMinutes - 1}` },
  { series: 'up', values: `1x45 0x${badMinutes - 1}` },
  { series: 'queue', values: `100x45 101x${badMinutes - 1}` },
];

describe('each kind of SLI', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  for (const style of ruleStyles) {
    it(`has the error ratio of its data, ${style} style`, function () {
      const slos = kinds.map(({ name, sli }) => slo({ id: `kinds-${name}`, name, sli }));
      const groups = slos.map((each) => ({
        name: each.id,
        rules: groupsOf(each, { style, catalogues: builtInCatalogues }).flatMap(({ rules }) => rules),
      }));
      folder.write(`${style}.rules.yaml`, printRules({ groups }));
      const checks = kinds.flatMap((kind) => {
        const expected = kind[style];
        const ratio = `sum(slo:sli_error:ratio_rate30m{sloth_slo="${kind.name}"})`;
        const expr =
          expected === null ? `count(${ratio})` : `round(${ratio} - (${expected}), 1e-9) == bool 0`;
        return [
          { expr, eval_time: '60m', exp_samples: expected === null ? [] : [{ labels: '{}', value: 1 }] },
        ];
      });
      const test = folder.write(
        `${style}.test.yaml`,
        printYaml({
          rule_files: [`${style}.rules.yaml`],
          evaluation_interval: '1m',
          tests: [{ interval: '1m', input_series: input, promql_expr_test: checks }],
        }),
      );
      acceptedBy(this, 'promtool', ['test', 'rules', test]);
    });
  }
});
