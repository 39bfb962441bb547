import type { Asset, ScanFormat, Severity } from '../../../collectors/contract.ts';

/** Every number behind the sample's security register. None of them is taken from a real city. */

interface SampleAsset extends Asset {
  /** Month of its first scan. */
  readonly fromMonth: number;
}

const asset = (id: string, name: string, kind: string, owner: string | null, fromMonth = 0): SampleAsset => ({
  ...{ id, name, kind, owner, fromMonth },
  aliases: [],
  sendsLogs: kind === 'host',
});

export const cityAssets: readonly SampleAsset[] = [
  asset('portal-01.sample.example', '市民门户服务器', 'host', '政务服务管理局'),
  asset('hotline-01.sample.example', '热线受理服务器', 'host', '政务服务管理局'),
  asset('exchange-01.sample.example', '数据交换前置机', 'host', '数据管理局'),
  asset('gis-07.sample.example', '地理信息服务器', 'host', null),
  asset('orders-db.sample.example', '工单数据库', 'host', '城市运行管理中心'),
  asset('vm-test-02.sample.example', '测试虚拟机', 'host', null, 3),
  asset('registry.sample.example/portal', '门户镜像', 'image', '政务服务管理局'),
  asset('registry.sample.example/dispatch', '分拨镜像', 'image', '城市运行管理中心'),
];

/** Its logs are due with the next stage of the log platform. */
export const districtAsset = (slug: string): SampleAsset => ({
  ...asset(`grid-${slug}.sample.example`, '网格平台服务器', 'host', '区城市运行管理中心', 8),
  sendsLogs: false,
});

/** When a finding was first reported and when it was gone, in months; null = still open. */
export interface SampleFinding {
  readonly scanner: 'trivy' | 'openscap' | 'nmap';
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cvss: number | null;
  readonly asset: number;
  readonly place: string;
  readonly from: number;
  readonly to: number | null;
  /** Month in which it came back. */
  readonly again?: number;
}

const finding = (
  [scanner, rule, title, place]: readonly [SampleFinding['scanner'], string, string, string],
  [severity, cvss]: readonly [Severity, number | null],
  [asset, from, to, again]: readonly [number, number, number | null, number?],
): SampleFinding => ({
  ...{ scanner, rule, title, place, severity, cvss, asset, from, to },
  ...(again !== undefined && { again }),
});

/** Numbers of vulnerabilities are of a year to come, so that none is mistaken for a real one. */
export const sampleFindings: readonly SampleFinding[] = [
  finding(['trivy', 'CVE-2099-10021', '压缩库越界写入', 'libpack 1.2.11'], ['critical', 9.8], [6, 0, 2]),
  finding(['trivy', 'CVE-2099-10344', '模板引擎注入', 'viewkit 4.1.0'], ['high', 8.1], [6, 1, 5]),
  finding(['trivy', 'CVE-2099-10781', '证书校验绕过', 'netlib 2.8.3'], ['high', 7.5], [7, 0, 4, 7]),
  finding(['trivy', 'CVE-2099-11230', '日志组件远程执行', 'logline 2.14'], ['critical', 9.1], [7, 6, 8]),
  finding(['trivy', 'CVE-2099-11877', '正则拒绝服务', 'urlparse 1.0.4'], ['medium', 5.3], [6, 3, null]),
  finding(['trivy', 'CVE-2099-12005', '会话固定', 'webauth 3.0'], ['medium', 6.1], [7, 9, null]),
  finding(['trivy', 'CVE-2099-12461', '反序列化缺陷', 'jsonbind 5.2'], ['high', 8.8], [6, 10, null]),
  finding(
    ['openscap', 'sshd_disable_root_login', '禁止 root 远程登录', '/etc/ssh/sshd_config'],
    ['high', null],
    [1, 0, 3],
  ),
  finding(
    ['openscap', 'sshd_disable_root_login', '禁止 root 远程登录', '/etc/ssh/sshd_config'],
    ['high', null],
    [5, 3, null],
  ),
  finding(
    ['openscap', 'accounts_password_minlen', '口令最小长度', '/etc/security/pwquality.conf'],
    ['medium', null],
    [3, 0, 6],
  ),
  finding(['openscap', 'package_auditd_installed', '安装审计服务', 'auditd'], ['medium', null], [3, 0, null]),
  finding(
    ['openscap', 'file_permissions_etc_shadow', '影子文件权限', '/etc/shadow'],
    ['medium', null],
    [4, 2, 4],
  ),
  finding(['openscap', 'partition_for_tmp', '/tmp 独立分区', '/tmp'], ['low', null], [0, 0, null]),
  finding(['nmap', 'port/tcp/23', '开放 Telnet', '23/tcp'], ['high', null], [3, 0, 2]),
  finding(['nmap', 'port/tcp/3306', '数据库端口对外开放', '3306/tcp'], ['high', null], [4, 4, 5]),
  finding(['nmap', 'port/tcp/21', '开放 FTP', '21/tcp'], ['medium', null], [2, 0, 9]),
  finding(['nmap', 'port/tcp/443', '开放 HTTPS', '443/tcp'], ['info', null], [0, 0, null]),
];

export const districtFinding = {
  rule: 'sshd_set_idle_timeout',
  title: '会话空闲超时',
  severity: 'medium',
  from: 8,
  to: null,
} as const;

export const scannerFormats: Readonly<Record<SampleFinding['scanner'], ScanFormat>> = {
  trivy: 'trivy',
  openscap: 'xccdf',
  nmap: 'nmap',
};

/** Rules of the baseline that are checked on each host, and what passes. */
export const baseline = { profile: 'standard', rules: 72, passRatio: { from: 0.71, to: 0.9 } } as const;

/** Alarms in each month, and how many of them turned out to be real. */
export const alarms = {
  signatures: [
    {
      signature: '1:2099001:1',
      title: '扫描探测',
      severity: 'low',
      perMonth: { from: 26, to: 14 },
      isReal: false,
    },
    {
      signature: '1:2099014:2',
      title: '暴力破解登录',
      severity: 'medium',
      perMonth: { from: 6, to: 9 },
      isReal: true,
    },
    {
      signature: '1:2099052:1',
      title: '疑似数据外传',
      severity: 'high',
      perMonth: { from: 1, to: 2 },
      isReal: true,
    },
  ],
  /** In the last month so many are not judged yet. */
  unjudged: 4,
} as const;

/** Of the hosts that are due to send logs one was silent in the last month. */
export const silentHost = { asset: 3, fromMonth: 11 } as const;

export const suppression = {
  rule: 'partition_for_tmp',
  reason: '存量主机调整分区需停机，已限制 /tmp 执行权限，列入下年度改造',
  by: '安全运营岗',
  fromMonth: 5,
  months: 9,
} as const;
