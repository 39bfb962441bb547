import { type Evaluation, parseCutoff, parsePeriod, shiftPeriod } from '../../../../scoring/contract.ts';
import type { PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { linkWithin } from '../../selection.ts';

/** Milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;
const shortest = 5 * 60_000;
const longest = 1200 * day;

/** Named spans around the evaluation's period. */
function presetsOf({ period }: Evaluation): Readonly<Record<string, TimeSpan>> {
  const [start, end] = [Date.parse(period.start), Date.parse(period.end)];
  const first = parsePeriod(shiftPeriod(period.id, -11), period.timeZone);
  return {
    period: { from: start, to: end },
    year: { from: Date.parse(first.start), to: end },
    week: { from: Math.max(start, end - 7 * day), to: end },
    day: { from: end - day, to: end },
  };
}

/** The zone's clock as an input of type `datetime-local` wants it. */
export function localTime(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(at).replace(' ', 'T');
}

function read(context: PageContext, name: string, zone: string): number {
  const text = context.query[name] ?? '';
  try {
    return Date.parse(parseCutoff(text, zone));
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(400, 'error.asOf', { asOf: text });
    throw error;
  }
}

/** What the address asks to see: a named span, or from–to in the subject's zone; the period unless told. */
export function spanOf(
  context: PageContext,
  evaluation: Evaluation,
): TimeSpan & { readonly name: string | null } {
  const presets = presetsOf(evaluation);
  const { query } = context;
  if (query.from && query.to) {
    const zone = evaluation.period.timeZone;
    const span = { from: read(context, 'from', zone), to: read(context, 'to', zone) };
    const length = span.to - span.from;
    if (length < shortest || length > longest) throw new Refusal(400, 'error.span');
    return { ...span, name: null };
  }
  const name = query.span !== undefined && query.span in presets ? query.span : 'period';
  return { ...(presets[name] as TimeSpan), name };
}

const spanNames = ['period', 'year', 'week', 'day'] as const;

/** Links and form that change the span; each is a plain address. */
export function viewOfZoom(context: PageContext, evaluation: Evaluation, path: string) {
  const { t } = context;
  const span = spanOf(context, evaluation);
  const zone = evaluation.period.timeZone;
  const to = (from: number, until: number) => {
    const more = { from: new Date(from).toISOString(), to: new Date(until).toISOString() };
    return `${linkWithin(evaluation, path, more)}#series`;
  };
  const length = span.to - span.from;
  const quarter = length / 4;
  const half = length / 2;
  return {
    presets: spanNames.map((name) => ({
      name: t(`span.${name}`),
      url: `${linkWithin(evaluation, path, { span: name })}#series`,
      isCurrent: span.name === name,
    })),
    steps: [
      { name: t('span.earlier'), url: to(span.from - half, span.to - half) },
      ...(length / 2 >= shortest
        ? [{ name: t('span.in'), url: to(span.from + quarter, span.to - quarter) }]
        : []),
      ...(length * 2 <= longest ? [{ name: t('span.out'), url: to(span.from - half, span.to + half) }] : []),
      { name: t('span.later'), url: to(span.from + half, span.to + half) },
    ],
    action: path,
    hidden: [
      { name: 'model', value: evaluation.model.id },
      { name: 'subject', value: evaluation.subject.id },
      { name: 'period', value: evaluation.period.id },
    ],
    from: localTime(span.from, zone),
    to: localTime(span.to, zone),
    zone,
  };
}
