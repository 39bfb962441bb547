import type { RowDraft } from '../../draft.ts';
import { remainingDaysSteps, upWords } from '../../parts/colours.ts';
import { ofSubject } from '../../parts/selector.ts';
import { number, share, third, whole } from '../../parts/sizes.ts';

const page = '/telemetry';
export const probesRow: RowDraft = {
  title: { zh: '拨测', en: 'Probes' },
  panels: [
    {
      kind: 'stat',
      title: { zh: '可用目标占比', en: 'Targets that answer' },
      description: {
        zh: '最近一次拨测成功的目标所占比例。',
        en: 'Share of the targets whose last probe succeeded.',
      },
      queries: [{ expr: `avg(${ofSubject('citygauge_probe_success')})`, legend: 'up' }],
      ...{ ...share, ...number, page: '/targets' },
    },
    {
      kind: 'stat',
      title: { zh: '证书最短剩余天数', en: 'First certificate to expire' },
      description: {
        zh: '最早到期的服务器证书还有多少天；已过期为负。',
        en: 'Days until the first server certificate expires; negative once it has.',
      },
      unit: 'd',
      decimals: 0,
      queries: [{ expr: `min(${ofSubject('citygauge_certificate_remaining_days')})`, legend: 'days' }],
      steps: remainingDaysSteps,
      ...{ ...number, page: '/targets' },
    },
    {
      kind: 'stat',
      title: { zh: '近 30 天活跃用户', en: 'Users of the last 30 days' },
      description: {
        zh: '各应用近 30 天活跃用户数之和，同一人使用多个应用会重复计入。',
        en: 'Users of the last 30 days, summed over applications: one person may count several times.',
      },
      unit: 'short',
      queries: [{ expr: `sum(${ofSubject('citygauge_application_users_active_30_days')})`, legend: 'users' }],
      ...{ ...number, page },
    },
    {
      kind: 'stat',
      title: { zh: '有效应用占比', en: 'Applications in use' },
      description: {
        zh: '已上架应用中近 30 天有人使用的比例。',
        en: 'Share of the listed applications that somebody used in the last 30 days.',
      },
      queries: [
        {
          expr: `sum(${ofSubject('citygauge_application_is_effective')}) / (sum(${ofSubject('citygauge_application_is_listed')}) > 0)`,
          legend: 'in use',
        },
      ],
      ...{ ...share, ...number, page },
    },
    {
      kind: 'timeline',
      title: { zh: '拨测结果', en: 'Results of probes' },
      description: { zh: '每个拨测目标的成败经过。', en: 'How each target’s probes ended.' },
      unit: 'none',
      queries: [{ expr: `min by (target) (${ofSubject('citygauge_probe_success')})`, legend: '{{target}}' }],
      words: upWords,
      ...{ ...whole, page: '/targets' },
    },
    {
      kind: 'series',
      title: { zh: '拨测用时', en: 'Duration of probes' },
      description: {
        zh: '最后一次尝试的用时。',
        en: 'How long the last attempt took.',
      },
      unit: 's',
      queries: [{ expr: ofSubject('citygauge_probe_duration_seconds'), legend: '{{target}} {{kind}}' }],
      ...{ ...third, page: '/targets', min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '各阶段平均用时', en: 'Mean duration by phase' },
      description: {
        zh: '解析、连接、握手、处理和传输各阶段的平均用时，用于判断慢在哪里。',
        en: 'Mean time of name lookup, connection, handshake, processing and transfer: where it is slow.',
      },
      unit: 's',
      queries: [
        {
          expr: `avg by (phase) (${ofSubject('citygauge_probe_phase_duration_seconds')})`,
          legend: '{{phase}}',
        },
      ],
      ...{ ...third, page: '/targets', min: 0 },
    },
    {
      kind: 'table',
      title: { zh: '证书', en: 'Certificates' },
      description: {
        zh: '各目标证书的剩余天数及证书链是否可信。',
        en: 'Days left of each target’s certificate, and whether its chain is trusted.',
      },
      unit: 'd',
      queries: [
        {
          expr: `min by (target) (${ofSubject('citygauge_certificate_remaining_days')})`,
          legend: { zh: '剩余天数', en: 'Days left' },
          steps: remainingDaysSteps,
        },
        {
          expr: `min by (target) (${ofSubject('citygauge_certificate_is_trusted')})`,
          legend: { zh: '可信', en: 'Trusted' },
          unit: 'bool_yes_no',
        },
      ],
      columns: { target: { zh: '目标', en: 'Target' } },
      ...{ ...third, page: '/targets' },
    },
  ],
};
