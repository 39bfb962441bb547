import { budgetOfFigure } from '../../../../rules/contract.ts';
import type { Page, PageContext } from '../../page.ts';
import { offsetOf, pageLength, viewOfPaging } from '../security/parts.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import {
  lightOfVerdict,
  linkToSlo,
  periodInWords,
  printAttainment,
  printSpan,
  viewOfBudget,
  viewOfPromiseTabs,
} from './parts.ts';
import { type PromiseStanding, promiseStandings, verdicts } from './standing.ts';

/** Days in which the period before a calendar period began. */
const daysBack = { day: 1, month: 31, quarter: 92, year: 366 } as const;

/** True when every word of the search is in the promise's names. */
function isFound({ definition }: PromiseStanding, search: string): boolean {
  const { id, service, name, title } = definition;
  const text = [id, service, name, title.zh, title.en].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Attainment of the period before, where the newest one tells nothing; null where that tells nothing either. */
async function beforeInWords(
  context: PageContext,
  { definition, figure, subject, verdict }: PromiseStanding,
  zone: string,
): Promise<string | null> {
  if (!figure || figure.span.kind === 'rolling' || (verdict !== 'unknown' && verdict !== 'idle')) return null;
  const { kind, from } = figure.span;
  const [before] = await context.workbench.slo.figures({
    slo: definition.id,
    subject,
    kind,
    from: new Date(Date.parse(from) - daysBack[kind] * 86_400_000).toISOString(),
    to: from,
  });
  const ratio = before ? budgetOfFigure(definition, before).adjusted.attainmentRatio : null;
  if (!before || ratio === null) return null;
  const value = printAttainment(context, ratio, definition.objectivePercent);
  return context.t('slo.before', { span: printSpan(context, before.span, zone), value });
}

async function viewOfRow(context: PageContext, choice: SubjectChoice, standing: PromiseStanding) {
  const { definition, figure, subject } = standing;
  return {
    url: linkToSlo(standing),
    id: definition.id,
    title: context.say(definition.title),
    service: definition.service,
    subject: choice.nameOf(subject),
    period: periodInWords(context, definition.period),
    span: figure && figure.span.kind !== 'rolling' ? printSpan(context, figure.span, choice.zone) : null,
    asOf: figure ? context.t('slo.asOf', { at: context.format.time(figure.asOf, choice.zone) }) : null,
    isGone: standing.slo === null,
    before: await beforeInWords(context, standing, choice.zone),
    ...viewOfBudget(context, standing),
  };
}

async function viewOfList(context: PageContext, choice: SubjectChoice) {
  const { format, query } = context;
  const all = await promiseStandings(context, choice.family);
  if (all.length === 0) return null;
  const verdict = verdicts.find((each) => each === query.state) ?? null;
  const search = query.search ?? '';
  const found = all.filter((each) => isFound(each, search));
  const isCounted = (each: PromiseStanding, wanted: string) => each.slo !== null && each.verdict === wanted;
  const wanted = found.filter((each) => verdict === null || isCounted(each, verdict));
  const offset = offsetOf(query.offset);
  const shown = wanted.slice(offset, offset + pageLength);
  return {
    n: format.count(all.length),
    counts: verdicts.map((each) => ({
      ...lightOfVerdict(context, each),
      n: format.count(found.filter((one) => isCounted(one, each)).length),
      url: choice.linkTo('/slos', { state: each === verdict ? null : each, search }),
      isCurrent: each === verdict,
    })),
    search,
    state: verdict ?? '',
    subject: choice.subject.id,
    all: choice.linkTo('/slos'),
    isFiltered: verdict !== null || search !== '',
    rows: await Promise.all(shown.map((each) => viewOfRow(context, choice, each))),
    paging: viewOfPaging(context, '/slos', { offset, total: wanted.length, rows: shown.length }),
    isPaged: wanted.length > pageLength,
  };
}

export const slosPage: Page = {
  path: '/slos',
  show: async (context) => {
    const choice = await chooseSubject(context, '/slos');
    return {
      template: 'slos',
      title: context.t('slo.tab.slos'),
      section: '/slos',
      isSample: choice?.subject.isSample ?? false,
      view: {
        tabs: viewOfPromiseTabs(context, choice?.subject.id ?? null, '/slos'),
        chooser: choice?.chooser ?? null,
        zone: choice?.zone ?? '',
        list: choice && (await viewOfList(context, choice)),
      },
    };
  },
};
