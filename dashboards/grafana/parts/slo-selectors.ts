import { sloMetrics } from '../../../collectors/contract.ts';
import { sloLabels, sloRecords } from '../../../rules/contract.ts';
import type { LabelVariable } from '../draft.ts';
import { ofSubjectIfAny } from './selector.ts';

/** SLOs by the rules that record them, and by CityGauge's own account: only the latter always names a subject. */
export const sloSubjects = `{__name__=~"${sloRecords.objective}|${sloMetrics.objective}"}`;

/** Of the SLOs whose objective is recorded. */
export const serviceVariable: LabelVariable = {
  name: 'service',
  title: { zh: '服务', en: 'Service' },
  selector: ofSubjectIfAny(sloRecords.objective),
  label: sloLabels.service,
};

export const ofService = (metric: string, ...matchers: readonly string[]) =>
  ofSubjectIfAny(metric, `${sloLabels.service}=~"$service"`, ...matchers);

export const sloVariable: LabelVariable = {
  name: 'slo',
  title: { zh: '服务目标', en: 'SLO' },
  selector: ofService(sloRecords.objective),
  label: sloLabels.slo,
};

export const ofSlo = (metric: string) => ofService(metric, `${sloLabels.slo}=~"$slo"`);
export const sloLegend = `{{${sloLabels.service}}} {{${sloLabels.slo}}}`;
/** Labels that tell one SLO from another. */
export const perSlo = `${sloLabels.service}, ${sloLabels.slo}`;
