import { alertSeverities } from '../../../contract.ts';
import type { RuleTask } from '../rule-options.ts';
import { tiersOfAlert } from './native-windows.ts';

/** What keeps rules in the native style from being written, one sentence each. */
export function nativeFaults({ slo }: RuleTask): string[] {
  const { alerting, sli, minimumEvents } = slo;
  const alerts = alertSeverities.some((severity) => alerting[severity] !== null);
  const hasRunbook =
    alerting.runbook !== null ||
    alertSeverities.every(
      (severity) => alerting[severity] === null || alerting[severity].annotations.runbook_url !== undefined,
    );
  return [
    ...(alerts && !hasRunbook
      ? [
          'its alerts name no runbook: write alerting.runbook (or the annotation runbook_url), or take --style sloth',
        ]
      : []),
    ...(minimumEvents > 0 && sli.kind === 'ratio'
      ? [
          'minimumEvents needs to know the events, and a ratio does not: give events, or leave minimumEvents out',
        ]
      : []),
  ];
}

/** Alerts that are left out, or half of them, because their limit is above any error ratio. */
export function nativeWarnings(task: RuleTask): string[] {
  return alertSeverities
    .filter((severity) => task.slo.alerting[severity] !== null)
    .flatMap((severity) => {
      const left = tiersOfAlert(task, severity).length;
      if (left === 2) return [];
      const what =
        left === 0 ? `its ${severity} alert is left out` : `its ${severity} alert has one tier of two`;
      return [
        `${what}: an objective of ${task.slo.objectivePercent} % leaves a budget that burns less than ${severity === 'page' ? 'pages' : 'tickets'} ask for even when everything fails; switch it off, or give smaller shares with --windows`,
      ];
    });
}
