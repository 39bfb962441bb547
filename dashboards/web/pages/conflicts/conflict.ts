import type { EvaluatedNode, Evaluation, Observation } from '../../../../scoring/contract.ts';
import type { Page, PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { linkToNode, linkWithin } from '../../selection.ts';
import { provenanceTitle, stateTitle } from '../../terms.ts';
import { fractionOf, viewOfSource } from '../evidence/evidence.ts';
import { gradeClass, modulesOf } from '../scorecard/grade.ts';
import { type Dispute, disputesIn, linkToDispute } from './disputes.ts';

function viewOfCandidate(context: PageContext, node: EvaluatedNode, { decided }: Dispute, zone: string) {
  const { format } = context;
  return (each: Observation, at: number) => ({
    at,
    value: format.value(each.value, node.unit),
    provenance: provenanceTitle(context, each.provenance),
    fraction: fractionOf(context, each),
    source: each.source ? viewOfSource(context, each.source, zone) : null,
    isChosen: decided !== null && each.value === decided.value && each.provenance === decided.provenance,
  });
}

/** What the decision changed: the figure, its module, the whole. */
function viewOfEffect(context: PageContext, before: Evaluation, now: Evaluation, node: EvaluatedNode) {
  const { format, say, t } = context;
  const moduleId = modulesOf(now).find(
    (each) => node.id === each.id || node.id.startsWith(`${each.id}.`),
  )?.id;
  const figure = (evaluation: Evaluation) => {
    const found = evaluation.nodes.find((each) => each.id === node.id);
    if (!found) return '—';
    return found.value === null ? stateTitle(context, found.state) : format.value(found.value, found.unit);
  };
  const graded = (grade: string | null, score: number | null) =>
    score === null ? (grade ?? t('grade.none')) : `${grade ?? t('grade.none')} · ${format.number(score)}`;
  const moduleOf = (evaluation: Evaluation) => evaluation.nodes.find((each) => each.id === moduleId);
  const module = moduleOf(now);
  return [
    { name: say(node.title), before: figure(before), now: figure(now) },
    ...(module
      ? [
          {
            name: say(module.title),
            before: graded(moduleOf(before)?.grade ?? null, moduleOf(before)?.score ?? null),
            now: graded(module.grade, module.score),
          },
        ]
      : []),
    {
      name: t('verdict.overall'),
      before: graded(before.overall.grade, before.overall.score),
      now: graded(now.overall.grade, now.overall.score),
    },
  ];
}

/** A later evaluation of the same model, subject and period, in which the figure may stand otherwise. */
async function newerOf({ reader }: PageContext, evaluation: Evaluation, indicator: string) {
  const { model, subject, period } = evaluation;
  const [latest] = await reader.evaluations({ model: model.id, subject: subject.id, period: period.id });
  if (!latest || latest.sha256 === evaluation.sha256) return null;
  const found = await reader.get(latest.sha256);
  if (!found) return null;
  const isThere = disputesIn(found).some((each) => each.comparison.indicator === indicator);
  return isThere ? linkToDispute(found.sha256, indicator) : linkToNode(found, indicator);
}

export const conflictPage: Page = {
  path: '/conflicts/:sha256/:indicator',
  show: async (context) => {
    const { format, params, query, reader, say, t } = context;
    const evaluation = /^[0-9a-f]{8,64}$/.test(params.sha256 ?? '')
      ? await reader.get(params.sha256 ?? '')
      : null;
    const dispute =
      evaluation && disputesIn(evaluation).find((each) => each.comparison.indicator === params.indicator);
    const node = evaluation?.nodes.find((each) => each.id === params.indicator);
    if (!dispute || !node) throw new Refusal(404, 'error.notFound');
    const before =
      query.before && /^[0-9a-f]{8,64}$/.test(query.before) ? await reader.get(query.before) : null;
    const { comparison, decided } = dispute;
    const { period } = evaluation;
    return {
      template: 'conflict',
      title: `${t('conflicts.title')} · ${say(node.title)}`,
      section: '/',
      isSample: evaluation.subject.isSample,
      view: {
        title: say(node.title),
        id: node.id,
        nodeUrl: linkToNode(evaluation, node.id),
        place: `${say(evaluation.subject.name)} · ${format.period(period.id)} · ${say(evaluation.model.title)}`,
        placeUrl: linkWithin(evaluation, '/'),
        reason: say(comparison.reason),
        difference: format.share(comparison.relativeDifference),
        tolerance: format.setting(comparison.tolerance, 'ratio'),
        candidates: comparison.candidates.map(viewOfCandidate(context, node, dispute, period.timeZone)),
        action: linkToDispute(evaluation.sha256, node.id),
        decided: decided
          ? {
              by: decided.decidedBy,
              reason: decided.reason,
              at: format.time(decided.decidedAt, period.timeZone),
              value: format.value(decided.value, node.unit),
              provenance: provenanceTitle(context, decided.provenance),
            }
          : null,
        effect: before ? viewOfEffect(context, before, evaluation, node) : null,
        grade: evaluation.overall.grade ?? t('grade.none'),
        gradeClass: gradeClass(evaluation.overall.grade),
        newer: await newerOf(context, evaluation, node.id),
      },
    };
  },
};
