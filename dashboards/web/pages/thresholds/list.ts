import { lampOrder } from '../../../../rules/contract.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { offsetOf, pageLength, viewOfPaging } from '../security/parts.ts';
import { viewOfPromiseTabs } from '../slo/parts.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import { linkToThreshold } from './parts.ts';
import { countLamps, isQuiet, lampOf, viewOfSeries, watchedSeries } from './rows.ts';

async function viewOfList(context: PageContext, choice: SubjectChoice) {
  const { format, query, say, t, workbench } = context;
  const all = await watchedSeries(context, choice.family);
  if (all.length === 0) return null;
  const chosen = lampOrder.find((each) => each === query.lamp) ?? null;
  const showsAll = query.show === 'all';
  const wanted = all.filter((each) =>
    chosen === null ? showsAll || !isQuiet(each) : lampOf(each) === chosen,
  );
  const quiet = chosen === null && !showsAll ? all.length - wanted.length : 0;
  const offset = offsetOf(query.offset);
  const shown = wanted.slice(offset, offset + pageLength);
  const defined = workbench
    .thresholds()
    .filter(({ subject }) => subject === null || choice.family.includes(subject));
  return {
    counts: countLamps(context, all, (lamp) =>
      choice.linkTo('/thresholds', { lamp: lamp === chosen ? null : lamp }),
    ).map((each) => ({ ...each, isCurrent: each.lamp === chosen })),
    isFiltered: chosen !== null || showsAll,
    raised: choice.linkTo('/thresholds'),
    quiet: quiet > 0 ? t('threshold.quiet', { n: format.count(quiet) }) : null,
    all: choice.linkTo('/thresholds', { show: 'all' }),
    rows: shown.map((each) => viewOfSeries(context, each, choice)),
    paging: viewOfPaging(context, '/thresholds', { offset, total: wanted.length, rows: shown.length }),
    isPaged: wanted.length > pageLength,
    defined: defined.map(({ id, title }) => ({
      title: say(title),
      url: linkToThreshold(id, choice.subject.id),
      series: format.count(
        all.filter(({ threshold, state }) => threshold.id === id && state !== null).length,
      ),
    })),
    rules: link('/rules', { origin: 'threshold' }),
  };
}

export const thresholdsPage: Page = {
  path: '/thresholds',
  show: async (context) => {
    const choice = await chooseSubject(context, '/thresholds');
    return {
      template: 'thresholds',
      title: context.t('slo.tab.thresholds'),
      section: '/slos',
      isSample: choice?.subject.isSample ?? false,
      view: {
        tabs: viewOfPromiseTabs(context, choice?.subject.id ?? null, '/thresholds'),
        chooser: choice?.chooser ?? null,
        zone: choice?.zone ?? '',
        list: choice && (await viewOfList(context, choice)),
      },
    };
  },
};
