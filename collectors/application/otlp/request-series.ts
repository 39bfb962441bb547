import type { Reading } from '../../contract.ts';
import type { Labels } from './labels.ts';
import { otherRoute, type SpanRequest } from './request-of-span.ts';
import type { ServiceState, Services } from './services.ts';
import type { Source } from './source.ts';

interface Route {
  readonly owner: ServiceState;
  readonly labels: Labels;
  /** One more than boundaries, each on its own. */
  readonly counts: Float64Array;
  requests: number;
  errors: number;
  seconds: number;
  lastAt: number;
  /** Until its zeros have been reported. */
  isNew: boolean;
}

export const requestMetrics = {
  requests: 'citygauge_service_requests_total',
  errors: 'citygauge_service_errors_total',
  successes: 'citygauge_service_successes_total',
  duration: 'citygauge_service_request_duration_seconds',
} as const;

/** Requests, errors and durations of every service, route and method: counters that last until they are forgotten. */
export class RequestSeries {
  private readonly routes = new Map<string, Route>();
  private readonly namesOf = new Map<string, Set<string>>();
  private readonly services: Services;
  private readonly bounds: readonly number[];
  private readonly boundTexts: readonly string[];
  private readonly maxRoutes: number;

  constructor(
    services: Services,
    settings: { readonly buckets: readonly number[]; readonly maxRoutesPerService: number },
  ) {
    this.services = services;
    this.bounds = settings.buckets;
    this.boundTexts = [...settings.buckets.map(String), '+Inf'];
    this.maxRoutes = settings.maxRoutesPerService;
  }

  /** False when the service has no room for further series. */
  add(source: Source, owner: ServiceState, request: SpanRequest, now: number): boolean {
    const route = this.routeFor(source, owner, request);
    if (!route) return false;
    const { durationSeconds } = request;
    let bucket = 0;
    while (bucket < this.bounds.length && durationSeconds > (this.bounds[bucket] ?? 0)) bucket += 1;
    route.counts[bucket] = (route.counts[bucket] ?? 0) + 1;
    route.requests += 1;
    route.seconds += durationSeconds;
    if (request.isError) route.errors += 1;
    route.lastAt = now;
    return true;
  }

  /** The name itself while the service has room for another route, else the one for all others. */
  private boundedName(scope: string, name: string): string {
    const names = this.namesOf.get(scope) ?? new Set();
    this.namesOf.set(scope, names);
    if (names.has(name) || name === otherRoute) return name;
    if (names.size >= this.maxRoutes) return otherRoute;
    names.add(name);
    return name;
  }

  private routeFor(source: Source, owner: ServiceState, { route, method }: SpanRequest): Route | null {
    const name = this.boundedName(source.service, route);
    const key = `${source.sharedKey}\n${name}\n${method}`;
    const known = this.routes.get(key);
    if (known) return known;
    // Requests, errors, successes, a series per boundary and the one without, sum and count.
    if (!this.services.reserve(owner, this.bounds.length + 6)) return null;
    const born: Route = {
      owner,
      labels: { ...source.shared, route: name, method },
      counts: new Float64Array(this.bounds.length + 1),
      ...{ requests: 0, errors: 0, seconds: 0, lastAt: 0, isNew: true },
    };
    this.routes.set(key, born);
    return born;
  }

  /**
   * Everything as of `at`. A series that is new begins with a zero at `bornAt`, the end of the run before, so that an
   * increase over the period counts its first requests.
   */
  drain({ at, bornAt, forgetBefore }: { at: string; bornAt: string; forgetBefore: number }): Reading[] {
    const readings: Reading[] = [];
    for (const [key, route] of this.routes) {
      if (route.lastAt < forgetBefore) {
        this.forget(key, route);
        continue;
      }
      if (route.isNew && bornAt < at) this.report(readings, route, { at: bornAt, share: 0 });
      route.isNew = false;
      this.report(readings, route, { at, share: 1 });
    }
    return readings;
  }

  private forget(key: string, route: Route): void {
    this.routes.delete(key);
    route.owner.series -= this.bounds.length + 6;
    this.namesOf.get(route.owner.service)?.delete(route.labels.route ?? '');
  }

  private report(readings: Reading[], route: Route, { at, share }: { at: string; share: 0 | 1 }): void {
    const { labels } = route;
    const put = (metric: string, value: number, own: Labels = labels) =>
      readings.push({ metric, labels: own, at, value: value * share });
    put(requestMetrics.requests, route.requests);
    put(requestMetrics.errors, route.errors);
    put(requestMetrics.successes, route.requests - route.errors);
    let below = 0;
    for (const [i, le] of this.boundTexts.entries()) {
      below += route.counts[i] ?? 0;
      put(`${requestMetrics.duration}_bucket`, below, { ...labels, le });
    }
    put(`${requestMetrics.duration}_sum`, route.seconds);
    put(`${requestMetrics.duration}_count`, route.requests);
  }
}
