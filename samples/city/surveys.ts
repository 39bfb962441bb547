import { at, type Calendar, day, hour, isoText, type Month } from './calendar.ts';
import { type DistrictPolicy, districts, surveys as policy } from './policy.ts';
import type { Random } from './random.ts';
import { fieldsOf, type SampleRecord, serialId } from './records.ts';
import { districtId } from './subjects.ts';

const kinds = ['customer', 'user'] as const;

interface Answer {
  readonly district: DistrictPolicy;
  readonly kind: (typeof kinds)[number];
  readonly answered: number;
}

function answersIn(month: Month, random: Random): Answer[] {
  const days = Math.round((month.end - month.start) / day);
  const answers = districts.flatMap((district) =>
    kinds.flatMap((kind) =>
      Array.from({ length: Math.round(policy.perMonth[kind] * district.share) }, () => ({
        district,
        kind,
        answered: month.start + random.whole(0, days - 1) * day + random.between(8, 21) * hour,
      })),
    ),
  );
  return answers.sort((a, b) => a.answered - b.answered);
}

/** A whole number of points around the course, pulled down a little where the district is slow. */
function scoreOf({ kind, district, answered }: Answer, random: Random, calendar: Calendar): number {
  const mean = (at(policy.meanRatio[kind], answered, calendar) + district.lead) * policy.scale;
  const drawn = Math.floor(mean + random.normal() * 1.4 + random.next());
  return Math.min(policy.scale, Math.max(1, drawn));
}

export function sampleSurveys(calendar: Calendar, random: Random): SampleRecord[] {
  return calendar.months.flatMap((month) =>
    answersIn(month, random).map((answer, index) => ({
      id: serialId('MY', month.id, index + 1, 4),
      subject: districtId(answer.district),
      fields: fieldsOf('surveys', {
        questionnaire: `${month.id} 满意度调查`,
        question: random.pick(policy.questions[answer.kind]),
        respondentKind: answer.kind,
        score: scoreOf(answer, random, calendar),
        scale: policy.scale,
        answered: isoText(answer.answered),
      }),
      fault: null,
    })),
  );
}
