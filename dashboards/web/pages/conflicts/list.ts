import { link, type Page, type PageContext } from '../../page.ts';
import { provenanceTitle } from '../../terms.ts';
import { type Dispute, findDisputes, linkToDispute } from './disputes.ts';

async function viewOfDispute(context: PageContext, { evaluation: sha256, comparison, decided }: Dispute) {
  const { format, reader, say } = context;
  const evaluation = await reader.get(sha256);
  const node = evaluation?.nodes.find((each) => each.id === comparison.indicator);
  if (!evaluation || !node) return [];
  const chosen =
    decided &&
    comparison.candidates.find(
      (each) => each.value === decided.value && each.provenance === decided.provenance,
    );
  return [
    {
      id: node.id,
      title: say(node.title),
      url: linkToDispute(sha256, node.id),
      subject: say(evaluation.subject.name),
      model: say(evaluation.model.title),
      period: format.period(comparison.period),
      difference: format.share(comparison.relativeDifference),
      tolerance: format.setting(comparison.tolerance, 'ratio'),
      candidates: comparison.candidates.map((each) => ({
        value: format.value(each.value, node.unit),
        provenance: provenanceTitle(context, each.provenance),
        isChosen: each === chosen,
      })),
      decidedBy: decided?.decidedBy ?? '',
      reason: decided?.reason ?? '',
      decidedAt: decided ? format.time(decided.decidedAt, evaluation.period.timeZone) : '',
    },
  ];
}

export const conflictsPage: Page = {
  path: '/conflicts',
  show: async (context) => {
    const { query, reader, t } = context;
    const { model, subject, period } = query;
    const filter = { ...(model && { model }), ...(subject && { subject }), ...(period && { period }) };
    const found = await findDisputes(reader, filter);
    const rowsOf = async (disputes: readonly Dispute[]) =>
      (await Promise.all(disputes.map((each) => viewOfDispute(context, each)))).flat();
    const subjects = await reader.subjects();
    const places = new Set([...found.open, ...found.decided].map((each) => each.comparison.subject));
    return {
      template: 'conflicts',
      title: t('conflicts.page'),
      section: '/',
      isSample: subjects.some((each) => each.isSample && places.has(each.id)),
      view: {
        open: await rowsOf(found.open),
        decided: await rowsOf(found.decided),
        unread: found.unread,
        isFiltered: Object.keys(filter).length > 0,
        home: link('/', filter),
      },
    };
  },
};
