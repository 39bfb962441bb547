import type { DashboardDraft } from '../draft.ts';
import { remainingDaysSteps } from './colours.ts';
import { ofSubject } from './selector.ts';
import { half, number, share, third } from './sizes.ts';

const page = '/telemetry';
const day = 86_400;

/** Capacity, idleness, cost, energy and recovery of what the city's systems run on. */
export const cloud: DashboardDraft = {
  uid: 'citygauge-cloud',
  title: { zh: '云资源与基础设施', en: 'Cloud and infrastructure' },
  description: {
    zh: '资源利用率、闲置资源、容量余量、费用、能效以及备份与恢复演练。',
    en: 'Utilisation, idle resources, headroom, cost, energy, backups and restore drills.',
  },
  tags: ['cloud'],
  subjectsOf: 'citygauge_resource_info',
  variables: [],
  from: 'now-30d',
  refresh: '5m',
  page: '/modules/cloud',
  rows: [
    {
      title: { zh: '资源', en: 'Resources' },
      panels: [
        {
          kind: 'stat',
          title: { zh: '资源总数', en: 'Resources' },
          description: { zh: '台账中的资源数。', en: 'Resources of the inventory.' },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: `count(${ofSubject('citygauge_resource_info')})`, legend: 'resources' }],
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '闲置资源占比', en: 'Idle resources' },
          description: {
            zh: '闲置资源占台账资源的比例，闲置标准见采集任务设置。',
            en: 'Share of the resources that are idle, by the bounds of the job’s settings.',
          },
          queries: [{ expr: `avg(${ofSubject('citygauge_resource_is_idle')})`, legend: 'idle' }],
          ...{ ...share, ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '最短容量余量', en: 'Least headroom' },
          description: {
            zh: '按近期趋势最早用满的资源池还有多少天。',
            en: 'Days until the first pool is full, by its trend.',
          },
          unit: 'd',
          decimals: 0,
          queries: [{ expr: `min(${ofSubject('citygauge_capacity_headroom_days')})`, legend: 'days' }],
          steps: remainingDaysSteps,
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '按时开通率', en: 'Provisioned in time' },
          description: {
            zh: '按时开通的资源占有开通记录资源的比例。',
            en: 'Share of the resources with a record that were provisioned in time.',
          },
          queries: [
            { expr: `avg(${ofSubject('citygauge_resource_is_provisioned_in_time')})`, legend: 'in time' },
          ],
          ...{ ...share, ...number, page },
        },
        {
          kind: 'series',
          title: { zh: '平均利用率（按类型）', en: 'Mean utilisation, by kind' },
          description: {
            zh: '处理器、内存、存储和网络的平均利用率。过低意味着浪费，过高意味着风险。',
            en: 'Mean utilisation of processors, memory, storage and network: too low is waste, too high is a risk.',
          },
          queries: [
            {
              expr: `avg by (kind) (${ofSubject('citygauge_resource_utilisation_ratio')})`,
              legend: '{{kind}}',
            },
          ],
          ...{ ...share, ...half, page },
        },
        {
          kind: 'series',
          title: { zh: '资源池使用率', en: 'Pools in use' },
          description: {
            zh: '各资源池已用容量占总容量的比例。',
            en: 'Capacity used of what there is, by pool.',
          },
          queries: [
            {
              expr: `sum by (pool, kind) (${ofSubject('citygauge_capacity_used')}) / (sum by (pool, kind) (${ofSubject('citygauge_capacity_installed')}) > 0)`,
              legend: '{{pool}} {{kind}}',
            },
          ],
          ...{ ...share, ...half, page },
        },
        {
          kind: 'series',
          title: { zh: '资源开通时长', en: 'Time to provision' },
          description: {
            zh: '从申请到开通的平均小时数。',
            en: 'Mean hours from the request to the resource at hand.',
          },
          unit: 'h',
          queries: [
            {
              expr: `avg by (subject) (${ofSubject('citygauge_resource_provisioning_hours')})`,
              legend: '{{subject}}',
            },
          ],
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '容量余量（天）', en: 'Headroom by pool' },
          description: {
            zh: '各资源池按趋势距离用满的天数，上限由采集任务设置决定。',
            en: 'Days until each pool is full by its trend, at most the horizon of the job’s settings.',
          },
          unit: 'd',
          queries: [{ expr: ofSubject('citygauge_capacity_headroom_days'), legend: '{{pool}} {{kind}}' }],
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '机房能效 PUE', en: 'Power usage effectiveness' },
          description: {
            zh: '总用电量与 IT 设备用电量之比，越接近 1 越好。',
            en: 'Energy of the site by that of its IT equipment: the nearer to 1 the better.',
          },
          unit: 'none',
          decimals: 2,
          queries: [{ expr: ofSubject('citygauge_power_usage_effectiveness'), legend: '{{site}}' }],
          ...{ ...third, page, min: 1 },
        },
      ],
    },
    {
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
    },
  ],
};
