import { bothLanguages } from '../../collectors/contract.ts';
import { at, type Calendar, day, hour, isoText, known, type Month } from './calendar.ts';
import { type DistrictPolicy, districts, type OrderType, workOrders as policy } from './policy.ts';
import type { Random } from './random.ts';
import { fieldsOf, type SampleRecord, serialId } from './records.ts';
import { districtId } from './subjects.ts';

type Channel = 'citizen' | 'app' | 'employee' | 'sensor' | 'ai';

interface Draft {
  readonly district: DistrictPolicy;
  readonly accepted: number;
}

function isMachine(channel: Channel): boolean {
  return channel === 'sensor' || channel === 'ai';
}

function channelAt(instant: number, random: Random, calendar: Calendar): Channel {
  const machine = at(policy.machineShare, instant, calendar);
  if (random.next() < machine) return random.next() < 0.6 ? 'ai' : 'sensor';
  return random.pickWeighted(Object.entries(policy.channels) as [Channel, number][]);
}

/** People call by day, so that most orders lie between seven and twenty-one o'clock. */
function acceptedIn(month: Month, random: Random): number {
  const days = Math.round((month.end - month.start) / day);
  const hours = 7 + 7 * (random.next() + random.next());
  return month.start + random.whole(0, days - 1) * day + hours * hour;
}

function draftsOf(month: Month, random: Random): Draft[] {
  const count = policy.perMonth * (policy.season[month.calendarMonth - 1] ?? 1) * random.between(0.96, 1.04);
  const drafts = districts.flatMap((district) =>
    Array.from({ length: Math.round(count * district.share) }, () => ({
      district,
      accepted: acceptedIn(month, random),
    })),
  );
  return drafts.sort((a, b) => a.accepted - b.accepted);
}

/** Hours from acceptance to closure; null for an order that nobody closes. */
function handlingHours(type: OrderType, { district, accepted }: Draft, random: Random, calendar: Calendar) {
  const hours = type.medianHours * district.pace * at(policy.pace, accepted, calendar);
  const drawn = hours * Math.exp(policy.spread * random.normal());
  return random.next() < policy.neverClosedRatio ? null : drawn;
}

interface LifeCycle {
  readonly dispatched: string | null;
  readonly handled: string | null;
  readonly checked: string | null;
  readonly closed: string | null;
}

function lifeCycleOf(accepted: number, hours: number | null, random: Random, calendar: Calendar): LifeCycle {
  const length = hours === null ? null : hours * hour;
  const after = (share: number) => (length === null ? null : known(accepted + length * share, calendar));
  const wait = Math.min(length === null ? hour : length * 0.1, 2 * hour) * random.between(0.3, 1);
  return {
    dispatched: known(accepted + wait, calendar),
    handled: after(random.between(0.7, 0.85)),
    checked: after(random.between(0.88, 0.96)),
    closed: after(1),
  };
}

function statusOf(cycle: LifeCycle, rating: number | null): string {
  if (rating !== null) return 'rated';
  if (cycle.closed) return 'closed';
  if (cycle.checked) return 'checked';
  if (cycle.handled) return 'handled';
  return cycle.dispatched ? 'dispatched' : 'accepted';
}

function ratingOf(channel: Channel, cycle: LifeCycle, due: string, random: Random): number | null {
  const isAsked = cycle.closed !== null && (channel === 'citizen' || channel === 'app');
  if (!isAsked || random.next() >= policy.ratedRatio) return null;
  const weights = (cycle.closed ?? '') <= due ? [1, 2, 9, 38, 50] : [10, 18, 32, 28, 12];
  return random.pickWeighted(weights.map((weight, i) => [i + 1, weight] as const));
}

/** A ticket closed before it was accepted: someone set the clock, or the wrong button, wrong. */
function impossible(accepted: number, random: Random): { closed: string; fault: string } {
  const closed = isoText(accepted - random.between(0.1, 30) * hour);
  const [from, to] = [isoText(accepted), closed].map((text) => text.replace('.000Z', 'Z'));
  const fault = {
    zh: `结案时间 ${to} 早于受理时间 ${from}`,
    en: `Closed ${to} lies before Accepted ${from}`,
  };
  return { closed, fault: bothLanguages(fault) };
}

function orderOf(draft: Draft, id: string, random: Random, calendar: Calendar): SampleRecord {
  const { district, accepted } = draft;
  const type = random.pickWeighted(policy.types.map((each) => [each, each.weight] as const));
  const channel = channelAt(accepted, random, calendar);
  const cycle = lifeCycleOf(accepted, handlingHours(type, draft, random, calendar), random, calendar);
  const due = isoText(accepted + type.dueHours * hour);
  const rating = ratingOf(channel, cycle, due, random);
  const faulty =
    random.next() < at(policy.faultyRatio, accepted, calendar) ? impossible(accepted, random) : null;
  const foundBefore = isMachine(channel) ? random.between(0.01, 0.1) : random.between(0.05, 3);
  const helpers = random.next() < 0.15 ? [random.pick(policy.types).unit] : [];
  const supporting = helpers.filter((unit) => unit !== type.unit);
  const fields = {
    type: type.name,
    channel,
    neighbourhood: random.pick(district.streets),
    found: isoText(accepted - foundBefore * hour),
    accepted: isoText(accepted),
    ...cycle,
    closed: faulty?.closed ?? cycle.closed,
    due,
    status: statusOf(cycle, rating),
    ownerUnit: type.unit,
    leadUnit: supporting.length > 0 ? type.unit : null,
    supportingUnits: supporting.length > 0 ? supporting : null,
    invalid: random.next() < policy.invalidRatio,
    reopened: cycle.closed && random.next() < policy.reopenedRatio ? random.whole(1, 2) : 0,
    rating,
  };
  return {
    id,
    subject: districtId(district),
    fields: fieldsOf('work-orders', fields),
    fault: faulty?.fault ?? null,
  };
}

/** Some orders repeat one of the same district and type from the day before; the later one is merged into it. */
function withDuplicates(orders: readonly SampleRecord[], random: Random): SampleRecord[] {
  const latest = new Map<string, string>();
  return orders.map((order) => {
    const key = `${order.subject} ${order.fields.type}`;
    const earlier = latest.get(key);
    const isDuplicate = earlier !== undefined && random.next() < policy.duplicateRatio;
    if (isDuplicate) return { ...order, fields: { ...order.fields, duplicateOf: earlier } };
    latest.set(key, order.id);
    return order;
  });
}

export function sampleWorkOrders(calendar: Calendar, random: Random): SampleRecord[] {
  const orders = calendar.months.flatMap((month) =>
    draftsOf(month, random).map((draft, index) =>
      orderOf(draft, serialId('GD', month.id, index + 1, 5), random, calendar),
    ),
  );
  return withDuplicates(orders, random);
}
