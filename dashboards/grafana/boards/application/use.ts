import type { RowDraft } from '../../draft.ts';
import { ofSubject } from '../../parts/selector.ts';
import { half, share } from '../../parts/sizes.ts';

const page = '/telemetry';
export const useRow: RowDraft = {
  title: { zh: '使用', en: 'Use' },
  panels: [
    {
      kind: 'bars',
      title: { zh: '应用活跃用户（近 30 天）', en: 'Users of the last 30 days, by application' },
      description: {
        zh: '各应用近 30 天活跃用户数。',
        en: 'Users of the last 30 days of each application.',
      },
      unit: 'short',
      queries: [
        {
          expr: `topk(20, max by (application) (${ofSubject('citygauge_application_users_active_30_days')}))`,
          legend: '{{application}}',
        },
      ],
      ...{ ...half, page, min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '账户激活率', en: 'Accounts activated' },
      description: {
        zh: '已激活用户占注册用户的比例。',
        en: 'Users who activated their account, of those registered.',
      },
      queries: [
        {
          expr: `sum by (application) (${ofSubject('citygauge_application_users_activated')}) / (sum by (application) (${ofSubject('citygauge_application_users_registered')}) > 0)`,
          legend: '{{application}}',
        },
      ],
      ...{ ...share, ...half, page },
    },
  ],
};
