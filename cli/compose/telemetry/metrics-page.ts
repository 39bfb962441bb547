import type { IncomingMessage, ServerResponse } from 'node:http';
import { instanceHeader } from '../../../collectors/contract.ts';
import type { MetricsRegistry } from '../../../collectors/output.ts';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

function statusFor({ method, headers }: IncomingMessage): 200 | 405 | 421 {
  if (method !== 'GET' && method !== 'HEAD') return 405;
  // A page of another site whose name was made to resolve to this machine sends that name as Host.
  return loopbackHost.test(headers.host ?? '') ? 200 : 421;
}

export interface MetricsPageOptions {
  /** Of this server; the page bears it so that a job of ours knows its own page. */
  readonly instance: string;
  /** Told of a page that cannot be written. */
  report(error: unknown, path: string): void;
}

/** Answers `/metrics` for scrapers; returns false for a request that is not its own. */
export function metricsHandler(registry: MetricsRegistry, { instance, report }: MetricsPageOptions) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url?.split('?', 1)[0] !== '/metrics') return false;
    const status = statusFor(request);
    if (status !== 200) {
      response.writeHead(status, status === 405 ? { allow: 'GET, HEAD' } : {}).end();
      return true;
    }
    registry.page(request.headers.accept).then(
      ({ contentType, body }) => {
        const headers = { 'content-type': contentType, 'cache-control': 'no-store', vary: 'accept' };
        response
          .writeHead(200, { ...headers, [instanceHeader]: instance })
          .end(request.method === 'HEAD' ? undefined : body);
      },
      (error: unknown) => {
        report(error, '/metrics');
        response.writeHead(500).end();
      },
    );
    return true;
  };
}
