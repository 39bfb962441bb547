import { soonDays } from '../../../application/probe/certificate.ts';
import type { CertificateSighting, ScannedFinding } from '../../../contract.ts';
import type { ReportDraft } from '../../reading/report-draft.ts';

const dayMilliseconds = 86_400_000;

/**
 * Expired: users are turned away or learn to click on, which the service notices at once. Within 30 days: time enough to
 * renew it, and none to forget it; the same bound as the metric's.
 */
const rules = {
  expired: { rule: 'certificate-expired', severity: 'high', title: '证书已过期 / Certificate has expired' },
  soon: {
    rule: `certificate-expires-${soonDays}-days`,
    severity: 'medium',
    title: `证书将在 ${soonDays} 天内到期 / Certificate expires within ${soonDays} days`,
  },
} as const;

function findingOf({ target, asset, notAfter }: CertificateSighting, now: number): ScannedFinding | null {
  const left = Date.parse(notAfter) - now;
  if (left >= soonDays * dayMilliseconds) return null;
  const rule = left <= 0 ? rules.expired : rules.soon;
  return { ...rule, asset, cvss: null, places: [`${target} ${notAfter.slice(0, 10)}`], url: null };
}

/** Certificates of a list while it is read: of one target the one that expires first counts. */
export class CertificateList {
  readonly #byTarget = new Map<string, { readonly given: CertificateSighting; readonly place: string }>();

  add(given: CertificateSighting, place: string, draft: ReportDraft): void {
    const key = JSON.stringify([given.asset, given.target]);
    const known = this.#byTarget.get(key);
    if (!known) {
      this.#byTarget.set(key, { given, place });
      return;
    }
    if (known.given.notAfter === given.notAfter) return;
    const isEarlier = given.notAfter < known.given.notAfter;
    if (isEarlier) this.#byTarget.set(key, { given, place });
    draft.skip(isEarlier ? known.place : place, {
      zh: `${given.target} 列有多个到期时间，以最早者为准：请从清单中删除已更换的证书`,
      en: `${given.target} is listed with several ends, of which the first counts: take replaced certificates off the list`,
    });
  }

  get size(): number {
    return this.#byTarget.size;
  }

  /** Puts assets, certificates and findings into the draft, as of an instant in milliseconds. */
  finish(draft: ReportDraft, now: number): void {
    for (const { given, place } of this.#byTarget.values()) {
      draft.attempt(() => {
        draft.addCertificate(given, place);
        draft.addAsset({ id: given.asset, kind: null }, place);
        const finding = findingOf(given, now);
        if (finding) draft.addFinding(finding, place);
      });
    }
  }
}
