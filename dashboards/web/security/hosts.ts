import type { RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

/** Control characters, written in an address; nothing of ours is named with one. */
const control = /%(?:[01][0-9a-f]|7f)/i;

export function onlyPlainAddresses(): RequestHandler {
  return (request, _, next) => {
    next(control.test(request.originalUrl) ? new Refusal(400, 'error.malformed') : undefined);
  };
}

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/** A page of another site whose name was made to resolve to this machine (DNS rebinding) sends that name as Host. */
export function onlyLoopbackHosts(): RequestHandler {
  return (request, _, next) => {
    const host = request.headers.host ?? '';
    next(loopbackHost.test(host) ? undefined : new Refusal(421, 'error.host', { host: host.slice(0, 100) }));
  };
}
