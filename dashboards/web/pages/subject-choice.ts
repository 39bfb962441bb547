import type { Subject } from '../../../scoring/contract.ts';
import { link, type PageContext } from '../page.ts';
import { Refusal } from '../security/refusal.ts';
import { optionsOf, type SelectOption } from './subject-options.ts';

/** The subject that a page is about, with everything below it. */
export interface SubjectChoice {
  readonly subject: Subject;
  /** The subject itself first. */
  readonly family: readonly string[];
  readonly zone: string;
  readonly chooser: {
    readonly action: string;
    readonly options: readonly SelectOption[];
    /** What else the address says and a change of subject keeps. */
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
  };
  /** Name of a subject in the page's language. */
  nameOf(id: string): string;
  /** Address of a page about the same subject; what has no value is left out. */
  linkTo(path: string, query?: Readonly<Record<string, string | null | undefined>>): string;
}

/** The subject that the address names, else the first one that is part of no other; null while there is none. */
export async function chooseSubject(
  { query, reader, say, workbench }: PageContext,
  action: string,
  kept: readonly string[] = [],
): Promise<SubjectChoice | null> {
  const subjects = await reader.subjects();
  const subject = query.subject
    ? subjects.find((each) => each.id === query.subject)
    : (subjects.find((each) => each.parent === null) ?? subjects[0]);
  if (!subject && query.subject) throw new Refusal(404, 'error.notFound');
  if (!subject) return null;
  const names = new Map(subjects.map((each) => [each.id, say(each.name)]));
  return {
    subject,
    family: await workbench.family(subject.id),
    zone: subject.timeZone,
    chooser: {
      action,
      options: optionsOf(subjects, subject.id, say),
      hidden: kept.flatMap((name) => (query[name] ? [{ name, value: query[name] }] : [])),
    },
    nameOf: (id) => names.get(id) ?? id,
    linkTo: (path, more = {}) => link(path, { subject: subject.id, ...more }),
  };
}
