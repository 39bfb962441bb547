import type { Verification } from '../../../reports/contract.ts';
import { link, type Page, type PageContext, type PageView } from '../page.ts';

function viewOfVerification(context: PageContext, fileName: string, found: Verification) {
  const { format, t } = context;
  return {
    fileName,
    isVerified: found.isVerified,
    verdict: t(found.isVerified ? 'verify.verified' : 'verify.refuted'),
    number: found.number ?? '—',
    evaluation: found.evaluation
      ? {
          model: found.evaluation.model,
          subject: found.evaluation.subject,
          period: format.period(found.evaluation.period),
          sha256: found.evaluation.sha256,
          url: link('/', { evaluation: found.evaluation.sha256 }),
        }
      : null,
    compared: t('verify.compared', {
      evaluations: format.count(found.compared.evaluations),
      values: format.count(found.compared.values),
      pages: format.count(found.compared.pages),
      numbers: format.count(found.compared.printedNumbers),
    }),
    differences: found.differences.map((each) => ({ ...each })),
  };
}

/** The upload form, and beneath it what the verification of a file found. */
export function verificationView(
  context: PageContext,
  result: { readonly fileName: string; readonly found: Verification } | null,
): PageView {
  return {
    template: 'verify',
    title: context.t('nav.verify'),
    section: '/reports',
    isSample: false,
    view: { result: result ? viewOfVerification(context, result.fileName, result.found) : null },
  };
}

export const verifyPage: Page = {
  path: '/verify',
  show: async (context) => verificationView(context, null),
};
