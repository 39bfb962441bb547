import { at, type Calendar, day, hour, isoText, known, type Month } from './calendar.ts';
import { type DistrictPolicy, districts, requirements as policy } from './policy.ts';
import { quota, type Random } from './random.ts';
import { fieldsOf, type SampleRecord, serialId } from './records.ts';
import { districtId } from './subjects.ts';

/** One quota per promise and district, so that each district shows the shares wanted. */
interface Quotas {
  readonly feasible: ReturnType<typeof quota>;
  readonly foundFeasible: ReturnType<typeof quota>;
  readonly onTime: ReturnType<typeof quota>;
  readonly fit: ReturnType<typeof quota>;
  readonly inUse: ReturnType<typeof quota>;
}

const quotas = (): Quotas => ({
  feasible: quota(),
  foundFeasible: quota(),
  onTime: quota(),
  fit: quota(),
  inUse: quota(),
});

interface Stage {
  readonly raised: number;
  readonly quotas: Quotas;
  readonly random: Random;
  readonly calendar: Calendar;
}

/** The steps of a requirement that goes all the way, as if nothing ended. */
function stepsOf({ raised, random, calendar }: Stage) {
  const about = (mean: number) => mean * random.between(0.8, 1.2);
  const answered = raised + about(at(policy.answerDays, raised, calendar)) * day;
  const coordinated = answered + about(at(policy.coordinationDays, answered, calendar)) * day;
  const designed = answered + about(at(policy.designDays, answered, calendar)) * day;
  const approved = designed + about(at(policy.approvalWeeks, designed, calendar)) * 7 * day;
  return { answered, coordinated, designed, approved };
}

function deliveryOf(approved: number, { quotas, random, calendar }: Stage) {
  const due = approved + policy.developmentDays * day;
  const isOnTime = quotas.onTime(at(policy.onTimeRatio, due, calendar));
  const delivered = isOnTime ? due - random.between(0.2, 6) * day : due + random.between(0.5, 15) * day;
  return { due, delivered, accepted: delivered + random.between(2, 8) * day };
}

/** What is known of a delivered requirement; nothing before it is delivered. */
function verdictOf(delivered: number, { quotas, calendar }: Stage) {
  if (known(delivered, calendar) === null) return { feasible: true, fit: null, inUse: null };
  return {
    feasible: quotas.foundFeasible(at(policy.foundFeasibleRatio, delivered, calendar)),
    fit: quotas.fit(at(policy.fitRatio, delivered, calendar)),
    inUse: quotas.inUse(at(policy.inUseRatio, delivered, calendar)),
  };
}

function fieldsFor(stage: Stage): Record<string, string | boolean | null> {
  const { raised, calendar } = stage;
  const steps = stepsOf(stage);
  const answered = known(steps.answered, calendar);
  const common = {
    title: stage.random.pick(policy.titles),
    unit: stage.random.pick(policy.units),
    raised: isoText(raised),
    answered,
    answerDue: isoText(raised + 5 * day),
  };
  if (!stage.quotas.feasible(policy.feasibleRatio))
    return { ...common, feasible: answered === null ? null : false };
  const { due, delivered, accepted } = deliveryOf(steps.approved, stage);
  const verdict = verdictOf(delivered, stage);
  return {
    ...common,
    ...verdict,
    feasible: answered === null ? null : verdict.feasible,
    coordinated: known(steps.coordinated, calendar),
    designed: known(steps.designed, calendar),
    approved: known(steps.approved, calendar),
    delivered: known(delivered, calendar),
    accepted: known(accepted, calendar),
    designDue: answered === null ? null : isoText(steps.answered + 45 * day),
    approvalDue: known(steps.designed, calendar) === null ? null : isoText(steps.designed + 7 * day),
    deliveryDue: known(steps.approved, calendar) === null ? null : isoText(due),
  };
}

interface Raised {
  readonly district: DistrictPolicy;
  readonly at: number;
}

function raisedIn(month: Month, random: Random): Raised[] {
  const days = Math.round((month.end - month.start) / day);
  const all = districts.flatMap((district) =>
    Array.from({ length: Math.round(policy.perMonth * district.share) }, () => ({
      district,
      at: month.start + random.whole(0, days - 1) * day + random.between(9, 17) * hour,
    })),
  );
  return all.sort((a, b) => a.at - b.at);
}

export function sampleRequirements(calendar: Calendar, random: Random): SampleRecord[] {
  const byDistrict = new Map(districts.map((district) => [district, quotas()]));
  const { leadMonths } = policy;
  const months = Array.from({ length: leadMonths + calendar.months.length }, (_, i) =>
    calendar.month(i - leadMonths),
  );
  return months.flatMap((month) =>
    raisedIn(month, random).map(({ district, at: raised }, index) => {
      const stage = { raised, quotas: byDistrict.get(district) ?? quotas(), random, calendar };
      return {
        id: serialId('XQ', month.id, index + 1, 3),
        subject: districtId(district),
        fields: fieldsOf('requirements', fieldsFor(stage)),
        fault: null,
      };
    }),
  );
}
