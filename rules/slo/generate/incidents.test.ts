import assert from 'node:assert/strict';
import { acceptedBy } from '../../../test/rule-programs.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { type AlertSeverity, sloLabels, sloRecords } from '../../contract.ts';
import { builtInCatalogues, groupsOf, printRules, printYaml, type RuleStyle } from '../../generate.ts';
import { slo } from './slo-fixtures.ts';

interface Incident {
  readonly name: string;
  /** Share of requests that fail while it lasts. */
  readonly errorRatio: number;
  readonly minutes: number;
  /** Minutes after the beginning at which an alert fires first; null = never. */
  readonly page: number | null;
  readonly ticket: number | null;
  /** Minutes after the end at which the page fires last. */
  readonly clears: number | null;
  /** Per cent of the budget of 30 days. */
  readonly budgetPercent: number;
}

/** The five incidents as the workbook's arithmetic has them at 99.9 % in 30 days. */
const incidents: readonly Incident[] = [
  { name: 'total outage', errorRatio: 1, minutes: 10, page: 1, ticket: 4, clears: 29, budgetPercent: 23.15 },
  {
    name: '15 % errors',
    errorRatio: 0.15,
    minutes: 10,
    page: 6,
    ticket: null,
    clears: 4,
    budgetPercent: 3.47,
  },
  {
    name: '2 % errors',
    errorRatio: 0.02,
    minutes: 180,
    page: 44,
    ticket: 175,
    clears: 21,
    budgetPercent: 8.33,
  },
  {
    name: '0.5 % errors',
    errorRatio: 0.005,
    minutes: 2880,
    page: null,
    ticket: 721,
    clears: null,
    budgetPercent: 33.33,
  },
  {
    name: '0.3 % errors',
    errorRatio: 0.003,
    minutes: 15,
    page: null,
    ticket: null,
    clears: null,
    budgetPercent: 0.1,
  },
];

/**
 * Minutes that are not those of the table: Sloth's budget is 0.0009999999999999432, which 0.5 % of errors in half a day of
 * three exceed where they only reach the exact 0.001.
 */
const foundElsewhere: Readonly<Record<RuleStyle, Readonly<Record<string, Partial<Incident>>>>> = {
  native: {},
  sloth: { '0.5 % errors': { ticket: 720 } },
};

/** Three days' quiet before, so that every window is full; of 10,000 requests a minute two fail at all times. */
const quietMinutes = 4400;
const requests = 10_000;
const background = 2;
const periodMinutes = 30 * 24 * 60;

function counters({ errorRatio, minutes }: Incident): { series: string; values: string }[] {
  const errors = errorRatio * requests;
  const counter = (code: string, quiet: number, loud: number) => {
    const [begun, ended] = [quiet * quietMinutes, quiet * quietMinutes + loud * minutes];
    const stretches = [
      `0+${quiet}x${quietMinutes}`,
      `${begun + loud}+${loud}x${minutes - 1}`,
      `${ended + quiet}+${quiet}x90`,
    ];
    return { series: `http_requests_total{code="${code}"}`, values: stretches.join(' ') };
  };
  return [counter('200', requests - background, requests - errors), counter('500', background, errors)];
}

interface Look {
  readonly incident: Incident;
  readonly minute: number;
  readonly severity: AlertSeverity;
  readonly fires: boolean;
}

/**
 * What is looked at: alerts have no memory (no `for`), so each minute is judged by one evaluation of all rules, which the
 * interval of the test file brings to just that minute.
 */
function testFile(ruleFile: string, { incident, minute, severity, fires }: Look): string {
  const time = `${quietMinutes + minute}m`;
  const expr = `count(ALERTS{alertname="ShopErrors", alertstate="firing", ${sloLabels.severity}="${severity}"})`;
  const exp_samples = fires ? [{ labels: '{}', value: 1 }] : [];
  return printYaml({
    rule_files: [ruleFile],
    evaluation_interval: time,
    tests: [
      {
        name: `${incident.name}, minute ${minute}: ${severity} ${fires ? 'fires' : 'is silent'}`,
        interval: '1m',
        input_series: counters(incident),
        promql_expr_test: [{ expr, eval_time: time, exp_samples }],
      },
    ],
  });
}

