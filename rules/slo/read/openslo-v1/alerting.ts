import type { AlertSettings, SloAlerting } from '../../../contract.ts';
import { runbookOf } from '../runbook.ts';
import { type ReadSlo, refuse } from '../spec-document.ts';
import type { ConditionSpec, Metadata, PolicySpec, SloSpec } from './forms.ts';
import { prometheusLabels } from './labels.ts';
import { type ObjectTable, type Place, within } from './object-table.ts';

/** Words for severities that wake somebody, and that wait for the day; the specification leaves them free. */
const severities = {
  page: ['page', 'critical', 'emergency', 'fatal', 'high', 'sev1', 'sev2', 'p1', 'p2'],
  ticket: ['ticket', 'warning', 'medium', 'minor', 'low', 'info', 'sev3', 'sev4', 'sev5', 'p3', 'p4', 'p5'],
} as const;
type Severity = keyof typeof severities;

/** Burn rates and windows of the SRE workbook, which are what the alerts are made of anyway. */
const workbookTiers: readonly string[] = ['14.4 1h', '6 6h', '3 1d', '1 3d'];

interface Policy {
  readonly metadata: Metadata;
  readonly spec: PolicySpec;
  readonly place: Place;
}

type Note = NonNullable<ReadSlo['notes']>[number];

export interface ReadAlerting {
  readonly alerting: SloAlerting;
  readonly notes: readonly Note[];
}

/** Reads the alert policies of an SLO with all that they refer to. */
export class AlertingReader {
  readonly #objects: ObjectTable;
  readonly #notes: Note[] = [];
  constructor(objects: ObjectTable) {
    this.#objects = objects;
  }

  read(spec: SloSpec, metadata: Metadata, place: Place): ReadAlerting {
    const settings: Record<Severity, AlertSettings | null> = { page: null, ticket: null };
    let name = '';
    for (const [index, written] of (spec.alertPolicies ?? []).entries()) {
      const policy = this.#policy(written, within(place, 'alertPolicies', index));
      const severity = policy && this.#severity(policy);
      if (!severity) continue;
      if (name === '') name = policy.metadata.displayName || policy.metadata.name;
      settings[severity] = {
        labels: { ...settings[severity]?.labels, ...prometheusLabels(policy.metadata.labels) },
        annotations: { ...settings[severity]?.annotations, ...prometheusLabels(policy.metadata.annotations) },
      };
    }
    const annotations = prometheusLabels(metadata.annotations);
    return {
      alerting: { name, labels: {}, annotations, ...settings, runbook: runbookOf(annotations) },
      notes: this.#notes,
    };
  }

  #policy(written: NonNullable<SloSpec['alertPolicies']>[number], at: Place): Policy | null {
    if (typeof written === 'object' && 'spec' in written) return { ...written, place: at };
    const [name, place] =
      typeof written === 'string' ? [written, at] : [written.alertPolicyRef, within(at, 'alertPolicyRef')];
    const found = this.#objects.find('AlertPolicy', name, place);
    return found && { metadata: found.form.metadata, spec: found.form.spec, place: found.place };
  }

  #severity({ spec, place }: Policy): Severity | null {
    for (const [index, target] of (spec.notificationTargets ?? []).entries()) {
      if (!('targetRef' in target)) continue;
      const at = within(place, 'spec', 'notificationTargets', index, 'targetRef');
      this.#objects.find('AlertNotificationTarget', target.targetRef, at);
    }
    const [written] = spec.conditions;
    if (!written) return null;
    const at = within(place, 'spec', 'conditions', 0);
    if (!('conditionRef' in written)) return this.#ofCondition(written.spec, within(at, 'spec'));
    const found = this.#objects.find('AlertCondition', written.conditionRef, within(at, 'conditionRef'));
    return found && this.#ofCondition(found.form.spec, within(found.place, 'spec'));
  }

  #ofCondition({ severity, condition }: ConditionSpec, at: Place): Severity | null {
    const word = severity.toLowerCase();
    const known = (['page', 'ticket'] as const).find((each) =>
      severities[each].some((other) => other === word),
    );
    if (known === undefined) {
      const message = `"${severity.slice(0, 40)}" is neither a page nor a ticket: write page or ticket`;
      refuse(at.document, [...at.path, 'severity'], message);
      return null;
    }
    const { threshold, lookbackWindow } = condition;
    if (!workbookTiers.includes(`${threshold} ${lookbackWindow}`)) {
      this.#notes.push({
        place: { document: at.document, path: [...at.path, 'condition'] },
        zh: `条件“燃烧率 ${threshold}、回看 ${lookbackWindow}”不单独生成告警：${known === 'page' ? '紧急' : '工单'}告警按窗口目录的多窗口多燃烧率档位生成，如需其他档位请提供窗口目录文件`,
        en: `the condition "burn rate ${threshold} over ${lookbackWindow}" makes no alert of its own: the ${known} alert has the multi-window tiers of the window catalogue; for other tiers give a catalogue file`,
      });
    }
    return known;
  }
}
