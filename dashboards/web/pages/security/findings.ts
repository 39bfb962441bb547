import { severities, severityTitles } from '../../../../collectors/contract.ts';
import { type Finding, type FindingFilter, findingStates } from '../../../../store/contract.ts';
import { printAgo } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import { viewOfExposure } from './exposure.ts';
import { offsetOf, pageLength, severityOf, viewOfPaging, viewOfTabs } from './parts.ts';
import { byExpiry, viewOfSuppression } from './suppressions.ts';

/** What the address asks for; a state that is not said is `open`, `all` is every state. */
function filterOf({ query, workbench }: PageContext, choice: SubjectChoice): FindingFilter {
  const wanted = query.state ?? 'open';
  const state = findingStates.find((each) => each === wanted);
  const severity = severities.find((each) => each === query.severity);
  return {
    subjects: choice.family,
    at: workbench.now(),
    offset: offsetOf(query.offset),
    limit: pageLength,
    ...(state && { state }),
    ...(severity && { severity }),
    ...(query.asset && { asset: query.asset }),
    ...(query.rule && { rule: query.rule }),
    ...(query.search && { search: query.search }),
  };
}

function linkToFinding(choice: SubjectChoice, { id }: Pick<Finding, 'id'>): string {
  return choice.linkTo(`/findings/${id}`);
}

function viewOfFinding(context: PageContext, choice: SubjectChoice, finding: Finding) {
  const { format, language, t, workbench } = context;
  return {
    url: linkToFinding(choice, finding),
    title: finding.title,
    rule: finding.rule,
    ...severityOf(context, finding.severity),
    cvss: finding.cvss === null ? null : format.number(finding.cvss),
    asset: finding.asset,
    owner: finding.owner ?? t('security.unowned'),
    isUnowned: finding.owner === null,
    state: t(`security.state.${finding.state}`),
    reopened: finding.reopened > 0 ? t('security.reopened', { n: format.count(finding.reopened) }) : null,
    age: format.setting(Math.floor(finding.ageDays), 'day'),
    firstSeen: format.date(finding.firstSeenAt, choice.zone),
    lastSeen: printAgo(finding.lastSeenAt, workbench.now(), language),
  };
}

function viewOfFilter({ query, say, t }: PageContext, choice: SubjectChoice) {
  const state =
    findingStates.find((each) => each === query.state) ?? (query.state === 'all' ? 'all' : 'open');
  return {
    subject: choice.subject.id,
    states: [...findingStates, 'all'].map((value) => ({
      value,
      text: t(`security.state.${value}`),
      isChosen: value === state,
    })),
    severities: severities.map((value) => ({
      value,
      text: say(severityTitles[value]),
      isChosen: value === query.severity,
    })),
    asset: query.asset ?? '',
    rule: query.rule ?? '',
    search: query.search ?? '',
    all: choice.linkTo('/findings'),
    isFiltered: ['severity', 'asset', 'rule', 'search', 'state'].some((name) => query[name]),
  };
}

async function viewOfFindings(context: PageContext, choice: SubjectChoice) {
  const { format, language, workbench } = context;
  const { security } = workbench;
  const at = workbench.now();
  const figures = await security.figures({ subjects: choice.family, at });
  if (figures.open === null) return null;
  const filter = filterOf(context, choice);
  const found = await security.findings(filter);
  const suppressions = await security.suppressions({ subjects: choice.family, at });
  return {
    exposure: await viewOfExposure(context, choice),
    filter: viewOfFilter(context, choice),
    rows: found.rows.map((each) => viewOfFinding(context, choice, each)),
    paging: viewOfPaging(context, '/findings', {
      offset: filter.offset,
      total: found.total,
      rows: found.rows.length,
    }),
    suppressions: byExpiry(suppressions).map((each) => ({
      ...viewOfSuppression(context, each, choice.zone),
      url: choice.linkTo('/findings', { state: 'all', rule: each.rule, asset: each.asset }),
    })),
    scanners: figures.scanners.map(({ scanner, at: last }) => ({
      scanner,
      at: format.time(last, choice.zone),
      ago: printAgo(last, at, language),
    })),
  };
}

export const findingsPage: Page = {
  path: '/findings',
  show: async (context) => {
    const choice = await chooseSubject(context, '/findings');
    return {
      template: 'findings',
      title: context.t('security.tab.findings'),
      section: '/findings',
      isSample: choice?.subject.isSample ?? false,
      view: {
        tabs: viewOfTabs(context, choice, '/findings'),
        chooser: choice?.chooser ?? null,
        zone: choice?.zone ?? '',
        register: choice && (await viewOfFindings(context, choice)),
      },
    };
  },
};
