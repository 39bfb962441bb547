import {
  type AlertingRule,
  type AlertSeverity,
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
import { absentName, guardLimit } from '../native/alert-rules.ts';
import { baseWindow, tiersOfAlert, windowText } from '../native/native-windows.ts';
import { taskOf } from '../groups-of.ts';
import type { RuleTask } from '../rule-options.ts';
import { seriesText, testOf } from './alert-tests.ts';
import { absentScenes, burnScenes, type TestedTier } from './burn-scenes.ts';

export interface TestOptions {
  /** Path of the rule file as the test file names it. */
  readonly ruleFile: string;
  readonly catalogues: readonly WindowCatalogue[];
}

const isSloth = (groups: readonly RuleGroup[]) => groups.some(({ name }) => name.startsWith('sloth-slo-'));

function slothTiers({ slo, catalogue }: RuleTask, severity: AlertSeverity): TestedTier[] {
  const { quick, slow } = catalogue[severity];
  return [quick, slow]
    .map((window) => ({
      windows: [windowText(window.shortSeconds), windowText(window.longSeconds)],
      limit: (burnFactor(catalogue, window) * (100 - slo.objectivePercent)) / 100,
      guard: null,
    }))
    .filter(({ limit }) => limit < 1);
}

const nativeTiers = (task: RuleTask, severity: AlertSeverity): TestedTier[] =>
  tiersOfAlert(task, severity).map(({ windows, longSeconds, limit }) => ({
    windows: windows.map(windowText),
    limit,
    guard: task.slo.minimumEvents > 0 ? guardLimit(task, longSeconds) : null,
  }));

/** Finds the alerts of an SLO among its rules, and the labels that its recorded series bear. */
class RuleFinder {
  readonly #alerts: readonly AlertingRule[];
  readonly #records: ReadonlyMap<string, RecordingRule>;

  constructor(groups: readonly RuleGroup[]) {
    const rules = groups.flatMap((group) => group.rules);
    this.#alerts = rules.filter((rule) => 'alert' in rule);
    this.#records = new Map(rules.filter((rule) => 'record' in rule).map((rule) => [rule.record, rule]));
  }

  alert(name: string, severity?: AlertSeverity): AlertingRule | undefined {
    return this.#alerts.find(
      ({ alert, labels }) =>
        alert === name && (severity === undefined || labels?.[sloLabels.severity] === severity),
    );
  }

  labelsOf(record: string): Readonly<Record<string, string>> {
    return this.#records.get(record)?.labels ?? {};
  }

  series(record: string): string {
    return seriesText(record, this.labelsOf(record));
  }

  /** Labels that alerts inherit. */
  get inherited(): Readonly<Record<string, string>> {
    return this.labelsOf(sloRecords.objective);
  }
}

function burnTests(task: RuleTask, finder: RuleFinder, tiersOf: typeof nativeTiers): RuleTest[] {
  return alertSeverities.flatMap((severity) => {
    const rule = finder.alert(task.slo.alerting.name, severity);
    const tiers = tiersOf(task, severity);
    if (!rule || tiers.length === 0) return [];
    const scenes = burnScenes({
      title: `${rule.alert} ${severity} of ${task.slo.id}`,
      tiers,
      ratioSeries: (window) => finder.series(sloRecords.errorRatio(window)),
      totalSeries: (window) => finder.series(sloRecords.totalRate(window)),
    });
    return scenes.map((scene) => testOf(rule, scene, finder.inherited));
  });
}

function absentTests(task: RuleTask, finder: RuleFinder): RuleTest[] {
  const { id, alerting, sli } = task.slo;
  const rule = finder.alert(absentName(alerting.name));
  if (!rule) return [];
  const record = (sli.kind === 'ratio' ? sloRecords.errorRatio : sloRecords.totalRate)(baseWindow(task));
  return absentScenes(`${rule.alert} of ${id}`, finder.series(record)).map((scene) =>
    testOf(rule, scene, finder.inherited),
  );
}

/**
 * promtool tests of every alert of an SLO: silent, firing by each tier alone, silent again. What comes in are the recorded
 * series, for no one can say what a query of somebody else's would need; the queries themselves yield nothing meanwhile.
 */
export function testsOf(
  slo: Slo,
  groups: readonly RuleGroup[],
  { ruleFile, catalogues }: TestOptions,
): RuleTestFile {
  const task = taskOf(slo, { style: 'native', catalogues });
  const finder = new RuleFinder(groups);
  const burn = (found: RuleTask) => burnTests(found, finder, isSloth(groups) ? slothTiers : nativeTiers);
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: typeof task === 'string' ? [] : [...burn(task), ...absentTests(task, finder)],
  };
}
