import type { Suppression } from '../../../../store/contract.ts';
import { printAgo } from '../../durations.ts';
import type { PageContext } from '../../page.ts';

/** Days before its end from which a suppression is pointed out: time enough to mend or to ask again. */
const warningDays = 14;
const day = 86_400_000;

/** A suppression with who, why and until when. */
export function viewOfSuppression(
  { format, language, t, workbench }: PageContext,
  each: Suppression,
  zone: string,
) {
  const now = workbench.now();
  const left = Date.parse(each.expiresAt) - Date.parse(now);
  const isActive = each.ended === null && left > 0;
  // The last day that counts: it ends with the day before its instant.
  const lastDay = new Date(Date.parse(each.expiresAt) - 1).toISOString();
  return {
    id: each.id,
    rule: each.rule,
    asset: each.asset ?? t('security.everyAsset'),
    reason: each.reason,
    by: each.by,
    at: format.date(each.at, zone),
    expires: format.date(lastDay, zone),
    left: isActive ? printAgo(each.expiresAt, now, language) : '',
    isActive,
    isExpiring: isActive && left < warningDays * day,
    state: t(
      each.ended
        ? 'security.suppression.ended'
        : isActive
          ? 'security.suppression.active'
          : 'security.suppression.expired',
    ),
    ended: each.ended
      ? t('security.suppression.endedBy', { by: each.ended.by, at: format.date(each.ended.at, zone) })
      : null,
    findings: format.count(each.findings),
  };
}

/** Those that end first come first. */
export function byExpiry(suppressions: readonly Suppression[]): Suppression[] {
  return suppressions.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt) || a.id - b.id);
}
