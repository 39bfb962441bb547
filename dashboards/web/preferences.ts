import { type Express, type Request, type Response, urlencoded } from 'express';
import { type Language, languages } from '../../scoring/contract.ts';
import { readCookie, setCookie } from './security/cookies.ts';
import { requireToken } from './security/csrf.ts';

/** `auto` follows the system. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const languageCookie = 'citygauge-language';
const themeCookie = 'citygauge-theme';

export function themeOf(request: Request): Theme {
  const value = readCookie(request, themeCookie);
  return themes.find((theme) => theme === value) ?? 'auto';
}

/** `?lang=` decides and is remembered; then the cookie; then the installation's default. */
export function languageOf(request: Request, response: Response, standard: Language): Language {
  const asked = languages.find((language) => language === request.query.lang);
  if (asked) setCookie(response, languageCookie, asked, { isHttpOnly: true, days: 365 });
  const kept = readCookie(request, languageCookie);
  return asked ?? languages.find((language) => language === kept) ?? standard;
}

/** A path of this server to go back to; anything else goes home. */
export function safePath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value) ? value : '/';
}

/** The theme switch: a plain form that comes back to where it was used. */
export function mountPreferences(app: Express): void {
  app.post('/preferences', urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    requireToken(request, request.body?._csrf);
    const theme = themes.find((each) => each === request.body.theme) ?? 'auto';
    setCookie(response, themeCookie, theme, { isHttpOnly: true, days: 365 });
    response.redirect(303, safePath(request.body.back));
  });
}
