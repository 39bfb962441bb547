import { CollectorFault, type HttpResponse, type Text } from '../../contract.ts';
import { inBoundedTime, Overrun } from './bounded-time.ts';
import { expiryFault } from './certificate.ts';
import type { HttpProbeSettings } from './http-settings.ts';
import { jsonFault } from './json-expectation.ts';

/** What is wrong with an answer, the first thing found; null when it is as it should be. */
export function answerFault(answer: HttpResponse, settings: HttpProbeSettings, at: string): Text | null {
  return (
    redirectFault(answer, settings) ??
    statusFault(answer, settings) ??
    contentTypeFault(answer, settings) ??
    expiryFault(answer.tls, at, settings.minimumCertificateDays) ??
    bodyFault(answer, settings)
  );
}

function redirectFault({ status, headers }: HttpResponse, { redirects }: HttpProbeSettings): Text | null {
  if (redirects !== 'refuse' || status < 300 || status > 399 || headers.location === undefined) return null;
  return {
    zh: `应答重定向到 ${headers.location.slice(0, 200)}`,
    en: `the answer redirects to ${headers.location.slice(0, 200)}`,
  };
}

function statusFault({ status }: HttpResponse, { status: expected }: HttpProbeSettings): Text | null {
  if (expected.some((each) => isStatus(status, each))) return null;
  const wanted = expected.join(', ');
  return { zh: `状态码 ${status}，应为 ${wanted}`, en: `status ${status} instead of ${wanted}` };
}

function isStatus(status: number, expected: number | string): boolean {
  if (typeof expected === 'number') return status === expected;
  if (expected.endsWith('xx')) return String(status)[0] === expected[0];
  const [from, to] = expected.split('-').map(Number);
  return status >= (from ?? 0) && status <= (to ?? 0);
}

function contentTypeFault({ headers }: HttpResponse, { contentType }: HttpProbeSettings): Text | null {
  const found = mediaType(headers['content-type']);
  if (contentType === undefined || found === contentType.toLowerCase()) return null;
  return {
    zh: `内容类型为 ${found || '（无）'}，应为 ${contentType}`,
    en: `content type ${found || '(none)'} instead of ${contentType}`,
  };
}

const mediaType = (header = '') => (header.split(';', 1)[0] ?? '').trim().toLowerCase();

/** The whole judgement of a body gets a bounded time; what does not end in it can be said neither up nor down. */
function bodyFault(answer: HttpResponse, settings: HttpProbeSettings): Text | null {
  const { bodyMatches, bodyMatchesNot, json } = settings;
  if (bodyMatches.length + bodyMatchesNot.length + json.length === 0) return null;
  const text = textOf(answer);
  try {
    return inBoundedTime(() => patternFault(text, settings) ?? documentFault(text, answer, settings));
  } catch (cause) {
    if (!(cause instanceof Overrun)) throw cause;
    throw new CollectorFault(
      {
        zh: '正文的匹配未能在限定时间内完成',
        en: `matching the body ${cause.message}`,
      },
      {
        remedy: {
          zh: '简化 bodyMatches、bodyMatchesNot 或 json 中的表达式，避免嵌套的重复',
          en: 'make the patterns of bodyMatches, bodyMatchesNot or json simpler: no repetition within a repetition',
        },
        cause,
      },
    );
  }
}

function textOf({ body, headers }: HttpResponse): string {
  const [, charset = 'utf-8'] = /charset="?([\w.:-]+)/i.exec(headers['content-type'] ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function patternFault(text: string, { bodyMatches, bodyMatchesNot }: HttpProbeSettings): Text | null {
  const absent = bodyMatches.find((each) => !new RegExp(each, 'u').test(text));
  if (absent !== undefined) return { zh: `正文不含 ${absent}`, en: `the body does not match ${absent}` };
  const present = bodyMatchesNot.find((each) => new RegExp(each, 'u').test(text));
  if (present === undefined) return null;
  return { zh: `正文含有不应出现的 ${present}`, en: `the body matches ${present}, which it should not` };
}

function documentFault(text: string, { headers }: HttpResponse, { json }: HttpProbeSettings): Text | null {
  if (json.length === 0) return null;
  const type = mediaType(headers['content-type']);
  let document: Parameters<typeof jsonFault>[0];
  try {
    document = JSON.parse(text);
  } catch {
    return { zh: `正文不是 JSON（内容类型 ${type}）`, en: `the body is no JSON (content type ${type})` };
  }
  for (const expectation of json) {
    const fault = jsonFault(document, expectation);
    if (fault) return fault;
  }
  return null;
}
