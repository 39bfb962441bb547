import {
  type AlertWindow,
  allowedRatio,
  burnFactor,
  type Slo,
  type SloSpan,
} from '../../../../rules/contract.ts';
import { printDuration } from '../../durations.ts';
import type { PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import { webAddress } from '../rules/groups.ts';
import { printBurn } from './parts.ts';

const tiers = ['quick', 'slow'] as const;
const severities = ['page', 'ticket'] as const;

/** Burn of every window, and for each alert whether both of its windows burn too fast. */
export async function viewOfBurn(context: PageContext, slo: Slo) {
  const { format, language, t, workbench } = context;
  const windows = await workbench.burnWindows(slo);
  const allowed = allowedRatio(slo.objectivePercent);
  const burns = new Map(
    windows.map(({ seconds, badRatio }) => [seconds, badRatio === null ? null : badRatio / allowed]),
  );
  const catalogue = workbench.alertWindows(slo);
  const side = (seconds: number, factor: number) => {
    const burn = burns.get(seconds) ?? null;
    return {
      window: printDuration(seconds, language),
      burn: printBurn(context, burn),
      isOver: burn !== null && burn > factor,
      isKnown: burn !== null,
    };
  };
  const lightOf = (isOff: boolean, sides: readonly ReturnType<typeof side>[]) => {
    if (isOff || !sides.every(({ isKnown }) => isKnown)) return 'waiting';
    return sides.every(({ isOver }) => isOver) ? 'failed' : 'good';
  };
  const rowOf = (
    severity: (typeof severities)[number],
    tier: (typeof tiers)[number],
    window: AlertWindow,
  ) => {
    const factor = catalogue ? burnFactor(catalogue, window) : 0;
    const [long, short] = [side(window.longSeconds, factor), side(window.shortSeconds, factor)];
    const isOff = slo.alerting[severity] === null;
    const light = lightOf(isOff, [long, short]);
    return {
      severity: t(`slo.severity.${severity}`),
      tier: t(`slo.tier.${tier}`),
      factor: t('slo.times', { n: format.plain(factor) }),
      budget: format.setting(window.errorBudgetPercent / 100, 'ratio'),
      long,
      short,
      light,
      word: t(`slo.firing.${isOff ? 'off' : light}`),
    };
  };
  return {
    windows: windows.map(({ seconds, badRatio }) => ({
      window: printDuration(seconds, language),
      ratio: badRatio === null ? '—' : `${format.plain(badRatio * 100)}%`,
      burn: printBurn(context, burns.get(seconds) ?? null),
    })),
    alerts: catalogue
      ? severities.flatMap((severity) =>
          tiers.map((tier) => rowOf(severity, tier, catalogue[severity][tier])),
        )
      : [],
    name: slo.alerting.name,
    runbook: slo.alerting.runbook,
    runbookUrl: webAddress(slo.alerting.runbook),
  };
}

/** Alerts of the period up to now, or why nobody can tell. */
export async function viewOfAlerts(context: PageContext, slo: Slo, span: SloSpan, zone: string) {
  const { format, language, say, t, workbench } = context;
  const now = workbench.now();
  const history = await workbench.alertsWithin(slo, {
    from: span.from,
    to: Date.parse(span.to) < Date.parse(now) ? span.to : now,
  });
  return {
    isKnown: history.alerts !== null,
    reason: history.reason ? sentence(say(history.reason)) : null,
    rows: (history.alerts ?? []).map(({ severity, from, to }) => ({
      severity: t(`slo.severity.${severity}`),
      light: severity === 'page' ? 'failed' : 'partial',
      word: t(`slo.severity.${severity}`),
      from: format.time(from, zone),
      to: to === null ? t('slo.ongoing') : format.time(to, zone),
      lasted: printDuration((Date.parse(to ?? now) - Date.parse(from)) / 1000, language),
    })),
  };
}
