import { otlp } from './application/otlp.ts';
import { probeDns } from './application/probe-dns.ts';
import { probeHttp } from './application/probe-http.ts';
import { probeIcmp } from './application/probe-icmp.ts';
import { probeTcp } from './application/probe-tcp.ts';
import { probeTls } from './application/probe-tls.ts';
import { sloBudgets } from './application/slo-budgets.ts';
import { useSql } from './application/use-sql.ts';
import { useTable } from './application/use-table.ts';
import { backupTable } from './cloud/backup-table.ts';
import { capacityTable } from './cloud/capacity-table.ts';
import { costTable } from './cloud/cost-table.ts';
import { exposition } from './cloud/exposition.ts';
import { inventoryTable } from './cloud/inventory-table.ts';
import { platformTable } from './cloud/platform-table.ts';
import { powerTable } from './cloud/power-table.ts';
import type { Collector } from './contract.ts';
import { catalogueTable } from './data-quality/catalogue-table.ts';
import { qualityChecks } from './data-quality/quality-checks.ts';
import { logCoverage } from './security/log-coverage.ts';
import { scanLynis } from './security/scan-lynis.ts';
import { scanNmap } from './security/scan-nmap.ts';
import { scanOpenscap } from './security/scan-openscap.ts';
import { scanReport } from './security/scan-report.ts';
import { securityEventsTable } from './security/security-events-table.ts';
import { securityRegister } from './security/security-register.ts';
import { tailEve } from './security/tail-eve.ts';
import { citygaugeSelf } from './self/citygauge-self.ts';

/** Every collector, in the order in which pages and the reference list them. */
export const collectors: readonly Collector[] = [
  exposition,
  inventoryTable,
  capacityTable,
  costTable,
  backupTable,
  powerTable,
  platformTable,
  probeHttp,
  probeTcp,
  probeDns,
  probeTls,
  probeIcmp,
  otlp,
  useTable,
  useSql,
  sloBudgets,
  qualityChecks,
  catalogueTable,
  scanReport,
  scanOpenscap,
  scanNmap,
  scanLynis,
  tailEve,
  logCoverage,
  securityEventsTable,
  securityRegister,
  citygaugeSelf,
];
