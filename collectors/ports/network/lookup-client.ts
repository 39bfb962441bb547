import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

type Answer = { readonly error: NodeJS.ErrnoException | null; readonly addresses: LookupAddress[] };
const running = new Map<string, Promise<Answer>>();

/**
 * The system's look-up, one at a time for each name: it cannot be stopped and has few threads, so that probes of a name
 * whose server is dead would else queue up without end behind each other. Nothing is kept once it has answered.
 */
export const sharedLookup: LookupFunction = (host, options, callback) => {
  const key = JSON.stringify([host, options.family, options.hints]);
  const answer = running.get(key) ?? begun(key, host, options);
  void answer.then(({ error, addresses: [first, ...others] }) => {
    if (error || !first) callback(error ?? notFound(host), '', 0);
    else if (options.all) callback(null, [first, ...others]);
    else callback(null, first.address, first.family);
  });
};

function begun(key: string, host: string, options: Parameters<LookupFunction>[1]): Promise<Answer> {
  const answer = new Promise<Answer>((resolve) => {
    systemLookup(host, { ...options, all: true }, (error, addresses) => {
      running.delete(key);
      resolve({ error, addresses: addresses ?? [] });
    });
  });
  running.set(key, answer);
  return answer;
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' });
}
