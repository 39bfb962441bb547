import type { Evaluation } from '../../../scoring/contract.ts';
import { link, type Page, type PageContext } from '../page.ts';
import { linkWithin, type Selection, select } from '../selection.ts';
import { viewOfChooser } from './chooser.ts';
import { viewOfConflicts, viewOfLosses, viewOfMissing, viewOfMoves } from './findings.ts';
import { viewOfHistory } from './history.ts';
import { viewOfModules } from './modules.ts';
import { viewOfVerdict } from './verdict.ts';

export type Shown = Selection & { readonly evaluation: Evaluation };

/** Where a page about an evaluation says that there is none, and what to do. */
export function viewOfNothing(selection: Selection) {
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

function viewOfHome(context: PageContext, shown: Shown) {
  const { evaluation } = shown;
  return {
    verdict: viewOfVerdict(context, shown),
    modules: viewOfModules(context, shown),
    losses: viewOfLosses(context, shown, 8),
    moves: viewOfMoves(context, shown, 8),
    missing: viewOfMissing(context, shown, 8),
    conflicts: viewOfConflicts(context, shown),
    history: viewOfHistory(context, shown),
    reportsUrl: linkWithin(evaluation, '/reports'),
    modelUrl: link(`/models/${evaluation.model.id}`),
    subjectsUrl: link('/subjects', { model: evaluation.model.id, period: evaluation.period.id }),
  };
}

export const homePage: Page = {
  path: '/',
  show: async (context) => {
    const selection = await select(context);
    const { evaluation } = selection;
    const chooser = viewOfChooser(context, selection, '/');
    if (!evaluation) {
      return {
        template: 'nothing',
        title: context.t('home.title'),
        section: '/',
        isSample: false,
        view: { chooser, nothing: viewOfNothing(selection) },
      };
    }
    const key = `home ${context.language} ${selection.history.map((each) => each.sha256).join(' ')}`;
    const home = context.reader.kept(key, () => viewOfHome(context, { ...selection, evaluation }));
    return {
      template: 'home',
      title: `${context.say(evaluation.subject.name)} · ${context.format.period(evaluation.period.id)}`,
      section: '/',
      isSample: evaluation.subject.isSample,
      bodyKey: `${key} ${JSON.stringify(chooser)}`,
      view: { chooser, ...home },
    };
  },
};
