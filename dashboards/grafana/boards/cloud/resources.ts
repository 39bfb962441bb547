import type { RowDraft } from '../../draft.ts';
import { remainingDaysSteps } from '../../parts/colours.ts';
import { ofSubject } from '../../parts/selector.ts';
import { half, number, share, third } from '../../parts/sizes.ts';

const page = '/telemetry';
export const resourcesRow: RowDraft = {
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
};
