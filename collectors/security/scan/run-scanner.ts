import {
  type CollectedScan,
  CollectorFault,
  type CollectorRun,
  type ProcessPort,
  type ScanFormat,
  type Text,
} from '../../contract.ts';
import { readScanReport } from '../reports.ts';

export type ProcessResult = Awaited<ReturnType<ProcessPort['run']>>;
/** What a run needs of what it is handed, whatever its settings. */
export type ScannerRun = Pick<CollectorRun<unknown>, 'ports' | 'signal' | 'timeoutSeconds'>;

/** Results of a full benchmark with its texts take 10 MB; of 256 hosts with scripts some 20 MB. */
const maxBytes = 128 * 1024 * 1024;
/** Where the run has no bound of its own. */
const usualSeconds = 900;
/** To read the result in after the program has ended. */
const graceSeconds = 5;
const shownCharacters = 300;

interface Scanner {
  readonly program: string;
  /** Debian's packages, as one names them to apt. */
  readonly packages: string;
}

/** A fault whose remedy is to install the program; trying again cannot help. */
export async function requireScanner({ program, packages }: Scanner, { ports }: ScannerRun): Promise<void> {
  if (await ports.processes.exists(program)) return;
  throw new CollectorFault(
    { zh: `未安装 ${program}`, en: `the program ${program} is not installed` },
    {
      remedy: {
        zh: `请安装软件包 ${packages}，并确认它在 PATH 中`,
        en: `install the package ${packages} and see that it is on PATH`,
      },
      isFinal: true,
    },
  );
}

/** Runs it to its end; a time-out, too much output or a program that cannot be started is a CollectorFault. */
export async function runScanner(
  request: Pick<Parameters<ProcessPort['run']>[0], 'program' | 'args' | 'fileArgument' | 'timeZone'>,
  { ports, signal, timeoutSeconds = usualSeconds }: ScannerRun,
): Promise<ProcessResult> {
  const seconds = Math.max(1, timeoutSeconds - graceSeconds);
  try {
    return await ports.processes.run({
      ...request,
      timeoutMilliseconds: seconds * 1000,
      maxBytes,
      signal,
    });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new CollectorFault(
      { zh: `${request.program} 未能完成：${said}`, en: said },
      {
        remedy: {
          zh: '请调大该采集任务的 timeout，或缩小扫描范围',
          en: 'give the job a longer timeout, or let it scan less',
        },
        isFinal: true,
        cause,
      },
    );
  }
}

/** The program's own words about why it ended so, for a person. */
function complaintOf({ exitCode, stderr, stdout }: ProcessResult): string {
  const said = stderr.trim() || Buffer.from(stdout.subarray(0, 4096)).toString('utf8').trim();
  const text = said.replace(/\s+/g, ' ').slice(0, shownCharacters);
  return text === '' ? `exit code ${exitCode}` : text;
}

export function scannerFault(program: string, result: ProcessResult, remedy: Text): CollectorFault {
  const said = complaintOf(result);
  return new CollectorFault(
    { zh: `${program} 报告：${said}`, en: `${program} says: ${said}` },
    { remedy, isFinal: true },
  );
}

/** Reads what the program brought as a report of its format. */
export async function readResult(
  bytes: Uint8Array,
  given: { readonly command: string; readonly format: ScanFormat; readonly asset: string | null },
  { ports }: ScannerRun,
): Promise<CollectedScan> {
  async function* chunks() {
    yield bytes;
  }
  const { report, sha256 } = await readScanReport({
    ...{ chunks: chunks(), fileName: given.command, format: given.format, asset: given.asset },
    timeZone: 'UTC',
    now: new Date(ports.clock.now()).toISOString(),
  });
  return { report, fileName: given.command, sha256 };
}
