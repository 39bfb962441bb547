import { languages, languageTags } from '../../scoring/contract.ts';
import type { PageContext, PageView } from './page.ts';
import { type Theme, themes } from './preferences.ts';

const sections = [
  '/',
  '/subjects',
  '/telemetry',
  '/slos',
  '/quality',
  '/findings',
  '/models',
  '/import',
  '/evaluate',
  '/reports',
] as const;
const sectionKeys: Readonly<Record<(typeof sections)[number], string>> = {
  '/': 'home',
  '/subjects': 'subjects',
  '/telemetry': 'telemetry',
  '/slos': 'slos',
  '/quality': 'quality',
  '/findings': 'security',
  '/models': 'models',
  '/import': 'import',
  '/evaluate': 'evaluate',
  '/reports': 'reports',
};
const ownNames = { zh: '中文', en: 'English' } as const;
const themeMarks: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };
const colorSchemes: Readonly<Record<Theme, string>> = { auto: 'light dark', light: 'light', dark: 'dark' };

/** The address with another language, keeping what the page shows. */
function inLanguage(address: string, language: string): string {
  const url = new URL(address, 'http://localhost');
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}

/** The address without the language, which a cookie keeps. */
function withoutLanguage(address: string): string {
  const url = new URL(address, 'http://localhost');
  url.searchParams.delete('lang');
  return url.pathname + url.search;
}

/** Everything around a page's own content. */
export function viewOfLayout(
  context: PageContext,
  page: PageView,
  around: { readonly address: string; readonly theme: Theme; readonly version: string },
) {
  const { t, language } = context;
  return {
    tag: languageTags[language],
    theme: around.theme,
    colorScheme: colorSchemes[around.theme],
    title: page.title,
    isSample: page.isSample,
    back: withoutLanguage(around.address),
    version: around.version,
    nav: sections.map((url) => ({
      url,
      name: t(`nav.${sectionKeys[url]}`),
      isCurrent: page.section === url,
    })),
    languages: languages.map((each) => ({
      tag: languageTags[each],
      name: ownNames[each],
      url: inLanguage(around.address, each),
      isCurrent: each === language,
    })),
    themes: themes.map((value) => ({
      value,
      name: t(`theme.${value}`),
      mark: themeMarks[value],
      isCurrent: value === around.theme,
    })),
  };
}
