import type { MetricSpec, Text } from '../../contract.ts';

export const probeKinds = ['http', 'tcp', 'dns', 'tls', 'icmp'] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** Names of what probes yield. */
export const probeNames = {
  success: 'citygauge_probe_success',
  duration: 'citygauge_probe_duration_seconds',
  phase: 'citygauge_probe_phase_duration_seconds',
  attempts: 'citygauge_probe_attempts',
  status: 'citygauge_probe_http_status_code',
} as const;

export const certificateNames = {
  notAfter: 'citygauge_certificate_not_after_timestamp_seconds',
  remainingDays: 'citygauge_certificate_remaining_days',
  expiresSoon: 'citygauge_certificate_expires_within_30_days',
  isTrusted: 'citygauge_certificate_is_trusted',
} as const;

const target: Readonly<Record<string, Text>> = {
  target: { zh: '探测目标的名称或地址', en: 'Name or address of the target' },
  ip_version: {
    zh: '4 或 6；仅在两种 IP 版本都探测时有',
    en: '4 or 6; only where both versions of IP are probed',
  },
};
const targetAndKind: MetricSpec['labels'] = { ...target, kind: { zh: '探测方式', en: 'Kind of probe' } };

const gauge = (name: string, unit: string, help: Text, labels = targetAndKind): MetricSpec => ({
  name,
  type: 'gauge',
  unit,
  help,
  labels,
});

/** Of every probe. */
export const probeMetrics: readonly MetricSpec[] = [
  gauge(probeNames.success, '', {
    zh: '探测是否成功（1 成功，0 失败）',
    en: 'Whether the probe succeeded (1) or not (0)',
  }),
  gauge(probeNames.duration, 'seconds', {
    zh: '最后一次尝试的用时；ICMP 为平均往返时间',
    en: 'How long the last attempt took; the mean round trip of ICMP',
  }),
  gauge(
    probeNames.phase,
    'seconds',
    { zh: '最后一次尝试中各阶段的用时', en: 'How long each phase of the last attempt took' },
    {
      ...targetAndKind,
      phase: {
        zh: '阶段：resolve 解析、connect 连接、tls 握手、processing 处理、transfer 传输',
        en: 'Phase: resolve, connect, tls, processing, transfer',
      },
    },
  ),
  gauge(probeNames.attempts, '', { zh: '本轮探测的尝试次数', en: 'Attempts that this probe took' }),
];

export const statusMetric: MetricSpec = {
  ...gauge(probeNames.status, '', { zh: '应答的 HTTP 状态码', en: 'HTTP status of the answer' }),
  labels: target,
};

/** Of probes that see a certificate. */
export const certificateMetrics: readonly MetricSpec[] = [
  gauge(certificateNames.notAfter, 'seconds', {
    zh: '服务器证书到期时刻（Unix 时间）',
    en: 'When the server’s certificate expires, as Unix time',
  }),
  gauge(certificateNames.remainingDays, 'days', {
    zh: '服务器证书剩余天数，已过期为负',
    en: 'Days until the server’s certificate expires, negative once expired',
  }),
  gauge(certificateNames.expiresSoon, '', {
    zh: '服务器证书是否在 30 天内到期或已过期（1 是，0 否）',
    en: 'Whether the server’s certificate expires within 30 days or has expired (1) or not (0)',
  }),
  gauge(certificateNames.isTrusted, '', {
    zh: '证书链可信、在有效期内且名称相符（1 是，0 否）',
    en: 'Whether the chain is trusted, valid now and of the right name (1) or not (0)',
  }),
].map((spec) => ({ ...spec, labels: target }));
