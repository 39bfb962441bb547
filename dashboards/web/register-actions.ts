import type { Express } from 'express';
import { endOfDay } from '../../scoring/contract.ts';
import type { ActionParts } from './actions.ts';
import { faultsOf, readForm, valuesOf } from './form-values.ts';
import { link, type PageContext } from './page.ts';
import { eventsView } from './pages/security/events.ts';
import { findingOf, findingView } from './pages/security/finding.ts';
import type { SentForm } from './pages/security/parts.ts';
import { csrfField, requireToken } from './security/csrf.ts';

const longest = { by: 200, reason: 2000, expires: 10, scope: 20, verdict: 20, subject: 200 } as const;
type Field = keyof typeof longest;

/** What is missing or too long, in the page's language: `faults` names each field's text. */
function faultsIn(
  { t }: PageContext,
  values: Readonly<Partial<Record<Field, string>>>,
  faults: Readonly<Partial<Record<Field, string>>>,
): string[] {
  return Object.entries(faults)
    .map(([name, fault]) => ({ name: name as Field, value: values[name as Field] ?? '', fault }))
    .filter(({ name, value }) => value === '' || value.length > longest[name])
    .map(({ name, fault }) => t(`security.fault.${fault}`, { longest: longest[name] }));
}

/** The forms of the security register: hiding a finding with reason, person and end; ending that; judging an alarm. */
export function mountRegisters(app: Express, { workbench, presenter }: ActionParts): void {
  app.post('/findings/:id/suppressions', readForm, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const context = presenter.contextOf(request, response);
    const id = String(request.params.id);
    const { finding } = await findingOf(context, id);
    const values = valuesOf(request, ['reason', 'by', 'expires', 'scope']);
    const subject = (await workbench.subjects()).find((each) => each.id === finding.subject);
    const at = workbench.now();
    const expiresAt = endOfDay(values.expires, subject?.timeZone ?? 'UTC');
    const faults = faultsIn(context, values, { reason: 'reason', by: 'by' });
    if (expiresAt === null) faults.push(context.t('security.fault.expires', { longest: longest.expires }));
    else if (expiresAt <= at) faults.push(context.t('security.fault.expired'));
    const order = {
      subject: finding.subject,
      rule: finding.rule,
      asset: values.scope === 'everywhere' ? null : finding.asset,
      reason: values.reason,
      by: values.by,
      at,
      expiresAt: expiresAt ?? '',
    };
    const all = faults.length > 0 ? faults : await faultsOf(() => workbench.security.suppress(order));
    if (all.length === 0) response.redirect(303, link(`/findings/${finding.id}`, { done: 'suppressed' }));
    else presenter.document(request, response, await findingView(context, id, { values, faults: all }));
  });

  app.post('/findings/:id/suppressions/:suppression/end', readForm, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const context = presenter.contextOf(request, response);
    const id = String(request.params.id);
    const { suppressions } = await findingOf(context, id);
    const values = valuesOf(request, ['by']);
    const known = suppressions.find((each) => String(each.id) === request.params.suppression);
    const faults = faultsIn(context, values, { by: 'by' });
    if (!known) faults.push(context.t('security.fault.suppression'));
    const end = () => workbench.security.endSuppression(known?.id ?? 0, values.by, workbench.now());
    const all = faults.length > 0 ? faults : await faultsOf(end);
    if (all.length === 0) response.redirect(303, link(`/findings/${id}`, { done: 'ended' }));
    else presenter.document(request, response, await findingView(context, id, { values: {}, faults: all }));
  });

  app.post('/events/alarms/:id', readForm, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const id = String(request.params.id);
    const values = valuesOf(request, ['verdict', 'by', 'reason', 'subject']);
    const base = presenter.contextOf(request, response);
    const context = { ...base, query: { ...base.query, ...(values.subject && { subject: values.subject }) } };
    const faults = faultsIn(context, values, { verdict: 'verdict', by: 'judgedBy', reason: 'grounds' });
    const verdict = (['confirmed', 'dismissed'] as const).find((each) => each === values.verdict);
    if (!verdict && values.verdict !== '') faults.push(context.t('security.fault.verdict', { longest: '' }));
    if (!/^\d{1,15}$/.test(id)) faults.push(context.t('security.fault.alarm'));
    const judge = async () =>
      verdict &&
      workbench.security.judgeAlarm(Number(id), {
        verdict,
        by: values.by,
        reason: values.reason,
        at: workbench.now(),
      });
    const all = faults.length > 0 ? faults : await faultsOf(judge);
    const sent: SentForm & { readonly alarm: string } = { alarm: id, values, faults: all };
    if (all.length === 0)
      response.redirect(303, `${link('/events', { subject: values.subject, done: 'judged' })}#alarms`);
    else presenter.document(request, response, await eventsView(context, sent));
  });
}
