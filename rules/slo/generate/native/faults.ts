import type { RuleTask } from '../rule-options.ts';

export const nativeFaults = (_task: RuleTask): string[] => [];
