import { z } from 'zod';
import { linearRegex, RegexFault } from '../../contract.ts';

/** What a rule may do; `hashmod`, `keepequal` and `dropequal` of Prometheus are not there. */
export const relabelActions = [
  'replace',
  'keep',
  'drop',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** A label name into which groups may be filled: `${1}_total`. */
const nameTemplate = /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))(?:[a-zA-Z0-9_]|\$(?:\{\w+\}|\w+))*$/;
const runnerLabels = new Set(['job', 'subject']);

function regexFault(text: string): string | null {
  try {
    linearRegex(text);
    return null;
  } catch (error) {
    if (error instanceof RegexFault) return error.message;
    throw error;
  }
}

const regex = z
  .string()
  .max(2000)
  .default('(.*)')
  .superRefine((text, context) => {
    const fault = regexFault(text);
    if (fault !== null) {
      context.addIssue({ code: 'custom', message: `is no regular expression of RE2: ${fault}` });
    }
  })
  .describe('RE2 expression that has to match from end to end.');

/** One rule, as in Prometheus' `metric_relabel_configs`, with our spelling of its keys. */
export const relabelRule = z
  .strictObject({
    sourceLabels: z
      .array(z.string().regex(labelName, 'is no label name: write letters, digits and underscores'))
      .max(32)
      .default([])
      .describe('Labels whose values, joined, are matched; __name__ is the metric.'),
    separator: z.string().max(16).default(';').describe('Stands between the joined values.'),
    regex,
    targetLabel: z
      .string()
      .regex(nameTemplate, 'is no label name: write letters, digits, underscores and groups like $1')
      .optional()
      .describe('Label that replace, lowercase and uppercase set.'),
    replacement: z.string().max(2000).default('$1').describe('New value or name; $1 and $2 are groups.'),
    action: z.enum(relabelActions).default('replace').describe('What happens where the expression matches.'),
  })
  .superRefine((rule, context) => {
    const needsTarget = ['replace', 'lowercase', 'uppercase'].includes(rule.action);
    const issue = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    if (needsTarget && rule.targetLabel === undefined) {
      issue('action', `needs targetLabel, the label that ${rule.action} sets`);
    }
    if (!needsTarget && rule.targetLabel !== undefined) {
      issue('targetLabel', `is not used by the action ${rule.action}: remove it`);
    }
    if (rule.targetLabel !== undefined && runnerLabels.has(rule.targetLabel)) {
      issue('targetLabel', 'cannot be set by a rule: every reading bears its own job and subject');
    }
    if (['keep', 'drop', 'lowercase', 'uppercase'].includes(rule.action) && rule.sourceLabels.length === 0) {
      issue('action', `needs sourceLabels, the labels that ${rule.action} looks at`);
    }
  })
  .describe('A rule for the names and labels of samples.');

export type RelabelRule = z.output<typeof relabelRule>;
