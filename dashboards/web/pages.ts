import type { Page } from './page.ts';
import { homePage } from './pages/home.ts';

/** Every page that only shows, in the order of the navigation. */
export const pages: readonly Page[] = [homePage];
