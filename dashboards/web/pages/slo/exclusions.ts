import {
  exclusionKinds,
  parsePeriod,
  periodAt,
  type SloExclusion,
  type SloFigure,
  type SloPeriod,
} from '../../../../rules/contract.ts';
import type { PageContext } from '../../page.ts';
import type { SentForm } from '../security/parts.ts';
import { printCount, printSpan } from './parts.ts';

/** Seconds of the period that holds an instant: an exclusion may not be longer. */
export function periodSecondsAt(period: SloPeriod, instant: string): number {
  if (period.kind === 'rolling') return period.days * 86_400;
  const { unit, timeZone } = period;
  const { start, end } = parsePeriod(periodAt(unit, instant, timeZone), timeZone);
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

interface ExclusionPlace {
  /** Newest first. */
  readonly figures: readonly SloFigure[];
  readonly zone: string;
}

/** What an exclusion took out of the newest figure that it touches, or why nothing. */
function effectInWords(
  context: PageContext,
  exclusion: SloExclusion,
  { figures, zone }: ExclusionPlace,
): string {
  const { t } = context;
  const isOwn = (each: { readonly exclusion: number }) => each.exclusion === exclusion.id;
  const counting = figures.find(({ excluded }) => excluded.some(isOwn));
  if (counting) {
    const own = counting.excluded.filter(isOwn);
    const sum = (of: 'bad' | 'total') => own.reduce((total, each) => total + each[of], 0);
    return t('slo.effect.counted', {
      span: printSpan(context, counting.span, zone),
      bad: printCount(context, sum('bad')),
      total: printCount(context, sum('total')),
    });
  }
  if (exclusion.withdrawnAt !== null) return t('slo.effect.withdrawn');
  const figure = figures.find(
    ({ span }) =>
      Date.parse(exclusion.from) < Date.parse(span.to) && Date.parse(exclusion.to) > Date.parse(span.from),
  );
  if (!figure) return t('slo.effect.outside');
  return t(
    Date.parse(exclusion.recordedAt) >= Date.parse(figure.computedAt)
      ? 'slo.effect.next'
      : 'slo.effect.nothing',
  );
}

/** Exclusions of one promise, with the form to record one. */
export function viewOfExclusions(
  context: PageContext,
  exclusions: readonly SloExclusion[],
  { figures, zone, sent }: ExclusionPlace & { readonly sent: SentForm | null },
) {
  const { format, t } = context;
  const values = sent?.values ?? {};
  return {
    rows: exclusions.map((each) => ({
      id: String(each.id),
      kind: t(`slo.exclusion.${each.kind}`),
      from: format.time(each.from, zone),
      to: format.time(each.to, zone),
      reason: each.reason,
      by: each.by,
      evidence: each.evidence,
      evidenceUrl: /^https?:\/\//i.test(each.evidence) ? each.evidence : null,
      recordedAt: format.time(each.recordedAt, zone),
      withdrawn:
        each.withdrawnAt === null
          ? null
          : t('slo.withdrawnBy', { by: each.withdrawnBy ?? '', at: format.time(each.withdrawnAt, zone) }),
      effect: effectInWords(context, each, { figures, zone }),
    })),
    faults: sent?.faults ?? [],
    kinds: exclusionKinds.map((value) => ({
      value,
      text: t(`slo.exclusion.${value}`),
      isChosen: value === (values.kind ?? exclusionKinds[0]),
    })),
    form: {
      from: values.from ?? '',
      to: values.to ?? '',
      reason: values.reason ?? '',
      by: values.by ?? '',
      evidence: values.evidence ?? '',
    },
  };
}
