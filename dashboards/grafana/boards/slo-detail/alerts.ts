import { sloLabels, sloRecords } from '../../../../rules/contract.ts';
import type { RowDraft } from '../../draft.ts';
import { ofSlo, perSlo } from '../../parts/slo-selectors.ts';

export const alertsRow: RowDraft = {
  title: { zh: '告警', en: 'Alerts' },
  panels: [
    {
      kind: 'timeline',
      title: { zh: '告警经过', en: 'Alerts over time' },
      description: {
        zh: '所选时段内触发过的告警，空白表示未触发。',
        en: 'Alerts that fired in the time shown; blank where none did.',
      },
      unit: 'none',
      queries: [
        {
          expr: `max by (alertname, ${perSlo}, ${sloLabels.severity}) (ALERTS{alertstate="firing",${sloLabels.service}=~"$service",${sloLabels.slo}=~"$slo"})`,
          legend: `{{alertname}} {{${sloLabels.severity}}}`,
        },
      ],
      words: [{ value: 1, word: { zh: '触发', en: 'Firing' }, colour: 'red' }],
      ...{ width: 24, height: 7, page: '/slos' },
    },
    {
      kind: 'table',
      title: { zh: '规则信息', en: 'About the rules' },
      description: {
        zh: '服务目标的标识，与告警标签和城衡页面一致。',
        en: 'The SLO’s id, as in the alert’s labels and on CityGauge’s pages.',
      },
      unit: 'none',
      queries: [
        {
          expr: `max by (${sloLabels.id}, ${perSlo}) (${ofSlo(sloRecords.info)})`,
          legend: { zh: '存在', en: 'Present' },
          unit: 'bool_yes_no',
        },
      ],
      columns: {
        [sloLabels.id]: { zh: '标识', en: 'Id' },
        [sloLabels.service]: { zh: '服务', en: 'Service' },
        [sloLabels.slo]: { zh: '服务目标', en: 'SLO' },
      },
      seriesPage: { under: '/slos', label: sloLabels.id },
      ...{ width: 24, height: 6, page: '/slos' },
    },
  ],
};
