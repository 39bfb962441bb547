import type { AlertingRule, InstalledRules, RecordingRule, RuleGroup } from '../../../../rules/contract.ts';
import { link } from '../../page.ts';

const runbookKeys = ['runbook_url', 'runbook'] as const;

function pairsOf(values: Readonly<Record<string, string>> | undefined) {
  return Object.entries(values ?? {}).map(([name, value]) => ({ name, value }));
}

export function runbookOf(annotations: Readonly<Record<string, string>> | undefined): string | null {
  for (const key of runbookKeys) if (annotations?.[key]) return annotations[key];
  return null;
}

/** Only addresses of the web are made into links. */
export function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) ? text : null;
}

function viewOfRule(rule: RecordingRule | AlertingRule) {
  const isAlert = 'alert' in rule;
  const runbook = isAlert ? runbookOf(rule.annotations) : null;
  return {
    isAlert,
    name: isAlert ? rule.alert : rule.record,
    expr: rule.expr,
    for: (isAlert && rule.for) || null,
    keep: (isAlert && rule.keep_firing_for) || null,
    labels: pairsOf(rule.labels),
    annotations: isAlert
      ? pairsOf(rule.annotations).filter(({ name }) => !runbookKeys.some((key) => key === name))
      : [],
    runbook,
    runbookUrl: webAddress(runbook),
  };
}

export function viewOfGroups(groups: readonly RuleGroup[]) {
  return groups.map(({ name, interval, rules }) => ({
    name,
    interval: interval ?? null,
    rules: rules.map(viewOfRule),
  }));
}

/** Address of what the rules were made of; null for rules of the suite itself. */
export function linkToOrigin(
  { origin }: Pick<InstalledRules, 'origin'>,
  subject: string | null,
): string | null {
  if (origin.kind === 'suite') return null;
  const folder = origin.kind === 'slo' ? '/slos' : '/thresholds';
  return link(`${folder}/${encodeURIComponent(origin.id)}`, { subject });
}

export function countRules(files: readonly InstalledRules[]) {
  const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  const alerts = rules.filter((rule) => 'alert' in rule).length;
  return { files: files.length, rules: rules.length, alerts, recordings: rules.length - alerts };
}
