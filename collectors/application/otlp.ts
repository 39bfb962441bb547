import type { Collector, Listener, MetricSpec } from '../contract.ts';
import { Intake } from './otlp/intake.ts';
import { answer } from './otlp/receiver.ts';
import { requestMetrics } from './otlp/request-series.ts';
import { type OtlpSettings, otlpSettings } from './otlp/settings.ts';

const labels: MetricSpec['labels'] = {
  service: { zh: '服务名（service.name）', en: 'Service (service.name)' },
  service_namespace: {
    zh: '服务命名空间（service.namespace），未上报则无',
    en: 'Namespace of the service (service.namespace), where it reports one',
  },
  route: {
    zh: '路由模板；无法归入模板的请求记为 other',
    en: 'Route template; requests without one count as other',
  },
  method: {
    zh: 'HTTP 方法；消息为 message，远程调用为 rpc，其他为 _OTHER',
    en: 'HTTP method; message for messages, rpc for remote calls, _OTHER for the rest',
  },
};

const metrics: readonly MetricSpec[] = [
  {
    name: requestMetrics.requests,
    type: 'counter',
    unit: '',
    help: { zh: '服务收到的请求数', en: 'Requests that the service received' },
    labels,
  },
  {
    name: requestMetrics.errors,
    type: 'counter',
    unit: '',
    help: {
      zh: '其中失败的请求数：跨度状态为错误，或 HTTP 状态码不低于 500',
      en: 'Those that failed: the span has the status error, or the HTTP status is 500 or above',
    },
    labels,
  },
  {
    name: requestMetrics.successes,
    type: 'counter',
    unit: '',
    help: { zh: '其中成功的请求数', en: 'Those that did not fail' },
    labels,
  },
  {
    name: requestMetrics.duration,
    type: 'histogram',
    unit: 'seconds',
    help: { zh: '请求处理时长', en: 'Time taken to handle a request' },
    labels,
  },
];

interface OtlpState {
  readonly intake: Intake;
  readonly listener: Listener;
}

/** Receives what applications instrumented with OpenTelemetry report, and hands it over once a run. */
export const otlp: Collector<OtlpSettings, OtlpState> = {
  id: 'otlp',
  title: { zh: 'OpenTelemetry 接收', en: 'OpenTelemetry receiver' },
  domain: 'application',
  description: {
    zh: '以 OTLP/HTTP（protobuf 或 JSON）接收应用上报的指标与链路：链路归并为各服务、各路由的请求数、错误数与时长分布，指标按 Prometheus 命名保存。适用于已接入 OpenTelemetry 的应用，无需另装代理。',
    en: 'Receives metrics and traces by OTLP/HTTP (protobuf or JSON): traces are reduced to requests, errors and durations per service and route, metrics are kept under their Prometheus names. For applications instrumented with OpenTelemetry; no agent is needed.',
  },
  settings: otlpSettings,
  metrics,
  isOpen: true,
  records: [],
  cadence: { everySeconds: 15, timeoutSeconds: 10, retries: 0 },

  async start(settings, { clock, listeners }) {
    const intake = new Intake(settings, clock.now());
    const { host, port, maxMegabytes } = settings;
    const listener = await listeners.listen({
      host,
      port,
      maxBytes: Math.round(maxMegabytes * 1e6),
      handle: async (request) => answer(request, intake, clock.now()),
    });
    return { intake, listener };
  },

  async collect({ state, ports }) {
    return state.intake.drain(ports.clock.now());
  },

  async stop({ listener }) {
    await listener.close();
  },
};
