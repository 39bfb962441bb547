import type { Page } from '../../page.ts';
import { linkToNode, linkWithin } from '../../selection.ts';
import { openEvaluation } from '../opening.ts';
import { gradeClass, modulesOf } from '../scorecard/grade.ts';
import { indicatorWarnings } from '../thresholds/warnings.ts';
import { viewOfRows } from './node-rows.ts';
import { chosenStanding, leavesBelow, viewOfStandings } from './standing.ts';

/** Every indicator of an evaluation by module and element, with those that stand in one way alone when asked. */
export const indicatorsPage: Page = {
  path: '/indicators',
  show: (context) =>
    openEvaluation(
      context,
      { path: '/indicators', title: context.t('standing.title') },
      async (shown, chooser) => {
        const { evaluation } = shown;
        const { format, say, t } = context;
        const chosen = chosenStanding(context);
        const warnings = await indicatorWarnings(context, evaluation);
        const leaves = leavesBelow(evaluation, null);
        const modules = modulesOf(evaluation).map((module) => ({
          id: module.id,
          title: say(module.title),
          url: linkToNode(evaluation, module.id),
          grade: module.grade ?? t('grade.none'),
          gradeClass: gradeClass(module.grade),
          rows: viewOfRows(context, shown, { parent: module.id, only: chosen, warnings }),
        }));
        return {
          template: 'indicators',
          title: `${t('standing.title')} · ${say(evaluation.subject.name)}`,
          section: '/',
          isSample: evaluation.subject.isSample,
          view: {
            chooser,
            home: linkWithin(evaluation, '/'),
            homeName: `${say(evaluation.subject.name)} · ${format.period(evaluation.period.id)}`,
            n: leaves.length,
            all: linkWithin(evaluation, '/indicators'),
            isFiltered: chosen !== null,
            standings: viewOfStandings(context, leaves, {
              chosen,
              linkTo: (more) => linkWithin(evaluation, '/indicators', more),
            }),
            modules: modules.filter((module) => module.rows.length > 0),
          },
        };
      },
    ),
};
