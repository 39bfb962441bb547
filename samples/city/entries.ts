import { parsePeriod, periodAt, shiftPeriod } from '../../collectors/contract.ts';
import type { Calendar, Month } from './calendar.ts';
import { at } from './calendar.ts';
import { type EntryPolicy, entries as policies } from './entry-policy.ts';
import { districts, story, timeZone } from './policy.ts';
import type { Random } from './random.ts';
import { fieldsOf, type SampleRecord } from './records.ts';
import { districtId, rootId } from './subjects.ts';

interface Parts {
  readonly numerator: number;
  readonly denominator: number;
}

/** Parts of one indicator by period and subject; the city's are the sum of its districts'. */
type Table = Map<string, Map<string, Parts>>;

function sum(parts: readonly Parts[]): Parts {
  return {
    numerator: parts.reduce((total, part) => total + part.numerator, 0),
    denominator: parts.reduce((total, part) => total + part.denominator, 0),
  };
}

function monthOf(policy: EntryPolicy, month: Month, random: Random, calendar: Calendar): Map<string, Parts> {
  const ratio = at(policy.course, (month.start + month.end) / 2, calendar);
  const bySubject = new Map(
    districts.map((district) => {
      const swing = policy.isStock ? 0 : random.between(-0.012, 0.012);
      const size = policy.denominator * district.share * (policy.isStock ? 1 : random.between(0.95, 1.05));
      const denominator = Math.round(size);
      const numerator = Math.min(denominator, Math.round(denominator * (ratio + district.lead + swing)));
      return [districtId(district), { numerator, denominator }] as const;
    }),
  );
  return new Map([[rootId, sum([...bySubject.values()])], ...bySubject]);
}

/** A quarter's flows are the sum of its months, its stocks those of its last month. */
function quarterOf(policy: EntryPolicy, months: readonly Map<string, Parts>[]): Map<string, Parts> {
  const last = months.at(-1) ?? new Map<string, Parts>();
  if (policy.isStock) return last;
  const subjects = [...last.keys()];
  return new Map(
    subjects.map((subject) => [subject, sum(months.flatMap((month) => month.get(subject) ?? []))] as const),
  );
}

function monthsOfQuarter(quarter: string): readonly string[] {
  const first = periodAt('month', parsePeriod(quarter, timeZone).start, timeZone);
  return [0, 1, 2].map((steps) => shiftPeriod(first, steps));
}

function tableOf(policy: EntryPolicy, random: Random, calendar: Calendar): Table {
  const table: Table = new Map();
  for (const month of calendar.months) table.set(month.id, monthOf(policy, month, random, calendar));
  for (const quarter of calendar.quarters) {
    const months = monthsOfQuarter(quarter).flatMap((month) => table.get(month) ?? []);
    table.set(quarter, quarterOf(policy, months));
  }
  return table;
}

interface About {
  readonly indicator: string;
  readonly period: string;
  readonly subject: string;
}

/** True for what the story leaves out. */
function isMissing({ indicator, period, subject }: About, calendar: Calendar): boolean {
  const isQuarter = period.includes('Q');
  const missing = isQuarter ? story.missingQuarterly : story.missingMonthly;
  const periods = isQuarter ? calendar.quarters : calendar.months.map((month) => month.id);
  const isAmong = (list: readonly string[], item: string) => list.includes(item);
  return (
    isAmong(missing.indicators, indicator) &&
    isAmong(missing.subjects, subject) &&
    periods.slice(-missing.lastPeriods).includes(period)
  );
}

function entryOf(about: About, given: Readonly<Record<string, string | number | null>>): SampleRecord {
  const { indicator, period, subject } = about;
  return {
    id: `${indicator}|${period}|${subject}`,
    subject,
    fields: fieldsOf('entries', { indicator, period, ...given }),
    fault: null,
  };
}

function conflictingEntry(calendar: Calendar): SampleRecord {
  const { indicator, value, evidence, submittedBy } = story.conflict;
  const period = calendar.months.at(-1)?.id ?? '';
  const given = { value, evidence: `${evidence}-${period}.pdf`, submittedBy };
  return entryOf({ indicator, period, subject: rootId }, given);
}

export function sampleEntries(calendar: Calendar, random: Random): SampleRecord[] {
  const entries = policies.flatMap((policy) => {
    const { indicator, evidence, submittedBy, verifiedBy } = policy;
    return [...tableOf(policy, random, calendar)].flatMap(([period, bySubject]) => {
      const file = evidence === null ? null : `${evidence}-${period}.xlsx`;
      return [...bySubject]
        .map(([subject, parts]) => ({ about: { indicator, period, subject }, parts }))
        .filter(({ about }) => !isMissing(about, calendar))
        .map(({ about, parts }) => entryOf(about, { ...parts, evidence: file, submittedBy, verifiedBy }));
    });
  });
  return [...entries, conflictingEntry(calendar)];
}
