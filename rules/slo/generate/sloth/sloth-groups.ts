import type { RuleGroup } from '../../../contract.ts';
import type { RuleTask } from '../rule-options.ts';
import { alertRules } from './alert-rules.ts';
import { infoRules } from './info-rules.ts';
import { sliRules } from './sli-rules.ts';

/** What Sloth 0.16 writes for the same spec, rule for rule; a group without rules is left out. */
export function slothGroups(task: RuleTask): RuleGroup[] {
  const { id } = task.slo;
  const groups: readonly RuleGroup[] = [
    { name: `sloth-slo-sli-recordings-${id}`, rules: sliRules(task) },
    { name: `sloth-slo-meta-recordings-${id}`, rules: infoRules(task) },
    { name: `sloth-slo-alerts-${id}`, rules: alertRules(task) },
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}
