import { type LabelMatcher, linearRegex, type MetricSelector } from '../../scoring/contract.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether the selector chooses its subjects itself. */
export const namesSubject = ({ matchers }: MetricSelector) =>
  matchers.some(({ label }) => label === 'subject');

/** The selector with the evaluated subjects put in (null = any), unless it names `subject` itself. */
export function withSubjects(selector: MetricSelector, subjects: readonly string[] | null): MetricSelector {
  if (subjects === null || namesSubject(selector)) return selector;
  const [only] = subjects;
  const own: LabelMatcher =
    subjects.length === 1 && only !== undefined
      ? { label: 'subject', operator: '=', value: only }
      : { label: 'subject', operator: '=~', value: subjectPattern(subjects) };
  return { ...selector, matchers: [...selector.matchers, own] };
}

/** A regular expression of exactly these subjects; the only special character of an id is none, but ids may come from elsewhere. */
export function subjectPattern(subjects: readonly string[]): string {
  return subjects.map((id) => id.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
}

/**
 * As PromQL matches: an absent label is the empty string, and a regular expression must match the whole value. Throws
 * RegexFault for one that does not compile.
 */
export function compileMatchers(matchers: readonly LabelMatcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(({ label, operator, value }) => {
    const isRegular = operator === '=~' || operator === '!~';
    const expected = operator === '=' || operator === '=~';
    const pattern = isRegular ? linearRegex(value) : null;
    return (labels: Labels) => {
      const own = labels[label] ?? '';
      return (pattern ? pattern.matches(own) : own === value) === expected;
    };
  });
  return (labels) => tests.every((test) => test(labels));
}
