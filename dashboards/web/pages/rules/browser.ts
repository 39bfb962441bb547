import type { InstalledRules } from '../../../../rules/contract.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { offsetOf, pageLength, viewOfPaging } from '../security/parts.ts';
import { viewOfPromiseTabs } from '../slo/parts.ts';
import { countRules, linkToOrigin, viewOfGroups } from './groups.ts';

const kinds = ['slo', 'threshold', 'suite'] as const;

/** The files with the rules that hold every word of the search, groups and files without one left out. */
function matching(files: readonly InstalledRules[], search: string): InstalledRules[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...files];
  const isFound = (text: string) => words.every((word) => text.includes(word));
  return files.flatMap((file) => {
    const groups = file.groups.flatMap((group) => {
      const about = `${file.file} ${file.origin.id} ${group.name}`;
      const rules = group.rules.filter((rule) => isFound(`${about} ${JSON.stringify(rule)}`.toLowerCase()));
      return rules.length > 0 ? [{ ...group, rules }] : [];
    });
    return groups.length > 0 ? [{ ...file, groups }] : [];
  });
}

function titleOf({ say, t, workbench }: PageContext, { origin }: InstalledRules): string {
  if (origin.kind === 'suite') return t('rules.suite', { group: origin.id });
  const known =
    origin.kind === 'slo'
      ? workbench.slos().find(({ id }) => id === origin.id)
      : workbench.thresholds().find(({ id }) => id === origin.id);
  return known ? say(known.title) : origin.id;
}

export const rulesPage: Page = {
  path: '/rules',
  show: async (context) => {
    const { format, query, t, workbench } = context;
    const search = query.search ?? '';
    const kind = kinds.find((each) => each === query.origin) ?? null;
    const all = workbench.rules();
    const found = matching(all, search);
    const wanted = found.filter(({ origin }) => kind === null || origin.kind === kind);
    const offset = offsetOf(query.offset);
    const shown = wanted.slice(offset, offset + pageLength);
    const counts = countRules(wanted);
    return {
      template: 'rules',
      title: t('slo.tab.rules'),
      section: '/slos',
      isSample: false,
      view: {
        tabs: viewOfPromiseTabs(context, null, '/rules'),
        hasRules: all.length > 0,
        origins: kinds.map((each) => ({
          name: t(`rules.origin.${each}`),
          n: format.count(countRules(found.filter(({ origin }) => origin.kind === each)).rules),
          url: link('/rules', { origin: each === kind ? null : each, search }),
          isCurrent: each === kind,
        })),
        counts: t('rules.counts', {
          files: format.count(counts.files),
          rules: format.count(counts.rules),
          alerts: format.count(counts.alerts),
          recordings: format.count(counts.recordings),
        }),
        search,
        origin: kind ?? '',
        isFiltered: search !== '' || kind !== null,
        isOpen: search !== '' || wanted.length <= 1,
        files: shown.map((file) => ({
          file: file.file,
          kind: t(`rules.origin.${file.origin.kind}`),
          title: titleOf(context, file),
          url: linkToOrigin(file, null),
          n: format.count(countRules([file]).rules),
          groups: viewOfGroups(file.groups),
        })),
        paging: viewOfPaging(context, '/rules', { offset, total: wanted.length, rows: shown.length }),
        isPaged: wanted.length > pageLength,
      },
    };
  },
};
