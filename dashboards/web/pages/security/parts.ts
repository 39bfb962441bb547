import { type Severity, severities, severityTitles } from '../../../../collectors/contract.ts';
import { link, type PageContext } from '../../page.ts';
import type { SubjectChoice } from '../subject-choice.ts';

const securityPaths = ['/findings', '/events', '/assets'] as const;
const tabKeys = { '/findings': 'findings', '/events': 'events', '/assets': 'assets' } as const;

/** Links between the pages of the register, about the same subject. */
export function viewOfTabs({ t }: PageContext, choice: SubjectChoice | null, current: string) {
  return securityPaths.map((path) => ({
    name: t(`security.tab.${tabKeys[path]}`),
    url: choice?.linkTo(path) ?? path,
    isCurrent: path === current,
  }));
}

export function severityOf({ say }: PageContext, severity: Severity) {
  return { severity, severityName: say(severityTitles[severity]) };
}

/** Counts by severity, worst first. */
export function viewOfCounts(context: PageContext, counts: Readonly<Record<Severity, number>>) {
  return severities.map((each) => ({
    ...severityOf(context, each),
    n: context.format.count(counts[each]),
    isNone: counts[each] === 0,
  }));
}

export function countOf(counts: Readonly<Record<Severity, number>>): number {
  return severities.reduce((sum, each) => sum + counts[each], 0);
}

/** Rows of a list on one page. */
export const pageLength = 50;

/** 0 for anything that is no place in a list. */
export function offsetOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : 0;
}

/** Links to the page before and after, keeping what the address asks for. */
export function viewOfPaging(
  { format, query, t }: PageContext,
  path: string,
  { offset, total, rows }: { readonly offset: number; readonly total: number; readonly rows: number },
) {
  const at = (place: number) => link(path, { ...query, offset: place === 0 ? null : String(place) });
  return {
    label:
      rows === 0
        ? t('paging.none', { total: format.count(total) })
        : t('paging.label', {
            from: format.count(offset + 1),
            to: format.count(offset + rows),
            total: format.count(total),
          }),
    newer: offset > 0 ? at(Math.max(0, offset - pageLength)) : null,
    older: offset + rows < total ? at(offset + pageLength) : null,
  };
}

/** What a form was sent with and what is wrong with it; null = not sent. */
export interface SentForm {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}
