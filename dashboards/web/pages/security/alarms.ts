import type { Alarm } from '../../../../store/contract.ts';
import type { PageContext } from '../../page.ts';
import type { SubjectChoice } from '../subject-choice.ts';
import { offsetOf, pageLength, type SentForm, severityOf, viewOfPaging } from './parts.ts';

const shownJudged = 10;

/** The form of one alarm as it was sent. */
export type SentJudgement = SentForm & { readonly alarm: string };

function viewOfAlarm(context: PageContext, choice: SubjectChoice, alarm: Alarm, sent: SentJudgement | null) {
  const { format, t } = context;
  const own = sent?.alarm === String(alarm.id) ? sent : null;
  const values = own?.values ?? {};
  const { judgement } = alarm;
  return {
    id: alarm.id,
    title: alarm.title,
    signature: alarm.signature,
    scanner: alarm.scanner,
    ...severityOf(context, alarm.severity),
    asset: alarm.asset,
    first: format.time(alarm.firstAt, choice.zone),
    last: format.time(alarm.lastAt, choice.zone),
    count: format.count(alarm.count),
    action: `/events/alarms/${alarm.id}`,
    subject: choice.subject.id,
    isSent: own !== null,
    faults: own?.faults ?? [],
    form: {
      by: values.by ?? '',
      reason: values.reason ?? '',
      isConfirmed: values.verdict === 'confirmed',
      isDismissed: values.verdict === 'dismissed',
    },
    verdict: judgement ? t(`security.verdict.${judgement.verdict}`) : null,
    by: judgement?.by ?? '',
    reason: judgement?.reason ?? '',
    judgedAt: judgement ? format.time(judgement.at, choice.zone) : '',
  };
}

/** Alarms raised, judged and waiting for a judgement; null while none was ever raised. */
export async function viewOfAlarms(context: PageContext, choice: SubjectChoice, sent: SentJudgement | null) {
  const { format, query, workbench } = context;
  const { security } = workbench;
  const at = workbench.now();
  const { alarms: figures } = await security.figures({ subjects: choice.family, at });
  if (!figures) return null;
  const { raised, confirmed, dismissed } = figures;
  const offset = offsetOf(query.offset);
  const filter = { subjects: choice.family, at };
  const waiting = await security.alarms({ ...filter, isJudged: false, offset, limit: pageLength });
  const judged = await security.alarms({ ...filter, isJudged: true, offset: 0, limit: shownJudged });
  const view = (alarm: Alarm) => viewOfAlarm(context, choice, alarm, sent);
  return {
    raised: format.count(raised),
    confirmed: format.count(confirmed),
    dismissed: format.count(dismissed),
    unjudged: format.count(raised - confirmed - dismissed),
    precision: format.share(raised === 0 ? null : confirmed / raised),
    ofJudged: format.share(confirmed + dismissed === 0 ? null : confirmed / (confirmed + dismissed)),
    waiting: waiting.rows.map(view),
    paging: viewOfPaging(context, '/events', { offset, total: waiting.total, rows: waiting.rows.length }),
    judged: judged.rows.map(view),
  };
}
