/** Series of the chosen subjects; further matchers as PromQL writes them. */
export const ofSubject = (metric: string, ...matchers: readonly string[]) =>
  `${metric}{${['subject=~"$subject"', ...matchers].join(',')}}`;

/** The same of series that may bear no subject, as recorded ones do: those without one are shown with every choice. */
export const ofSubjectIfAny = (metric: string, ...matchers: readonly string[]) =>
  `${metric}{${['subject=~"$subject|"', ...matchers].join(',')}}`;
