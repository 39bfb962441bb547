import { soonDays } from '../application/probe/certificate.ts';
import { certificateMetrics, certificateNames } from '../application/probe/probe-metrics.ts';
import type { MetricSpec, Reading, ScanReport } from '../contract.ts';

const names: readonly string[] = [certificateNames.remainingDays, certificateNames.expiresSoon];

/** What a list of certificates yields, declared once with the TLS probes. */
export const listedCertificateMetrics: readonly MetricSpec[] = certificateMetrics.filter(({ name }) =>
  names.includes(name),
);

const dayMilliseconds = 86_400_000;

/** Days that each certificate of a report has left at an ISO instant, and whether those are fewer than 30; by target. */
export function readingsOfCertificates(
  { certificates }: Pick<ScanReport, 'certificates'>,
  at: string,
): Reading[] {
  const soonest = new Map<string, number>();
  for (const { target, notAfter } of certificates) {
    const days = (Date.parse(notAfter) - Date.parse(at)) / dayMilliseconds;
    soonest.set(target, Math.min(days, soonest.get(target) ?? Number.POSITIVE_INFINITY));
  }
  return [...soonest].flatMap(([target, days]) => [
    { metric: certificateNames.remainingDays, labels: { target }, at, value: days },
    { metric: certificateNames.expiresSoon, labels: { target }, at, value: days < soonDays ? 1 : 0 },
  ]);
}
