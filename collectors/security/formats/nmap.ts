import { discoverySuffix, type ScanReport } from '../../contract.ts';
import { tellingNames } from '../reading/host-address.ts';
import { instantOfSeconds } from '../reading/instant.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault, shown } from '../reading/report-fault.ts';
import { readXml } from '../reading/xml-stream.ts';
import type { NmapHost, NmapPort, NmapRun } from './nmap/elements.ts';
import { portTitle, severityOfPort } from './nmap/exposed-services.ts';
import { RunReading } from './nmap/run-reading.ts';
import { vulnerabilitiesOf } from './nmap/script-findings.ts';

/** As it was asked for, else its address: what a name server calls it may change from day to day. */
function idOf({ names, addresses }: NmapHost): string | null {
  const asked = names.find(({ type }) => type === 'user')?.name;
  const addressOf = (type: string) => addresses.find((each) => each.type === type)?.address;
  return asked || addressOf('ipv4') || addressOf('ipv6') || addressOf('mac') || null;
}

function takePort(draft: ReportDraft, asset: string, port: NmapPort): void {
  if (port.state !== 'open') return;
  const place = `line ${port.line}`;
  if (!/^\d{1,5}$/.test(port.port) || !/^[a-z]{2,5}$/.test(port.protocol)) {
    const said = shown(`${port.protocol}/${port.port}`);
    draft.skip(place, { zh: `端口 ${said} 无法识别`, en: `${said} is no port` });
    return;
  }
  const rule = `port/${port.protocol}/${port.port}`;
  const [title, severity] = [portTitle(port), severityOfPort(port)];
  draft.attempt(() =>
    draft.addFinding({ rule, asset, title, severity, cvss: null, places: [], url: null }, place),
  );
}

function takeHost(draft: ReportDraft, asset: string, host: NmapHost): void {
  const place = `line ${host.line}`;
  const names = [...host.names.map(({ name }) => name), ...host.addresses.map(({ address }) => address)];
  draft.addAsset({ id: asset, kind: 'host', aliases: tellingNames(names) }, place);
  for (const port of host.ports) takePort(draft, asset, port);
  const scripts = [
    ...host.scripts.map((script) => ({ script, where: [] })),
    ...host.ports.flatMap((port) =>
      port.scripts.map((script) => ({ script, where: [`${port.port}/${port.protocol}`] })),
    ),
  ];
  for (const { script, where } of scripts)
    for (const found of vulnerabilitiesOf(script))
      draft.attempt(() => draft.addFinding({ ...found, asset, places: where }, `line ${script.line}`));
}

function checkEnd({ finished }: NmapRun, fileName: string): void {
  if (finished && finished.exit !== 'error') return;
  const said = finished ? `: ${finished.message.slice(0, 200)}` : '';
  throw reportFault(fileName, null, {
    zh: `扫描没有正常结束${said && `（${said.slice(2)}）`}：请重新扫描`,
    en: `the scan did not come to its end${said}; scan again`,
  });
}

/** A host that did not answer, or not in time, was not looked at: nothing of it counts as fixed. */
function seenHosts(draft: ReportDraft, hosts: readonly NmapHost[]): NmapHost[] {
  return hosts.filter((host) => {
    if (host.isUp && host.isTimedOut) {
      const id = idOf(host) ?? '';
      draft.skip(`line ${host.line}`, { zh: `主机 ${id} 扫描超时`, en: `the scan of ${id} timed out` });
    }
    return host.isUp && !host.isTimedOut;
  });
}

async function read(source: ReportSource): Promise<ScanReport> {
  const { fileName } = source;
  const reading = new RunReading(fileName);
  await readXml(source, reading);
  if (!reading.isNmap) {
    throw reportFault(fileName, null, {
      zh: '不是 Nmap 的 XML 结果：请使用 nmap -oX 生成的文件',
      en: 'is no result of Nmap: give the file that nmap -oX writes',
    });
  }
  const { run } = reading;
  checkEnd(run, fileName);
  const draft = new ReportDraft(fileName);
  const hosts = seenHosts(draft, run.hosts);
  if (source.asset !== null && hosts.length > 1) {
    throw reportFault(fileName, null, {
      zh: `含 ${hosts.length} 台主机，不能全部归到资产 ${source.asset}：请不要指定资产`,
      en: `holds ${hosts.length} hosts, which cannot all be ${source.asset}: name no asset`,
    });
  }
  for (const host of hosts) {
    const asset = source.asset ?? idOf(host);
    if (asset) draft.attempt(() => takeHost(draft, asset, host));
    else draft.skip(`line ${host.line}`, { zh: '主机没有地址', en: 'the host has no address' });
  }
  return draft.finish({
    format: 'nmap',
    // Who only asked which hosts are up has looked at no port and fixes none: another scanner as far as findings go.
    scanner: run.hasPortScan ? (run.scanner ?? 'nmap') : `${run.scanner ?? 'nmap'}${discoverySuffix}`,
    scannerVersion: run.version,
    producedAt: instantOfSeconds(Number(run.finished?.time || Number.NaN)),
  });
}

/** XML of Nmap: hosts that are up, open ports, and what scripts say is vulnerable. */
export const nmap: ReportReader = {
  format: 'nmap',
  title: { zh: 'Nmap 结果（XML）', en: 'Nmap results (XML)' },
  recognises: ({ text }) => /<nmaprun\b/.test(text),
  read,
};
