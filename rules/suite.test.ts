import assert from 'node:assert/strict';
import { acceptedBy, runRuleProgram } from '../test/rule-programs.ts';
import { scratchFolder } from '../test/scratch-folder.ts';
import type { RuleGroup } from './contract.ts';
import { printRules, printTests } from './output/print-rules.ts';
import { suiteAlertNames, suiteDefaults, suiteGroups, suiteTests } from './suite.ts';

const alertsOf = (groups: readonly RuleGroup[]) =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule] : [])));

describe('the alerts about the suite itself', function () {
  this.timeout(30_000);
  const folder = scratchFolder();

  it('are named once each, in groups of their own', () => {
    const groups = suiteGroups();
    assert.ok(suiteAlertNames.length >= 15);
    assert.equal(new Set(suiteAlertNames).size, suiteAlertNames.length);
    assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
    assert.deepEqual(
      alertsOf(groups).map(({ alert }) => alert),
      suiteAlertNames,
    );
  });

  it('say what happened in both languages, how urgent it is, and which runbook tells what to do', () => {
    for (const { alert, labels, annotations } of alertsOf(
      suiteGroups({ ...suiteDefaults, runbooks: 'https://wiki/' }),
    )) {
      assert.ok(['page', 'ticket'].includes(labels?.severity ?? ''), alert);
      assert.match(annotations?.summary ?? '', /[a-z]/, alert);
      assert.match(annotations?.summary_zh ?? '', /\p{Script=Han}/u, alert);
      assert.equal(annotations?.runbook_url, `https://wiki/${alert}.md`);
    }
  });

  it('are tested silent before they fire, and silent where all is well', () => {
    for (const name of suiteAlertNames) {
      const scenes = suiteTests().filter((test) => test.name.startsWith(`${name}: `));
      const verdicts = scenes.map(({ alert_rule_test }) =>
        alert_rule_test.map(({ exp_alerts }) => exp_alerts.length).join(''),
      );
      assert.ok(
        verdicts.some((each) => /^0+$/.test(each)),
        `${name} has no scene in which all is well`,
      );
      assert.ok(
        verdicts.some((each) => /^0+1/.test(each)),
        `${name} has no scene of silence, then alarm`,
      );
    }
  });

  it('are what Prometheus takes, and do what their tests say', function () {
    const rules = folder.write('suite.rules.yaml', printRules({ groups: suiteGroups() }));
    const tests = folder.write(
      'suite.test.yaml',
      printTests({ rule_files: ['suite.rules.yaml'], evaluation_interval: '1m', tests: suiteTests() }),
    );
    acceptedBy(this, 'promtool', ['check', 'rules', rules]);
    acceptedBy(this, 'promtool', ['test', 'rules', tests]);
  });

  it('have tests that notice when an alert no longer waits', function () {
    const hasty = suiteGroups().map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => {
        if (!('for' in rule)) return rule;
        const { for: _waits, ...rest } = rule;
        return rest;
      }),
    }));
    folder.write('hasty.rules.yaml', printRules({ groups: hasty }));
    const tests = folder.write(
      'hasty.test.yaml',
      printTests({ rule_files: ['hasty.rules.yaml'], evaluation_interval: '1m', tests: suiteTests() }),
    );
    const { said: complaint } = runRuleProgram(this, 'promtool', ['test', 'rules', tests]);
    for (const { alert } of alertsOf(suiteGroups()).filter((rule) => rule.for !== undefined)) {
      assert.match(complaint, new RegExp(`alertname: ${alert},`), `${alert} fires at once and no test minds`);
    }
  });
});
