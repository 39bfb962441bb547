import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { readCookie, setCookie } from './cookies.ts';
import { Refusal } from './refusal.ts';

const cookieName = 'citygauge-csrf';
export const csrfField = '_csrf';
export const csrfHeader = 'x-csrf-token';

/** The browser's token, made and set as a cookie (SameSite=Strict) when it has none. */
export function csrfTokenOf(request: Request, response: Response): string {
  const known = readCookie(request, cookieName);
  if (known && /^[0-9a-f]{64}$/.test(known)) return known;
  const token = randomBytes(32).toString('hex');
  setCookie(response, cookieName, token, { isHttpOnly: true });
  return token;
}

/** The double submit: the field or header must repeat the cookie, which another site can neither read nor send. */
export function requireToken(request: Request, given: unknown): void {
  const expected = readCookie(request, cookieName) ?? '';
  const token = typeof given === 'string' ? given : '';
  const [a, b] = [Buffer.from(expected), Buffer.from(token)];
  if (a.length !== 64 || a.length !== b.length || !timingSafeEqual(a, b))
    throw new Refusal(403, 'error.csrf');
}

/** A request that changes something must come from a page of this server, as far as the browser says where from. */
export function onlySameOrigin(): RequestHandler {
  return (request, _, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const { origin, host } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isForeign =
      (origin !== undefined && origin !== `http://${host}`) ||
      (site !== undefined && site !== 'same-origin' && site !== 'none');
    next(isForeign ? new Refusal(403, 'error.origin') : undefined);
  };
}
