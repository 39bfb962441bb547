/** Series of the chosen subjects; further matchers as PromQL writes them. */
export const ofSubject = (metric: string, ...matchers: readonly string[]) =>
  `${metric}{${['subject=~"$subject"', ...matchers].join(',')}}`;
