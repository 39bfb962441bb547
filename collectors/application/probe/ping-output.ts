/** What ping found out. */
export interface PingResult {
  /** 0 when it could not send at all. */
  readonly sent: number;
  readonly received: number;
  readonly meanSeconds: number | null;
  /** The system does not let this user send such packets. */
  readonly isForbidden: boolean;
  /** Its own words when it could not send. */
  readonly complaint: string;
}

interface PingOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const forbidden = /not permitted|permission denied|lacking privilege|are you root/i;

/** Reads the summary that the ping of iputils, BusyBox and BSD writes in the C locale. */
export function readPing({ exitCode, stdout, stderr }: PingOutput): PingResult {
  const [, sent = '0', received = '0'] =
    /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(stdout) ?? [];
  const [, mean] = /min\/avg\/max(?:\/\w+)? = [\d.]+\/([\d.]+)\//.exec(stdout) ?? [];
  const complaint = stderr.trim().split('\n')[0] || `exit code ${exitCode}`;
  return {
    sent: Number(sent),
    received: Number(received),
    meanSeconds: mean === undefined ? null : Number(mean) / 1000,
    isForbidden: Number(received) === 0 && forbidden.test(stderr),
    complaint: complaint.slice(0, 200),
  };
}
