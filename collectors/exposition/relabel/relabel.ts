import { type LinearRegex, linearRegex } from '../../contract.ts';
import type { RelabelRule } from './relabel-rule.ts';

/** Label -> value, the metric's name under `__name__`. */
export type LabelMap = Map<string, string>;

/** Applies rules in their order; null where one drops the sample. */
export type Relabeller = (labels: LabelMap) => LabelMap | null;

/** Answers kept per rule: most rules look at a few names and values again and again. */
const mostRemembered = 10_000;

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function remembering(regex: LinearRegex): (text: string) => readonly string[] | null {
  const answers = new Map<string, readonly string[] | null>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = regex.match(text);
    if (answers.size >= mostRemembered) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}

/** Fills groups into a template: `$1`, `${1}`, `$name`, `${name}`, `$$`; a group that is not there is empty. */
function expand(template: string, groups: readonly string[], names: ReadonlyMap<string, number>): string {
  return template.replace(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (_, dollar, braced, bare) => {
    if (dollar) return '$';
    const name = braced ?? bare;
    if (name === '0') return groups[0] ?? '';
    return groups[names.get(name) ?? -1] ?? '';
  });
}

type Step = (labels: LabelMap) => boolean;

function setOrDelete(labels: LabelMap, name: string, value: string): void {
  if (value === '') labels.delete(name);
  else labels.set(name, value);
}

function replaceStep(rule: RelabelRule, regex: LinearRegex): Step {
  const match = remembering(regex);
  const target = rule.targetLabel ?? '';
  return (labels) => {
    const groups = match(sourceOf(labels, rule));
    if (!groups) return true;
    const name = expand(target, groups, regex.groups);
    if (!labelName.test(name)) labels.delete(target);
    else setOrDelete(labels, name, expand(rule.replacement, groups, regex.groups));
    return true;
  };
}

function labelMapStep(rule: RelabelRule, regex: LinearRegex): Step {
  const match = remembering(regex);
  return (labels) => {
    for (const [name, value] of [...labels]) {
      const groups = match(name);
      const target = groups && expand(rule.replacement, groups, regex.groups);
      if (target) labels.set(target, value);
    }
    return true;
  };
}

function labelFilterStep(regex: LinearRegex, isKept: boolean): Step {
  const match = remembering(regex);
  return (labels) => {
    for (const name of [...labels.keys()]) {
      if ((match(name) !== null) !== isKept) labels.delete(name);
    }
    return true;
  };
}

function sourceOf(labels: LabelMap, { sourceLabels, separator }: RelabelRule): string {
  return sourceLabels.map((name) => labels.get(name) ?? '').join(separator);
}

function stepOf(rule: RelabelRule): Step {
  const regex = linearRegex(rule.regex);
  const match = remembering(regex);
  const target = rule.targetLabel ?? '';
  switch (rule.action) {
    case 'keep':
      return (labels) => match(sourceOf(labels, rule)) !== null;
    case 'drop':
      return (labels) => match(sourceOf(labels, rule)) === null;
    case 'labelmap':
      return labelMapStep(rule, regex);
    case 'labeldrop':
      return labelFilterStep(regex, false);
    case 'labelkeep':
      return labelFilterStep(regex, true);
    case 'lowercase':
    case 'uppercase':
      return (labels) => {
        const value = sourceOf(labels, rule);
        labels.set(target, rule.action === 'lowercase' ? value.toLowerCase() : value.toUpperCase());
        return true;
      };
    default:
      return replaceStep(rule, regex);
  }
}

/** Rules in the meaning of Prometheus' relabelling; the map is changed in place. */
export function relabeller(rules: readonly RelabelRule[]): Relabeller {
  const steps = rules.map(stepOf);
  return (labels) => (steps.every((step) => step(labels)) ? labels : null);
}
