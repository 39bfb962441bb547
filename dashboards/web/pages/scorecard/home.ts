import { link, type Page, type PageContext } from '../../page.ts';
import { linkWithin } from '../../selection.ts';
import { leavesBelow, viewOfStandings } from '../nodes/standing.ts';
import { openEvaluation, type Shown } from '../opening.ts';
import { viewOfWarnings } from '../thresholds/warnings.ts';
import { viewOfConflicts, viewOfLosses, viewOfMissing, viewOfMoves } from './findings.ts';
import { viewOfHistory } from './history.ts';
import { viewOfModules } from './modules.ts';
import { viewOfStageCard } from './stage.ts';
import { viewOfVerdict } from './verdict.ts';

function viewOfHome(context: PageContext, shown: Shown) {
  const { evaluation } = shown;
  return {
    verdict: viewOfVerdict(context, shown),
    stage: viewOfStageCard(context, shown),
    modules: viewOfModules(context, shown),
    indicatorsUrl: linkWithin(evaluation, '/indicators'),
    standings: viewOfStandings(context, leavesBelow(evaluation, null), {
      chosen: null,
      linkTo: (more) => linkWithin(evaluation, '/indicators', more),
    }),
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
  show: (context) =>
    openEvaluation(context, { path: '/', title: context.t('home.title') }, async (shown, chooser) => {
      const { evaluation } = shown;
      const key = `home ${context.language} ${shown.history.map((each) => each.sha256).join(' ')}`;
      const warnings = await viewOfWarnings(context, evaluation.subject.id);
      const home = context.reader.kept(key, () => viewOfHome(context, shown));
      return {
        template: 'home',
        title: `${context.say(evaluation.subject.name)} · ${context.format.period(evaluation.period.id)}`,
        section: '/',
        isSample: evaluation.subject.isSample,
        bodyKey: `${key} ${JSON.stringify(chooser)} ${JSON.stringify(warnings)}`,
        view: { chooser, warnings, ...home },
      };
    }),
};
