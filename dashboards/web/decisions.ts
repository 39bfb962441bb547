import { type Express, type Request, urlencoded } from 'express';
import type { ActionParts } from './actions.ts';
import { link } from './page.ts';
import { disputesIn, linkToDispute } from './pages/conflicts/disputes.ts';
import { csrfField, requireToken } from './security/csrf.ts';
import { Refusal } from './security/refusal.ts';
import { linkToNode } from './selection.ts';

const form = urlencoded({ extended: false, limit: '64kb' });
/** What the form must hold, with the text that says so. */
const fields = {
  candidate: { longest: 4, key: 'error.candidate' },
  decidedBy: { longest: 200, key: 'error.decidedBy' },
  reason: { longest: 2000, key: 'error.reason' },
} as const;

function field(request: Request, name: keyof typeof fields): string {
  const { longest, key } = fields[name];
  const value: unknown = request.body?.[name];
  const text = typeof value === 'string' ? value.replaceAll('\0', '').trim() : '';
  if (text === '' || text.length > longest) throw new Refusal(400, key, { longest });
  return text;
}

/** Decisions on figures whose sources disagree: who decided what and why, and taking one back. */
export function mountDecisions(app: Express, { workbench }: ActionParts): void {
  const disputeOf = async (request: Request) => {
    const evaluation = await workbench.evaluation(String(request.params.sha256));
    const indicator = String(request.params.indicator);
    const dispute =
      evaluation && disputesIn(evaluation).find((each) => each.comparison.indicator === indicator);
    if (!dispute) throw new Refusal(404, 'error.notFound');
    return { evaluation, dispute, indicator };
  };
  app.post('/conflicts/:sha256/:indicator', form, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const { evaluation, dispute, indicator } = await disputeOf(request);
    const chosen = dispute.comparison.candidates[Number(field(request, 'candidate'))];
    if (!chosen || chosen.value === null || chosen.provenance === null)
      throw new Refusal(400, 'error.candidate');
    const made = await workbench.resolve(evaluation, {
      indicator,
      value: chosen.value,
      provenance: chosen.provenance,
      decidedBy: field(request, 'decidedBy'),
      reason: field(request, 'reason'),
    });
    response.redirect(303, link(linkToDispute(made.sha256, indicator), { before: evaluation.sha256 }));
  });
  app.post('/conflicts/:sha256/:indicator/withdraw', form, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const { evaluation, indicator } = await disputeOf(request);
    const made = await workbench.withdraw(evaluation, indicator);
    const isThere = disputesIn(made).some((each) => each.comparison.indicator === indicator);
    const path = isThere ? linkToDispute(made.sha256, indicator) : linkToNode(made, indicator);
    response.redirect(303, isThere ? link(path, { before: evaluation.sha256 }) : path);
  });
}
