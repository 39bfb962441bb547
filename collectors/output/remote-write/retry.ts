import type { RemoteWritePolicy } from './policy.ts';

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds from `now`; null when absent or neither. */
export function retryAfterMilliseconds(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header.trim())) return Number(header.trim()) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/**
 * The wait before attempt `attempt + 1`: doubled from the first, at most the longest, and between half and the whole of
 * it by `chance` (0..1), so that many senders do not come back at once. What the server asks for is the least.
 */
export function backOffMilliseconds(
  attempt: number,
  { chance, retryAfter, policy }: { chance: number; retryAfter: number | null; policy: RemoteWritePolicy },
): number {
  const doubled = policy.firstBackOffMilliseconds * 2 ** Math.min(attempt - 1, 30);
  const own = Math.min(doubled, policy.longestBackOffMilliseconds) * (0.5 + chance / 2);
  return Math.max(own, Math.min(retryAfter ?? 0, policy.longestRetryAfterMilliseconds));
}
