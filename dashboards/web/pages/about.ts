import type { Page } from '../page.ts';

export const aboutPage: Page = {
  path: '/about',
  show: async ({ t, workbench }) => ({
    template: 'about',
    title: t('nav.about'),
    section: '/about',
    isSample: false,
    view: { version: workbench.version },
  }),
};
