import type { SloExclusion } from '../../../rules/contract.ts';
import type { Calendar } from '../calendar.ts';
import { rootId } from '../subjects.ts';
import { stories } from '../telemetry/policy.ts';
import { day, dayOf, hour } from '../telemetry/series.ts';

/** An exclusion as somebody records it on the day after. */
export type SampleExclusion = Pick<
  SloExclusion,
  'slo' | 'subject' | 'kind' | 'from' | 'to' | 'reason' | 'by' | 'evidence' | 'recordedAt'
>;

/** Hours of the outage for which the power was cut; the rest of it was the operator's own. */
const powerCutHours = 6;

interface Stretch {
  readonly month: number;
  readonly day: number;
  readonly fromHour: number;
  readonly hours: number;
}

function during(calendar: Calendar, { month, day: dayOfMonth, fromHour, hours }: Stretch) {
  const from = dayOf(calendar, month, dayOfMonth) + fromHour * hour;
  const to = from + hours * hour;
  const [fromAt, toAt, recordedAt] = [from, to, to + day].map((at) => new Date(at).toISOString());
  return { from: fromAt ?? '', to: toAt ?? '', recordedAt: recordedAt ?? '' };
}

/** What was signed away: a part of the outage, which stays a breach even so, and a night of maintenance, which does not. */
export function sampleExclusions(calendar: Calendar): readonly SampleExclusion[] {
  const promise = { slo: 'hotline-online', subject: rootId } as const;
  return [
    {
      ...promise,
      kind: 'force-majeure',
      ...during(calendar, { ...stories.outage, hours: powerCutHours }),
      reason: '机房所在片区市电中断，备用电源切换未成功前的时段',
      by: '热线运营处负责人',
      evidence: '供电公司抢修通知单 QX-0611',
    },
    {
      ...promise,
      kind: 'maintenance',
      ...during(calendar, stories.maintenance),
      reason: '热线数据库迁移，已提前三日公告',
      by: '热线运营处负责人',
      evidence: '变更单 BG-1017',
    },
  ];
}
