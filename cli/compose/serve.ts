import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebApp } from '../../dashboards/web/web-app.ts';
import { listen } from '../../dashboards/web/web-server.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { CommandContext } from '../context.ts';
import { controlHandler } from '../control-server.ts';
import { progressOf } from '../progress.ts';
import { checkPromises, loadPromises, type Promises } from './promises.ts';
import { fillSampleCity } from './sample.ts';
import { metricsHandler } from './telemetry/metrics-page.ts';
import type { OpenedRuntime } from './telemetry/open-runtime.ts';
import { besidePrometheus } from './telemetry/prometheus.ts';
import type { PrometheusProcess } from './telemetry/prometheus-process.ts';
import { serveTelemetry } from './telemetry/serve-telemetry.ts';
import type { FoundSettings } from './telemetry/settings.ts';
import { startThresholds } from './thresholds.ts';
import { workbenchOn } from './workbench.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly wantsSample: boolean;
  /** Whether the prometheus on PATH runs as a child. */
  readonly withPrometheus: boolean;
  /** Telemetry settings, read and found sound before anything begins. */
  readonly telemetry: FoundSettings;
  /** What another process must show to have its commands run here. */
  readonly token: string;
}

async function fillFirstStart(context: CommandContext, store: EvidenceStore): Promise<void> {
  const { surroundings } = context;
  // A sample city that was removed does not come back at the next start.
  const isFirst = (await store.subjects.list()).length === 0 && !(await store.describe()).hasEverSaved;
  if (!isFirst) return;
  const progress = progressOf(surroundings, context.language === 'zh' ? '准备示例数据' : 'sample city');
  await fillSampleCity(store, surroundings.now().slice(0, 10), {
    now: surroundings.now,
    signal: surroundings.signal,
    onProgress: progress.update,
  });
  progress.stop();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Serves pages, API and other processes' commands until the surroundings are told to stop. The port is taken before
 * anything is written; requests that come while the sample city is being filled in wait for it.
 */
export async function serve(context: CommandContext, options: ServeOptions): Promise<void> {
  const { surroundings } = context;
  context.refuseSecondServer();
  const gate = Promise.withResolvers<RequestListener>();
  // It is also rejected when no request has come that would hear of it.
  gate.promise.catch(() => {});
  const server = await listen((request, response) => {
    gate.promise.then(
      (handle) => handle(request, response),
      () => response.writeHead(503).end(),
    );
  }, options);
  let prometheus: PrometheusProcess | null = null;
  try {
    if (options.withPrometheus)
      prometheus = await besidePrometheus(context, server.address, options.telemetry);
    await context.withStore(async (store) => {
      if (options.wantsSample) await fillFirstStart(context, store);
      const promises = await loadPromises(context, store);
      await checkPromises(store, promises);
      const telemetry = await serveTelemetry(context, store, {
        found: options.telemetry,
        slos: promises.slos,
      });
      const { clock } = telemetry.runtime.options.ports;
      const thresholds = startThresholds(context, store, promises.thresholds, {
        clock,
        deliver: async (run) => {
          await telemetry.runtime.deliver(run, telemetry.outputs.sinks);
        },
      });
      try {
        const telling = telemetry.telling(store);
        gate.resolve(handlerOn(context, telling, { telemetry, promises, token: options.token }));
        context.publishAddress(server.address, options.token);
        announce(context, server.address);
        await untilAborted(surroundings.signal);
        await server.close();
      } finally {
        await thresholds.stop();
        await telemetry.close();
      }
    });
  } finally {
    gate.reject(new Error('the server has stopped'));
    await server.close();
    await prometheus?.stop();
  }
}

function handlerOn(
  context: CommandContext,
  store: EvidenceStore,
  { telemetry, promises, token }: { telemetry: OpenedRuntime; promises: Promises; token: string },
): RequestListener {
  const { surroundings } = context;
  const report = (error: unknown, path: string) =>
    surroundings.stderr(`${path}: ${error instanceof Error ? error.stack : error}\n`);
  const app = createWebApp(workbenchOn(store, { telemetry, promises }, surroundings), {
    defaultLanguage: context.language,
    spoolFolder: join(tmpdir(), `citygauge-${process.pid}`),
    report,
  });
  const host = { dataFolder: context.dataFolder, store, telemetry: () => telemetry.runtime };
  const isControl = controlHandler(token, host, surroundings);
  const isMetrics = metricsHandler(telemetry.outputs.registry, { instance: telemetry.instance, report });
  return (request, response) => {
    if (!isControl(request, response) && !isMetrics(request, response)) app(request, response);
  };
}

function announce({ surroundings, language, options }: CommandContext, address: string): void {
  surroundings.stderr(
    language === 'zh'
      ? `城衡已启动：${address} （Ctrl-C 停止）\n`
      : `CityGauge is at ${address} (Ctrl-C stops it)\n`,
  );
  if (options.json) surroundings.stdout(`${JSON.stringify({ address })}\n`);
}
