import {
  type AlertingRule,
  alertSeverities,
  burnFactor,
  type RecordingRule,
  type RuleGroup,
  type RuleTest,
  type RuleTestFile,
  type Slo,
  sloLabels,
  sloRecords,
  type WindowCatalogue,
} from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { taskOf } from '../groups-of.ts';
import { absentName, guardLimit } from '../native/alert-rules.ts';
import { baseWindow, tiersOfAlert } from '../native/native-windows.ts';
import { decimal } from '../native/policy.ts';
import type { RuleTask } from '../rule-options.ts';
import { checksOf, seriesText, type TestedAlerts } from './alert-tests.ts';
import { burnScenes, burnsIn, type TestedTier } from './burn-scenes.ts';

export interface TestOptions {
  /** Path of the rule file as the test file names it. */
  readonly ruleFile: string;
  readonly catalogues: readonly WindowCatalogue[];
  /** Names of alerts that other SLOs in the rule file have too: their silence is broken by those. None when absent. */
  readonly sharedNames?: ReadonlySet<string>;
}

const isSloth = (groups: readonly RuleGroup[]) => groups.some(({ name }) => name.startsWith('sloth-slo-'));

function slothTiers({ slo, catalogue }: RuleTask): TestedTier[] {
  const tiers = alertSeverities.flatMap((severity) =>
    [catalogue[severity].quick, catalogue[severity].slow].map((window) => ({
      severity,
      windows: [durationText(window.shortSeconds), durationText(window.longSeconds)],
      limit: (burnFactor(catalogue, window) * (100 - slo.objectivePercent)) / 100,
      guard: null,
    })),
  );
  return tiers.filter(({ limit }) => limit < 1);
}

const nativeTiers = (task: RuleTask): TestedTier[] =>
  alertSeverities.flatMap((severity) =>
    tiersOfAlert(task, severity).map(({ windows, longSeconds, limit }) => ({
      severity,
      windows: windows.map(durationText),
      limit,
      guard: task.slo.minimumEvents > 0 ? guardLimit(task, longSeconds) : null,
    })),
  );

/** The rules of an SLO by what they are called, and the labels that its recorded series bear. */
class RuleFinder {
  readonly #alerts: readonly AlertingRule[];
  readonly #records: ReadonlyMap<string, RecordingRule>;

  readonly #sharedNames: ReadonlySet<string>;

  constructor(groups: readonly RuleGroup[], sharedNames: ReadonlySet<string>) {
    this.#sharedNames = sharedNames;
    const rules = groups.flatMap((group) => group.rules);
    this.#alerts = rules.filter((rule) => 'alert' in rule);
    this.#records = new Map(rules.filter((rule) => 'record' in rule).map((rule) => [rule.record, rule]));
  }

  alerts(name: string): readonly AlertingRule[] {
    return this.#alerts.filter(({ alert }) => alert === name);
  }

  series(record: string): string {
    return seriesText(record, this.#records.get(record)?.labels ?? {});
  }

  tested(rules: readonly AlertingRule[]): TestedAlerts {
    return {
      rules,
      seriesLabels: this.#records.get(sloRecords.objective)?.labels ?? {},
      isShared: rules.some(({ alert }) => this.#sharedNames.has(alert)),
    };
  }
}

/** Recorded series are what they are at once: a scene lasts a minute, the one of its place in the list. */
const valuesOf = (values: readonly number[]) => values.join(' ');

function burnTest(task: RuleTask, finder: RuleFinder, allTiers: readonly TestedTier[]): RuleTest[] {
  const { id, alerting } = task.slo;
  const rules = finder.alerts(alerting.name);
  const ruleOf = (severity: string) => rules.find(({ labels }) => labels?.[sloLabels.severity] === severity);
  const tiers = allTiers.filter(({ severity }) => ruleOf(severity) !== undefined);
  if (tiers.length === 0) return [];
  const scenes = burnScenes(tiers);
  const windows = [...new Set(tiers.flatMap((tier) => tier.windows))];
  const totals = tiers.flatMap(({ guard, windows: own }): [string, string][] =>
    guard === null
      ? []
      : [
          [
            finder.series(sloRecords.totalRate(own.at(-1) ?? '')),
            valuesOf(scenes.map(({ traffic }) => decimal(guard * traffic))),
          ],
        ],
  );
  const series = new Map([
    ...windows.map((window): [string, string] => [
      finder.series(sloRecords.errorRatio(window)),
      valuesOf(scenes.map(({ ratios }) => ratios[window] ?? 0)),
    ]),
    ...totals,
  ]);
  const checks = scenes.map((scene, index) => ({
    minute: index,
    firing: alertSeverities.flatMap((severity) => {
      const rule = ruleOf(severity);
      const burns = tiers.some((tier) => tier.severity === severity && burnsIn(tier, scene));
      return rule && burns ? [rule] : [];
    }),
  }));
  const script = scenes.map(({ name }, index) => `${index}m ${name}`).join('; ');
  return [
    {
      name: `${id} burns: ${script}`,
      interval: '1m',
      input_series: [...series].map(([name, values]) => ({ series: name, values })),
      ...checksOf(finder.tested(rules), checks),
    },
  ];
}

/** Minute of the last sample, after which the series is marked stale. */
const lastSample = 5;
const absentMinutes = 10;

function absentTest(task: RuleTask, finder: RuleFinder): RuleTest[] {
  const { id, alerting, sli } = task.slo;
  const rules = finder.alerts(absentName(alerting.name));
  if (rules.length === 0) return [];
  const record = (sli.kind === 'ratio' ? sloRecords.errorRatio : sloRecords.totalRate)(baseWindow(task));
  const firesAt = lastSample + 1 + absentMinutes;
  const checks = [
    { minute: lastSample, firing: [] },
    { minute: firesAt - 1, firing: [] },
    { minute: firesAt, firing: rules },
  ];
  return [
    {
      name: `${id} without data: silent until ${absentMinutes}m after the last sample`,
      interval: '1m',
      input_series: [{ series: finder.series(record), values: `1x${lastSample} stale` }],
      ...checksOf(finder.tested(rules), checks),
    },
  ];
}

/**
 * promtool tests of every alert of an SLO: silent, firing by each tier alone, silent again. What comes in are the recorded
 * series, for no one can say what a query of somebody else's would need; the queries themselves yield nothing meanwhile.
 */
export function testsOf(
  slo: Slo,
  groups: readonly RuleGroup[],
  { ruleFile, catalogues, sharedNames = new Set() }: TestOptions,
): RuleTestFile {
  const task = taskOf(slo, { style: 'native', catalogues });
  const finder = new RuleFinder(groups, sharedNames);
  const testsFor = (found: RuleTask) => [
    ...burnTest(found, finder, isSloth(groups) ? slothTiers(found) : nativeTiers(found)),
    ...absentTest(found, finder),
  ];
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: typeof task === 'string' ? [] : testsFor(task),
  };
}
