import type { RuleGroup } from '../../../contract.ts';
import type { RuleTask } from '../rule-options.ts';

export const nativeGroups = (_task: RuleTask): RuleGroup[] => [];
