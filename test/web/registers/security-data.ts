import type { Asset, ScannedAlarm, Severity } from '../../../collectors/contract.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
export const now = Date.parse('2026-11-01T00:00:00Z');

export interface KnownAsset extends Asset {
  readonly subject: string;
  readonly isListed: boolean;
  readonly lastScanDays: number | null;
  readonly lastLogHours: number | null;
  readonly baseline: readonly [passed: number, failed: number, other: number] | null;
}

const asset = (
  [id, name, kind, owner]: readonly [string, string, string, string | null],
  rest: Partial<KnownAsset>,
): KnownAsset => ({
  id,
  name,
  kind,
  owner,
  aliases: [],
  sendsLogs: kind === 'host',
  subject: 'hexi',
  isListed: true,
  lastScanDays: 2,
  lastLogHours: 1,
  baseline: null,
  ...rest,
});

export const knownAssets: readonly KnownAsset[] = [
  asset(['portal-01.hexi.example', '市民门户服务器', 'host', '政务服务管理局'], {
    aliases: ['10.1.4.11', 'portal-old.hexi.example'],
    baseline: [63, 9, 12],
  }),
  asset(['orders-db.hexi.example', '工单数据库', 'host', '城市运行管理中心'], { baseline: [58, 14, 12] }),
  asset(['gis-07.hexi.example', '地理信息服务器', 'host', null], {
    lastLogHours: 61,
    baseline: [44, 28, 12],
  }),
  asset(['registry.hexi.example/portal:3.2', '门户镜像', 'image', '政务服务管理局'], { lastLogHours: null }),
  asset(['registry.hexi.example/dispatch:1.9', '分拨镜像', 'image', '城市运行管理中心'], {
    lastLogHours: null,
  }),
  asset(['10.1.9.77', '', 'host', null], { isListed: false, sendsLogs: false, lastLogHours: null }),
  asset(['dispatch-console', '分拨控制台源码', 'repository', '城市运行管理中心'], {
    lastScanDays: 1,
    lastLogHours: null,
  }),
  asset(['grid.dongcheng.example', '网格平台服务器 <i>', 'host', '东城区城市运行管理中心'], {
    subject: 'hexi/dongcheng',
    lastScanDays: 34,
    lastLogHours: 3,
  }),
];

/** [scanner, rule, title, severity, CVSS, asset, place, first seen days ago, fixed days ago, reopened] */
export type FindingRow = readonly [
  string,
  string,
  string,
  Severity,
  number | null,
  number,
  string,
  number,
  number | null,
  number,
];

export const findingRows: readonly FindingRow[] = [
  [
    'trivy',
    'CVE-2099-12461',
    '反序列化缺陷可远程执行代码',
    'critical',
    9.8,
    3,
    'jsonbind 5.2.0 → 5.2.4',
    5,
    null,
    0,
  ],
  ['trivy', 'CVE-2099-10781', '证书校验绕过', 'high', 7.5, 4, 'netlib 2.8.3 → 2.8.7', 47, null, 1],
  [
    'openscap',
    'sshd_disable_root_login',
    '禁止 root 远程登录',
    'high',
    null,
    2,
    '/etc/ssh/sshd_config',
    128,
    null,
    0,
  ],
  [
    'openscap',
    'sshd_disable_root_login',
    '禁止 root 远程登录',
    'high',
    null,
    7,
    '/etc/ssh/sshd_config',
    34,
    null,
    0,
  ],
  ['nmap', 'open-port/tcp/3306', '数据库端口对外开放', 'high', null, 5, '3306/tcp mysql', 12, null, 0],
  ['trivy', 'CVE-2099-11877', '正则表达式拒绝服务', 'medium', 5.3, 3, 'urlparse 1.0.4', 61, null, 0],
  ['trivy', 'CVE-2099-11877', '正则表达式拒绝服务', 'medium', 5.3, 4, 'urlparse 1.0.4', 61, null, 0],
  ['trivy', 'CVE-2099-12005', '会话固定', 'medium', 6.1, 3, 'webauth 3.0.1', 21, null, 0],
  ['openscap', 'package_auditd_installed', '安装审计服务', 'medium', null, 2, 'auditd', 128, null, 0],
  [
    'openscap',
    'accounts_password_minlen',
    '口令最小长度',
    'medium',
    null,
    1,
    '/etc/security/pwquality.conf',
    3,
    null,
    0,
  ],
  [
    'lynis',
    'SSH-7408',
    '加固 SSH 配置 <script>alert(1)</script>',
    'medium',
    null,
    0,
    '/etc/ssh/sshd_config',
    18,
    null,
    0,
  ],
  ['biome', 'noExplicitAny', '不应使用 any', 'low', null, 6, 'src/dispatch.ts:41:18', 9, null, 0],
  ['openscap', 'partition_for_tmp', '/tmp 应为独立分区', 'low', null, 0, '/tmp', 128, null, 0],
  ['openscap', 'partition_for_tmp', '/tmp 应为独立分区', 'low', null, 1, '/tmp', 128, null, 0],
  ['nmap', 'open-port/tcp/443', '开放 HTTPS 端口', 'info', null, 0, '443/tcp https', 128, null, 0],
  ['trivy', 'CVE-2099-10021', '压缩库越界写入', 'critical', 9.1, 3, 'libpack 1.2.11', 96, 41, 0],
  ['trivy', 'CVE-2099-10344', '模板引擎注入', 'high', 8.1, 4, 'viewkit 4.1.0', 74, 30, 0],
  ['nmap', 'open-port/tcp/23', '开放 Telnet 端口', 'high', null, 2, '23/tcp telnet', 110, 52, 0],
];

export const alarmRows: readonly (ScannedAlarm & { readonly scanner: string })[] = Array.from(
  { length: 9 },
  (_, at) => {
    const [signature, title, severity] = (
      [
        ['1:2099001:1', '端口扫描探测', 'low'],
        ['1:2099014:2', '暴力破解登录', 'medium'],
        ['1:2099052:1', '疑似数据外传 <i>', 'high'],
      ] as const
    )[at % 3] ?? ['', '', 'info'];
    const first = now - (at + 1) * 1.3 * day;
    return {
      scanner: 'suricata',
      signature,
      title,
      severity,
      asset: knownAssets[at % 3]?.id ?? '',
      firstAt: new Date(first).toISOString(),
      lastAt: new Date(first + 2 * hour).toISOString(),
      count: 3 + at * 17,
    };
  },
);
