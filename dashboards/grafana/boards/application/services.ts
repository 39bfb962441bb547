import type { RowDraft } from '../../draft.ts';
import { ofSubject } from '../../parts/selector.ts';
import { share, third } from '../../parts/sizes.ts';

const page = '/telemetry';
const ofService = (metric: string) => ofSubject(metric, 'service=~"$service"');
const rateOf = (metric: string, by: string) =>
  `sum by (${by}) (rate(${ofService(metric)}[$__rate_interval]))`;

export const servicesRow: RowDraft = {
  title: { zh: '服务', en: 'Services' },
  panels: [
    {
      kind: 'series',
      title: { zh: '请求速率', en: 'Requests' },
      description: { zh: '每秒收到的请求数。', en: 'Requests received per second.' },
      unit: 'reqps',
      queries: [{ expr: rateOf('citygauge_service_requests_total', 'service'), legend: '{{service}}' }],
      ...{ ...third, page, min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '错误率', en: 'Errors' },
      description: {
        zh: '失败请求占全部请求的比例：状态为错误，或 HTTP 状态码不低于 500。',
        en: 'Share of the requests that failed: status error, or HTTP 500 and above.',
      },
      queries: [
        {
          expr: `${rateOf('citygauge_service_errors_total', 'service')} / (${rateOf('citygauge_service_requests_total', 'service')} > 0)`,
          legend: '{{service}}',
        },
      ],
      ...{ ...share, ...third, page },
    },
    {
      kind: 'series',
      title: { zh: '时延（95 分位）', en: 'Latency (95th percentile)' },
      description: {
        zh: '95% 的请求在该时间内完成，由直方图估算。',
        en: 'Within which 95 % of the requests were handled, estimated from the histogram.',
      },
      unit: 's',
      queries: [
        {
          expr: `histogram_quantile(0.95, ${rateOf('citygauge_service_request_duration_seconds_bucket', 'service, le')})`,
          legend: '{{service}}',
        },
      ],
      ...{ ...third, page, min: 0 },
    },
  ],
};
