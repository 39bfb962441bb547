import type { EvaluatedNode, Evaluation } from '../../../scoring/contract.ts';
import { link, type PageContext, type PageView, type Redirect } from '../page.ts';
import { Refusal } from '../security/refusal.ts';
import { linkToNode, type Selection, select } from '../selection.ts';
import { type ChooserView, viewOfChooser } from './chooser.ts';

export type Shown = Selection & { readonly evaluation: Evaluation };

/** Where a page about an evaluation says that there is none, and what to do. */
function viewOfNothing(selection: Selection) {
  const { modelId: model, subjectId: subject, period } = selection;
  return {
    isNamed: model !== null && subject !== null,
    model,
    subject,
    period: period ?? '',
    evaluateUrl: link('/evaluate', { model, subject, period }),
    importUrl: '/import',
    hasSubjects: selection.subjects.length > 0,
  };
}

type Answer = PageView | Redirect;

/** Opens the evaluation that the address chooses, or says that there is none yet. */
export async function openEvaluation(
  context: PageContext,
  place: { readonly path: string; readonly title: string },
  show: (shown: Shown, chooser: ChooserView) => Answer | Promise<Answer>,
): Promise<Answer> {
  const selection = await select(context);
  const { evaluation } = selection;
  const chooser = viewOfChooser(context, selection, place.path);
  if (evaluation) return show({ ...selection, evaluation }, chooser);
  const view = { chooser, nothing: viewOfNothing(selection) };
  return { template: 'nothing', title: place.title, section: '/', isSample: false, view };
}

/** Opens a node of it; one whose address names another level is sent to where it lives. */
export function openNode(
  context: PageContext,
  folder: string,
  show: (
    shown: Shown,
    node: EvaluatedNode,
    chooser: ChooserView,
  ) => Promise<Pick<PageView, 'template' | 'view'>>,
): Promise<Answer> {
  const id = context.params.id ?? '';
  const place = { path: `${folder}/${encodeURIComponent(id)}`, title: id };
  return openEvaluation(context, place, async (shown, chooser) => {
    const { evaluation } = shown;
    const node = evaluation.nodes.find((each) => each.id === id);
    if (!node) throw new Refusal(404, 'error.notFound');
    const own = linkToNode(evaluation, id);
    if (!own.startsWith(`${folder}/`)) return { redirect: own };
    return {
      title: `${context.say(node.title)} · ${context.say(evaluation.subject.name)}`,
      section: '/',
      isSample: evaluation.subject.isSample,
      ...(await show(shown, node, chooser)),
    };
  });
}
