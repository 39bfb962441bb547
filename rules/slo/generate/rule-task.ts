import { durationText } from '../../promql/durations.ts';
import { windowSecondsOf } from '../windows/catalogue-for.ts';
import type { RuleTask } from './rule-options.ts';
import { idLabelsOf, sortedLabels } from './slo-series.ts';

const secondsPerDay = 86_400;

export interface TaskWindows {
  /** As in `5m`, the shortest first. */
  readonly alerting: readonly string[];
  /** The short window of the quick page: what "now" is. */
  readonly shortest: string;
  /** Of the rolling period; null for calendar periods, which no fixed window can follow. */
  readonly period: string | null;
}

export function windowsOf({ slo, catalogue }: RuleTask): TaskWindows {
  return {
    alerting: windowSecondsOf(catalogue).map(durationText),
    shortest: durationText(catalogue.page.quick.shortSeconds),
    period: slo.period.kind === 'rolling' ? durationText(slo.period.days * secondsPerDay) : null,
  };
}

/** Labels of a recorded series. */
export function seriesLabels({ slo, extraLabels }: RuleTask, own: Readonly<Record<string, string>> = {}) {
  return sortedLabels(idLabelsOf(slo), own, slo.labels, extraLabels);
}
