import type { Severity } from '../../../contract.ts';
import type { NmapPort } from './elements.ts';

interface ExposedService {
  /** As Nmap calls them once it has asked the service. */
  readonly names: readonly string[];
  readonly ports: readonly number[];
  readonly severity: Severity;
}

/**
 * How bad it is that a service can be reached. High: whoever reaches it reads passwords on the wire or needs none. Medium:
 * administration, files and databases, which belong into an inner network, and mail and names in clear. Low: encrypted
 * administration. Every other open port is a fact to be known, no fault: info.
 */
const exposed: readonly ExposedService[] = [
  { names: ['telnet'], ports: [23, 2323], severity: 'high' },
  { names: ['exec', 'login', 'shell'], ports: [512, 513, 514], severity: 'high' },
  { names: ['tftp'], ports: [69], severity: 'high' },
  { names: ['X11'], ports: [6000, 6001], severity: 'high' },
  { names: ['docker'], ports: [2375], severity: 'high' },
  { names: ['redis'], ports: [6379], severity: 'high' },
  { names: ['memcached', 'memcache'], ports: [11211], severity: 'high' },
  { names: ['mongodb'], ports: [27017], severity: 'high' },
  { names: ['elasticsearch'], ports: [9200, 9300], severity: 'high' },
  { names: ['etcd'], ports: [2379, 2380], severity: 'high' },
  { names: ['kubelet'], ports: [10250, 10255], severity: 'high' },
  { names: ['rsync'], ports: [873], severity: 'medium' },
  { names: ['ftp'], ports: [21], severity: 'medium' },
  { names: ['pop3'], ports: [110], severity: 'medium' },
  { names: ['imap'], ports: [143], severity: 'medium' },
  { names: ['snmp'], ports: [161], severity: 'medium' },
  { names: ['ldap'], ports: [389], severity: 'medium' },
  { names: ['rpcbind'], ports: [111], severity: 'medium' },
  { names: ['netbios-ssn', 'microsoft-ds'], ports: [139, 445], severity: 'medium' },
  { names: ['nfs'], ports: [2049], severity: 'medium' },
  { names: ['ms-sql-s'], ports: [1433], severity: 'medium' },
  { names: ['oracle-tns', 'oracle'], ports: [1521], severity: 'medium' },
  { names: ['mysql'], ports: [3306], severity: 'medium' },
  { names: ['postgresql'], ports: [5432], severity: 'medium' },
  { names: ['ms-wbt-server'], ports: [3389], severity: 'medium' },
  { names: ['vnc'], ports: [5900, 5901], severity: 'medium' },
  { names: ['wsman'], ports: [5985], severity: 'medium' },
  { names: ['asf-rmcp'], ports: [623], severity: 'medium' },
  { names: ['ssh'], ports: [22], severity: 'low' },
];

/** Ports that stand for what is listed above, and the usual ones of the web. */
export const watchedPorts: readonly number[] = [
  ...new Set([...exposed.flatMap(({ ports }) => ports), 80, 443, 8080, 8443]),
].toSorted((a, b) => a - b);

/** By the service's own answer where it was asked, else by what usually stands on the port; inside TLS nothing is in clear. */
export function severityOfPort({ port, service }: NmapPort): Severity {
  if (service?.isEncrypted) return 'info';
  const found = exposed.find(({ names, ports }) =>
    service?.isProbed ? names.includes(service.name) : ports.includes(Number(port)),
  );
  return found?.severity ?? 'info';
}

/** `23/tcp telnet (Linux telnetd 0.17)`. */
export function portTitle({ protocol, port, service }: NmapPort): string {
  const product = [service?.product, service?.version].filter(Boolean).join(' ');
  const parts = [`${port}/${protocol}`, service?.name, product && `(${product})`];
  return parts.filter(Boolean).join(' ');
}
