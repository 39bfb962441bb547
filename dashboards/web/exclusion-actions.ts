import type { Express } from 'express';
import { type ExclusionKind, exclusionKinds, parseCutoff, type SloExclusion } from '../../rules/contract.ts';
import type { ActionParts } from './actions.ts';
import { faultsOf, readForm, valuesOf } from './form-values.ts';
import { link, type PageContext } from './page.ts';
import { type OpenPromise, openPromise, sloView } from './pages/slo/detail.ts';
import { periodSecondsAt } from './pages/slo/exclusions.ts';
import { periodInWords } from './pages/slo/parts.ts';
import { csrfField, requireToken } from './security/csrf.ts';

const longest = { reason: 2000, by: 200, evidence: 1000 } as const;
type Signed = keyof typeof longest;
const fields = ['kind', 'from', 'to', 'reason', 'by', 'evidence', 'subject'] as const;

/** A local time of the form as an instant; null for what is no time. */
function instantIn(text: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  try {
    return new Date(parseCutoff(text, zone)).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Stretch {
  readonly kind: ExclusionKind | null;
  readonly from: string | null;
  readonly to: string | null;
}

function faultsOfTimes(
  { format, t, workbench }: PageContext,
  { standing, exclusions, zone }: OpenPromise,
  { from, to }: Stretch,
  inWords: string,
): string[] {
  if (from === null || to === null)
    return [...(from === null ? [t('slo.fault.from')] : []), ...(to === null ? [t('slo.fault.to')] : [])];
  if (to <= from) return [t('slo.fault.order')];
  const faults = Date.parse(to) > Date.parse(workbench.now()) ? [t('slo.fault.future')] : [];
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (seconds > periodSecondsAt(standing.definition.period, from))
    faults.push(t('slo.fault.long', { period: inWords }));
  const overlaps = (each: SloExclusion) =>
    each.withdrawnAt === null &&
    Date.parse(each.from) < Date.parse(to) &&
    Date.parse(each.to) > Date.parse(from);
  const other = exclusions.find(overlaps);
  if (other)
    faults.push(
      t('slo.fault.overlap', {
        from: format.time(other.from, zone),
        to: format.time(other.to, zone),
        by: other.by,
      }),
    );
  return faults;
}

/** What is missing or too long of reason, person and evidence. */
function faultsOfSigning({ t }: PageContext, values: Readonly<Record<Signed, string>>): string[] {
  return (Object.keys(longest) as Signed[])
    .filter((name) => values[name] === '' || values[name].length > longest[name])
    .map((name) => t(`slo.fault.${name}`, { longest: longest[name] }));
}

/** The forms of a promise's page: recording an exclusion and withdrawing one. */
export function mountExclusions(app: Express, { workbench, presenter }: ActionParts): void {
  app.post('/slos/:id/exclusions', readForm, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const context = presenter.contextOf(request, response);
    const values = valuesOf(request, fields);
    const open = await openPromise(context, String(request.params.id), values.subject || null);
    const { definition, subject } = open.standing;
    const stretch: Stretch = {
      kind: exclusionKinds.find((each) => each === values.kind) ?? null,
      from: instantIn(values.from, open.zone),
      to: instantIn(values.to, open.zone),
    };
    const found = [
      ...(stretch.kind === null ? [context.t('slo.fault.kind')] : []),
      ...faultsOfTimes(context, open, stretch, periodInWords(context, definition.period)),
      ...faultsOfSigning(context, values),
    ];
    const { kind, from, to } = stretch;
    const record = async () =>
      kind &&
      from &&
      to &&
      workbench.slo.exclude({
        slo: definition.id,
        subject,
        kind,
        from,
        to,
        reason: values.reason,
        by: values.by,
        evidence: values.evidence,
        at: workbench.now(),
        periodSeconds: periodSecondsAt(definition.period, from),
      });
    const faults = found.length > 0 ? found : await faultsOf(record);
    if (faults.length > 0)
      return presenter.document(request, response, await sloView(context, open, { values, faults }));
    const path = `/slos/${encodeURIComponent(definition.id)}`;
    response.redirect(303, `${link(path, { subject, done: 'excluded' })}#exclusions`);
  });

  app.post('/slos/:id/exclusions/:exclusion/withdraw', readForm, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const context = presenter.contextOf(request, response);
    const values = valuesOf(request, ['by', 'subject']);
    const open = await openPromise(context, String(request.params.id), values.subject || null);
    const { definition, subject } = open.standing;
    const standing = open.exclusions.find(
      (each) => String(each.id) === request.params.exclusion && each.withdrawnAt === null,
    );
    const found = [
      ...(standing ? [] : [context.t('slo.fault.exclusion')]),
      ...(values.by === '' || values.by.length > longest.by
        ? [context.t('slo.fault.withdrawnBy', { longest: longest.by })]
        : []),
    ];
    const withdraw = async () => standing && workbench.slo.withdraw(standing.id, values.by, workbench.now());
    const faults = found.length > 0 ? found : await faultsOf(withdraw);
    if (faults.length > 0)
      return presenter.document(request, response, await sloView(context, open, { values: {}, faults }));
    const path = `/slos/${encodeURIComponent(definition.id)}`;
    response.redirect(303, `${link(path, { subject, done: 'withdrawn' })}#exclusions`);
  });
}
