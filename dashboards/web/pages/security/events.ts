import type { Page, PageContext, PageView } from '../../page.ts';
import { chooseSubject } from '../subject-choice.ts';
import { type SentJudgement, viewOfAlarms } from './alarms.ts';
import { viewOfLoop } from './loop.ts';
import { viewOfTabs } from './parts.ts';

/** The page of events and alarms; `sent` = a judgement that was refused, shown again with what was written. */
export async function eventsView(context: PageContext, sent: SentJudgement | null = null): Promise<PageView> {
  const { query, t } = context;
  const choice = await chooseSubject(context, '/events');
  return {
    template: 'events',
    title: t('security.tab.events'),
    section: '/findings',
    isSample: choice?.subject.isSample ?? false,
    status: sent ? 400 : 200,
    view: {
      tabs: viewOfTabs(context, choice, '/events'),
      chooser: choice?.chooser ?? null,
      zone: choice?.zone ?? '',
      loop: choice && (await viewOfLoop(context, choice)),
      alarms: choice && (await viewOfAlarms(context, choice, sent)),
      done: query.done === 'judged' ? t('security.done.judged') : null,
      // An alarm that is on another page of the list still says what was wrong.
      faults: sent?.faults ?? [],
    },
  };
}

export const eventsPage: Page = { path: '/events', show: (context) => eventsView(context) };
