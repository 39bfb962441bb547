import type { Text, TlsSession } from '../../contract.ts';
import { certificateNames } from './probe-metrics.ts';

const secondsPerDay = 86_400;
/** As the name of the metric says. */
export const soonDays = 30;

/** Days from an instant until the leaf expires, negative once expired; null without a certificate. */
export function remainingDays(session: TlsSession | null, at: string): number | null {
  const [leaf] = session?.chain ?? [];
  return leaf ? (Date.parse(leaf.notAfter) - Date.parse(at)) / 1000 / secondsPerDay : null;
}

/** Readings about the leaf: the certificates above it are its authority's to renew, and change rarely. */
export function certificateValues(session: TlsSession | null, at: string): Readonly<Record<string, number>> {
  const days = remainingDays(session, at);
  const [leaf] = session?.chain ?? [];
  if (!session || !leaf || days === null) return {};
  return {
    [certificateNames.notAfter]: Date.parse(leaf.notAfter) / 1000,
    [certificateNames.remainingDays]: days,
    [certificateNames.expiresSoon]: days < soonDays ? 1 : 0,
    [certificateNames.isTrusted]: session.fault === null ? 1 : 0,
  };
}

/** `certificate of CN=... until 2031-05-01`. */
export function certificateText(session: TlsSession): Text {
  const [leaf] = session.chain;
  const day = leaf?.notAfter.slice(0, 10);
  return {
    zh: `${session.protocol}，证书 ${leaf?.subject} 至 ${day}，签发者 ${leaf?.issuer}`,
    en: `${session.protocol}, certificate ${leaf?.subject} until ${day}, issued by ${leaf?.issuer}`,
  };
}

/** A fault when fewer days remain than the settings ask for. */
export function expiryFault(session: TlsSession | null, at: string, minimumDays: number): Text | null {
  const days = remainingDays(session, at);
  if (days === null || days >= minimumDays) return null;
  const left = Math.floor(days);
  return {
    zh: `证书剩余 ${left} 天，少于 ${minimumDays} 天：请更换证书`,
    en: `the certificate has ${left} days left, fewer than ${minimumDays}: renew it`,
  };
}
