import type { FindingHistory } from '../../../../store/contract.ts';
import { printAgo } from '../../durations.ts';
import { link, type Page, type PageContext, type PageView } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { type SentForm, severityOf, viewOfTabs } from './parts.ts';
import { byExpiry, viewOfSuppression } from './suppressions.ts';

/** The finding that an address names; a Refusal when there is none. */
export async function findingOf(
  { workbench }: Pick<PageContext, 'workbench'>,
  id: string,
): Promise<FindingHistory> {
  const found = /^\d{1,15}$/.test(id) ? await workbench.security.finding(Number(id), workbench.now()) : null;
  if (!found) throw new Refusal(404, 'error.notFound');
  return found;
}

/** Only addresses of the web are made into links: a report may say anything. */
function safeUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

function viewOfHeading(context: PageContext, { finding }: FindingHistory, zone: string) {
  const { format, language, t, workbench } = context;
  const now = workbench.now();
  const time = (instant: string) => ({
    at: format.time(instant, zone),
    ago: printAgo(instant, now, language),
  });
  return {
    id: finding.id,
    title: finding.title,
    rule: finding.rule,
    ...severityOf(context, finding.severity),
    state: t(`security.state.${finding.state}`),
    cvss: finding.cvss === null ? null : format.number(finding.cvss),
    asset: finding.asset,
    assetUrl: link('/assets', { subject: finding.subject, search: finding.asset }),
    owner: finding.owner ?? t('security.unowned'),
    isUnowned: finding.owner === null,
    scanners: finding.scanners.join(t('quality.between')),
    places: finding.places,
    url: safeUrl(finding.url),
    firstSeen: time(finding.firstSeenAt),
    lastSeen: time(finding.lastSeenAt),
    fixed: finding.fixedAt === null ? null : time(finding.fixedAt),
    age: format.setting(Math.floor(finding.ageDays), 'day'),
    reopened: format.count(finding.reopened),
    sameRule: link('/findings', { subject: finding.subject, state: 'all', rule: finding.rule }),
    sameAsset: link('/findings', { subject: finding.subject, state: 'all', asset: finding.asset }),
    zone,
  };
}

/** The page of one finding; `sent` = a form that was refused, shown again with what was written. */
export async function findingView(
  context: PageContext,
  id: string,
  sent: SentForm | null = null,
): Promise<PageView> {
  const { format, query, reader, say, t } = context;
  const history = await findingOf(context, id);
  const { finding, changes } = history;
  const subject = (await reader.subjects()).find((each) => each.id === finding.subject);
  const zone = subject?.timeZone ?? 'UTC';
  const suppressions = byExpiry(history.suppressions).map((each) => viewOfSuppression(context, each, zone));
  const values = sent?.values ?? {};
  return {
    template: 'finding',
    title: `${finding.title} · ${t('security.tab.findings')}`,
    section: '/findings',
    isSample: subject?.isSample ?? false,
    status: sent ? 400 : 200,
    view: {
      tabs: viewOfTabs(context, null, '/findings'),
      list: link('/findings', { subject: finding.subject }),
      place: subject ? say(subject.name) : finding.subject,
      finding: viewOfHeading(context, history, zone),
      changes: changes.map((each) => ({
        at: format.time(each.at, zone),
        change: t(`security.change.${each.change}`),
        light: each.change === 'fixed' ? 'good' : 'failed',
        scanner: each.scanner,
      })),
      suppressions,
      done: query.done === 'suppressed' || query.done === 'ended' ? t(`security.done.${query.done}`) : null,
      action: `/findings/${finding.id}/suppressions`,
      canSuppress: finding.state === 'open',
      faults: sent?.faults ?? [],
      form: {
        reason: values.reason ?? '',
        by: values.by ?? '',
        expires: values.expires ?? '',
        isEverywhere: values.scope === 'everywhere',
      },
    },
  };
}

export const findingPage: Page = {
  path: '/findings/:id',
  show: (context) => findingView(context, context.params.id ?? ''),
};
