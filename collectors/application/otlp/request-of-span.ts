import { numberOf, type Span, textOf } from '../../wire/otlp-messages.ts';

/** What a span of kind server or consumer says about one request. */
export interface SpanRequest {
  readonly route: string;
  readonly method: string;
  readonly isError: boolean;
  readonly durationSeconds: number;
  /** Milliseconds since 1970; null when the span does not say. */
  readonly endedAt: number | null;
}

const server = 2;
const consumer = 5;
const errorStatus = 2;

export const otherRoute = 'other';

/** The methods of RFC 9110 and RFC 5789; others are `_OTHER`, as semantic conventions ask. */
const methods = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'QUERY',
]);

/** The attributes that are read, of the stable conventions and of those before them. */
const wanted = new Set([
  'http.route',
  'http.request.method',
  'http.method',
  'http.response.status_code',
  'http.status_code',
  'messaging.system',
  'messaging.destination.name',
  'rpc.system',
]);

/** A template has a place for what varies: `/users/:id`, `/users/{id}`, `/files/*`, `/users/<id>`. */
const placeholder = /[:{*<[]/;

/** Long digits and hexadecimal words are somebody's number, not a name. */
const identifier = /\d{4,}|[0-9a-f]{12,}/i;

/**
 * A route from what a framework says (`http.route`), else from the span's name. A name with a path is taken only when it
 * is a template: a raw URL would make a series of each request.
 */
function routeOf(span: Span, known: ReadonlyMap<string, string>): string {
  const declared = known.get('http.route');
  const name = (declared ?? span.name.replace(/^[A-Z]{3,7} /, '')).trim();
  if (name === '' || name.length > 200 || /[?#]|:\/\//.test(name)) return otherRoute;
  if (declared !== undefined) return name;
  if (methods.has(name)) return otherRoute;
  if (name.startsWith('/') && !placeholder.test(name)) return otherRoute;
  if (identifier.test(name)) return known.get('messaging.destination.name') ?? otherRoute;
  return name;
}

function methodOf(span: Span, known: ReadonlyMap<string, string>): string {
  const method = known.get('http.request.method') ?? known.get('http.method');
  if (method !== undefined) return methods.has(method.toUpperCase()) ? method.toUpperCase() : '_OTHER';
  if (known.has('rpc.system')) return 'rpc';
  return span.kind === consumer || known.has('messaging.system') ? 'message' : '_OTHER';
}

function attributesOf(span: Span): Map<string, string> {
  const known = new Map<string, string>();
  for (const { key, value } of span.attributes) {
    if (!wanted.has(key)) continue;
    const text = textOf(value);
    if (text !== null) known.set(key, text);
  }
  return known;
}

/** Null for a span of another kind: what a service asks of others, or does within itself, is no request to it. */
export function requestOf(span: Span): SpanRequest | null {
  if (span.kind !== server && span.kind !== consumer) return null;
  const known = attributesOf(span);
  const status = Number(known.get('http.response.status_code') ?? known.get('http.status_code') ?? 0);
  const [start, end] = [numberOf(span.startTimeUnixNano), numberOf(span.endTimeUnixNano)];
  return {
    route: routeOf(span, known),
    method: methodOf(span, known),
    isError: span.status?.code === errorStatus || status >= 500,
    durationSeconds: start > 0 && end > 0 ? (end - start) / 1e9 : Number.NaN,
    endedAt: end > 0 ? Math.round(end / 1e6) : null,
  };
}
