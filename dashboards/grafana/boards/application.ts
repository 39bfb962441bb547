import type { DashboardDraft } from '../draft.ts';
import { ofSubject } from '../parts/selector.ts';
import { probesRow } from './application/probes.ts';
import { servicesRow } from './application/services.ts';
import { useRow } from './application/use.ts';

/** What users of the city's applications see: whether they answer, how fast, with how many errors; and who uses them. */
export const application: DashboardDraft = {
  uid: 'citygauge-application',
  title: { zh: '应用与服务', en: 'Applications and services' },
  description: {
    zh: '拨测结果、证书有效期、服务的请求量、错误率和时延，以及应用的使用情况。',
    en: 'Probes, certificates, requests, errors and latency of services, and how much applications are used.',
  },
  tags: ['application'],
  subjectsOf: '{__name__=~"citygauge_probe_success|citygauge_service_requests_total"}',
  variables: [
    {
      name: 'service',
      title: { zh: '服务', en: 'Service' },
      selector: ofSubject('citygauge_service_requests_total'),
      label: 'service',
    },
  ],
  from: 'now-6h',
  refresh: '30s',
  page: '/modules/application',
  rows: [probesRow, servicesRow, useRow],
};
