import type { DashboardDraft } from '../draft.ts';
import { costAndRecoveryRow } from './cloud/cost-and-recovery.ts';
import { resourcesRow } from './cloud/resources.ts';

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
  rows: [resourcesRow, costAndRecoveryRow],
};
