import type { Request, Response } from 'express';

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** `value` must be free of `;`, `,` and spaces: ours are codes and hex. */
export function setCookie(
  response: Response,
  name: string,
  value: string,
  options: { isHttpOnly: boolean; days?: number },
): void {
  const age = options.days === undefined ? '' : `; Max-Age=${options.days * 86400}`;
  const script = options.isHttpOnly ? '; HttpOnly' : '';
  response.append('Set-Cookie', `${name}=${value}; Path=/; SameSite=Strict${script}${age}`);
}
