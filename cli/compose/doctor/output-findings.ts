import type { CollectorPorts, HttpPort } from '../../../collectors/contract.ts';
import { inspectQueue, tryTarget } from '../../../collectors/output.ts';
import { Redactor, type TelemetrySettings } from '../../../collectors/runner.ts';
import { version } from '../../version-file.ts';
import { destinationOf, queueFolderOf } from '../telemetry/outputs.ts';
import { type Finding, patienceMilliseconds } from './finding.ts';

type Target = TelemetrySettings['remoteWrite'][number];

/** A remote write target takes an empty request, and how much waits for it. */
export async function remoteWriteFinding(
  target: Target,
  { ports, dataFolder }: { ports: CollectorPorts; dataFolder: string },
): Promise<Finding> {
  const waiting = (await inspectQueue(queueFolderOf(dataFolder, target.name)))?.samples ?? 0;
  const answer = await destinationOf(target, ports).then(
    (destination) => tryTarget(destination, { http: ports.http, userAgent: `citygauge/${version}` }),
    (error: Error) => error.message,
  );
  return {
    what: { zh: `远程写入 ${target.name}`, en: `Remote write ${target.name}` },
    verdict: answer === null ? 'good' : 'broken',
    // An address may carry user and password.
    found: new Redactor().redact(`${target.url}: ${answer ?? 'accepts'}; ${waiting} samples waiting`),
    ...(answer !== null && {
      nextStep: {
        zh: '请确认接收端正在运行并已开启远程写入接收，地址与认证正确；排队样本将在恢复后补发',
        en: 'see that the receiver runs and takes remote write, and that address and authentication are right; what waits is sent then',
      },
    }),
  };
}

/** Our own page, as a scraper sees it. */
export async function ownPageFinding(http: HttpPort, address: string): Promise<Finding> {
  const what = { zh: '指标页 /metrics', en: 'Metrics page /metrics' };
  try {
    const { status, body } = await http.exchange({
      url: `${address}/metrics`,
      timeoutMilliseconds: patienceMilliseconds,
      maxBytes: 100_000_000,
      signal: new AbortController().signal,
    });
    if (status !== 200) throw new Error(`HTTP ${status}`);
    const samples = Buffer.from(body)
      .toString('utf8')
      .split('\n')
      .filter((line) => /^[a-z]/i.test(line)).length;
    return { what, verdict: 'good', found: `${address}/metrics: ${samples} samples` };
  } catch (error) {
    return {
      what,
      verdict: 'broken',
      found: `${address}/metrics: ${(error as Error).message}`,
      nextStep: { zh: '请重启城衡后重试', en: 'start CityGauge again' },
    };
  }
}
