import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebApp } from '../../dashboards/web/web-app.ts';
import { listen } from '../../dashboards/web/web-server.ts';
import { createMemoryWorkbench } from './memory-workbench.ts';

/** A browser of a few lines: keeps cookies, knows its token, follows nothing. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  page(path: string): Promise<string>;
  post(path: string, body: URLSearchParams | FormData, headers?: Record<string, string>): Promise<Response>;
  /** The token of the last page seen. */
  token(): string;
}

/** Handlebars writes `=` as an entity too; everything else stays escaped. */
export function unescaped(html: string): string {
  return html.replaceAll('&#x3D;', '=');
}

function visitorOf(address: string): Visitor {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie && { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  return {
    get: (path, headers = {}) => send(path, { headers }),
    page: async (path) => unescaped(await (await send(path)).text()),
    post: (path, body, headers = {}) => send(path, { method: 'POST', body, headers }),
    token: () => cookies.get('citygauge-csrf') ?? '',
  };
}

export async function openSite(
  options: { readonly maxUploadBytes?: number } = {},
  extraModel: string | null = null,
) {
  const spoolFolder = mkdtempSync(join(tmpdir(), 'citygauge-spool-'));
  const memory = createMemoryWorkbench(extraModel);
  const failures: unknown[] = [];
  const app = createWebApp(memory.workbench, {
    defaultLanguage: 'zh',
    spoolFolder,
    report: (error) => failures.push(error),
    ...options,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    ...memory,
    failures,
    spoolFolder,
    address: server.address,
    visitor: () => visitorOf(server.address),
    close: async () => {
      await server.close();
      rmSync(spoolFolder, { recursive: true });
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;

/** Addresses of every page. */
const query = 'model=event-loop-2022&subject=hexi&period=2026-10';
const operations = 'model=citygauge-operations&subject=hexi&period=2026-10';
export const everyPage: readonly string[] = [
  `/?${query}`,
  '/?model=scie-2021-value&subject=hexi&period=2026-10',
  `/modules/cloud?${operations}`,
  `/elements/cloud.efficiency?${operations}`,
  '/stage?model=citygauge-operations&subject=hexi&period=2026-09',
  `/indicators?${operations}`,
  '/conflicts',
  `/modules/timeliness?${query}`,
  '/modules/S1?model=scie-2021-value&subject=hexi&period=2026-10',
  `/indicators/closure.closureRatio?${query}`,
  `/indicators/timeliness.onTimeClosureRatio?${query}&by=channel`,
  '/indicators/S3.P1?model=scie-2021-value&subject=hexi&period=2026-10',
  `/indicators/application.reliability.availabilityRatio?${operations}`,
  `/indicators/cloud.efficiency.cpuUtilisationRatio?${operations}&span=year`,
  '/subjects?model=event-loop-2022&parent=hexi',
  '/telemetry',
  '/telemetry/portal',
  '/targets',
  '/slos',
  '/slos/portal-availability?subject=hexi',
  '/thresholds',
  '/thresholds/on-time?subject=hexi',
  '/rules',
  '/quality',
  '/quality/hotline-orders?subject=hexi',
  '/quality/hotline-orders/format-caller-phone?subject=hexi',
  '/findings',
  '/findings/2',
  '/events',
  '/assets',
  '/models',
  '/models/event-loop-2022',
  '/models/scie-2021-value',
  '/import',
  '/evaluate?model=scie-2021-value',
  '/reports',
  '/verify',
  '/about',
  '/?model=event-loop-2022&subject=hexi&period=2019',
  '/nowhere',
];

/** The same pages filtered, in another state or without content. */
export const everyVariant: readonly string[] = [
  '/telemetry?domain=cloud&state=failed',
  '/telemetry/nodes',
  '/telemetry/use',
  '/targets?search=portal&state=down',
  '/slos?subject=hexi/script',
  '/slos?state=unknown&search=portal',
  '/slos/hotline-intake',
  '/slos/grid-dispatch',
  '/slos/sensors-online',
  '/slos/payment-orders',
  '/slos/permits-filing',
  '/thresholds?lamp=red',
  '/thresholds/hall-queue',
  '/rules?search=water',
  '/quality?subject=hexi/script',
  '/quality?subject=hexi/dongcheng',
  '/quality/enterprises/agreement-address',
  '/quality/grid-events/drift-kind?subject=hexi/dongcheng',
  '/findings?subject=hexi/nanhu',
  '/findings?state=all&severity=high&search=ROOT',
  '/findings?offset=5000',
  '/findings/13',
  '/findings/16',
  '/events?subject=hexi/nanhu&period=2026-03',
  '/events?period=2019',
  '/assets?unowned=yes&search=gis',
  '/assets?subject=hexi/nanhu',
  `/indicators?${operations}&state=failed`,
  `/modules/cloud?${operations}&state=offTarget`,
  '/conflicts?model=event-loop-2022&subject=hexi/nanhu',
  `/stage?${query}`,
  `/stage?${operations}`,
  `/?${operations}`,
];

/** Text of a page without tags, white space folded. */
export function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Text of the section of a page that bears the title of this id. */
export function sectionText(html: string, id: string): string {
  const from = html.indexOf(`<section class="card" aria-labelledby="${id}"`);
  assert.ok(from > 0, id);
  return textOf(`<body${html.slice(from, html.indexOf('</section>', from))}`);
}
