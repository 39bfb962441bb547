import type { RowDraft } from '../../draft.ts';
import { ofSubject } from '../../parts/selector.ts';
import { third } from '../../parts/sizes.ts';

const page = '/telemetry';
const day = 86_400;

export const costAndRecoveryRow: RowDraft = {
  title: { zh: '费用与恢复', en: 'Cost and recovery' },
  panels: [
    {
      kind: 'bars',
      title: { zh: '最近账期费用（按服务）', en: 'Cost of the newest month, by service' },
      description: {
        zh: '最近一个账期各服务的费用合计。',
        en: 'Cost of each service in the newest month.',
      },
      unit: 'prefix:¥',
      decimals: 0,
      queries: [
        {
          expr: `sort_desc(sum by (service) (${ofSubject('citygauge_cost_yuan')}))`,
          legend: '{{service}}',
        },
      ],
      ...{ ...third, page, min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '单位服务成本', en: 'Cost per unit of service' },
      description: {
        zh: '账期费用除以服务量。',
        en: 'Cost of the month by the units rendered.',
      },
      unit: 'prefix:¥',
      decimals: 2,
      queries: [{ expr: ofSubject('citygauge_cost_per_unit_yuan'), legend: '{{service}}' }],
      ...{ ...third, page, min: 0 },
    },
    {
      kind: 'table',
      title: { zh: '备份与恢复演练', en: 'Backups and restore drills' },
      description: {
        zh: '距最近一次备份的时间、备份与恢复演练是否成功、演练耗时。超过一天未备份的标红。',
        en: 'Age of the newest backup, whether backup and drill succeeded, how long the drill took. Red after a day without backup.',
      },
      unit: 's',
      queries: [
        {
          expr: `max by (system) (${ofSubject('citygauge_backup_age_seconds')})`,
          legend: { zh: '备份时间', en: 'Age of backup' },
          steps: [
            { from: null, colour: 'green' },
            { from: day, colour: 'red' },
          ],
        },
        {
          expr: `min by (system) (${ofSubject('citygauge_backup_success')})`,
          legend: { zh: '备份成功', en: 'Backup good' },
          unit: 'bool_yes_no',
        },
        {
          expr: `min by (system) (${ofSubject('citygauge_restore_drill_success')})`,
          legend: { zh: '演练成功', en: 'Drill good' },
          unit: 'bool_yes_no',
        },
        {
          expr: `max by (system) (${ofSubject('citygauge_restore_drill_duration_seconds')})`,
          legend: { zh: '演练耗时', en: 'Drill took' },
        },
      ],
      columns: { system: { zh: '系统', en: 'System' } },
      ...{ ...third, page },
    },
  ],
};