function looksAt(incident: Incident): Look[] {
  const { page, ticket, clears, minutes } = incident;
  const look = (severity: AlertSeverity, minute: number, fires: boolean): Look => ({
    incident,
    minute,
    severity,
    fires,
  });
  const begins = (severity: AlertSeverity, first: number | null) =>
    first === null
      ? [look(severity, minutes, false)]
      : [look(severity, first - 1, false), look(severity, first, true)];
  return [
    ...begins('page', page),
    ...begins('ticket', ticket),
    ...(clears === null
      ? []
      : [look('page', minutes + clears, true), look('page', minutes + clears + 1, false)]),
  ];
}

/** promtool loads 10,000 samples at most: 30 days as every fifth minute would have been recorded. */
const stepMinutes = 5;

/** Bad and all of the period; the incident in its middle. */
function recorded({ errorRatio, minutes }: Incident, style: RuleStyle): { series: string; values: string }[] {
  const labels = (window: string) =>
    `{owner="shop-team", sloth_id="shop-requests", sloth_service="shop", sloth_slo="requests", sloth_window="${window}"}`;
  const [quiet, loudSteps] = [quietMinutes / stepMinutes, minutes / stepMinutes];
  const rest = periodMinutes / stepMinutes - quiet - loudSteps;
  const stretches = (loud: number) => `0x${quiet - 1} ${loud}x${loudSteps - 1} 0x${rest}`;
  return style === 'sloth'
    ? [{ series: `${sloRecords.errorRatio('5m')}${labels('5m')}`, values: stretches(errorRatio) }]
    : [
        { series: `${sloRecords.errorRate('5m')}${labels('5m')}`, values: stretches(errorRatio * requests) },
        {
          series: `${sloRecords.totalRate('5m')}${labels('5m')}`,
          values: `${requests}x${periodMinutes / stepMinutes}`,
        },
      ];
}

function budgetFile(ruleFile: string, incident: Incident, style: RuleStyle): string {
  const time = `${periodMinutes}m`;
  const used = `round(100 * (1 - sum(${sloRecords.budgetLeft})), 0.01)`;
  const exp_samples = [{ labels: '{}', value: incident.budgetPercent }];
  return printYaml({
    rule_files: [ruleFile],
    evaluation_interval: time,
    tests: [
      {
        name: `${incident.name}: ${incident.budgetPercent} % of the budget`,
        interval: `${stepMinutes}m`,
        input_series: recorded(incident, style),
        promql_expr_test: [{ expr: used, eval_time: time, exp_samples }],
      },
    ],
  });
}

/** How many minutes found and those of the table lie apart. */
const farness = (found: number | null, table: number | null) =>
  found === null || table === null
    ? found === table
      ? 0
      : Number.POSITIVE_INFINITY
    : Math.abs(found - table);

describe('five incidents at 99.9 % in 30 days', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  for (const style of ['native', 'sloth'] as const satisfies readonly RuleStyle[]) {
    it(`page, clear and use up the budget as the table says, within a minute, ${style} style`, function () {
      const groups = groupsOf(slo(), { style, catalogues: builtInCatalogues });
      const ruleFile = `incidents-${style}.rules.yaml`;
      // Groups are evaluated in any order; in one group the alerts see what was recorded at the same instant.
      const together = [{ name: 'all', rules: groups.flatMap(({ rules }) => rules) }];
      folder.write(ruleFile, printRules({ groups: together }));
      const found = incidents.map((incident) => ({ ...incident, ...foundElsewhere[style][incident.name] }));
      for (const [index, { page, ticket, clears }] of found.entries()) {
        const table = incidents[index];
        assert.ok(farness(page, table?.page ?? null) <= 1);
        assert.ok(farness(ticket, table?.ticket ?? null) <= 1);
        assert.ok(farness(clears, table?.clears ?? null) <= 1);
      }
      const texts = [
        ...found.flatMap(looksAt).map((look) => testFile(ruleFile, look)),
        ...found.map((incident) => budgetFile(ruleFile, incident, style)),
      ];
      console.log(
        `      ${style}: ${found.map(({ name, page, clears, ticket }) => `${name}: page ${page ?? 'never'}, clears ${clears ?? '-'}, ticket ${ticket ?? 'never'}`).join('; ')}`,
      );
      const files = texts.map((text, index) => folder.write(`${style}-${index}.test.yaml`, text));
      acceptedBy(this, 'promtool', ['test', 'rules', ...files]);
    });
  }
});
