import type { RuleGroup } from '../../../contract.ts';
import type { RuleTask } from '../rule-options.ts';
import { alertRules } from './alert-rules.ts';
import { infoRules, periodRules } from './info-rules.ts';
import { nativePolicy } from './policy.ts';
import { isSampled, stepWindow } from './sampled-rules.ts';
import { windowRules } from './window-rules.ts';

/** Rules in CityGauge's own style (decision 0025); a group without rules is left out. */
export function nativeGroups(task: RuleTask): RuleGroup[] {
  const { id, sli } = task.slo;
  const step = isSampled(sli) ? { interval: stepWindow(sli) } : {};
  const groups: readonly RuleGroup[] = [
    { name: `citygauge-slo-windows-${id}`, ...step, rules: windowRules(task) },
    { name: `citygauge-slo-info-${id}`, rules: infoRules(task) },
    { name: `citygauge-slo-period-${id}`, interval: nativePolicy.periodInterval, rules: periodRules(task) },
    { name: `citygauge-slo-alerts-${id}`, rules: alertRules(task) },
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}
