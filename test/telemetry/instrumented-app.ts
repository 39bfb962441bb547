import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface InstrumentedApp {
  /** Sends it ten requests, one after another. */
  serveRequests(): Promise<void>;
  /** Lets it send what it still holds, and ends it. */
  stop(): Promise<void>;
}

/** Starts the instrumented application in a process of its own; it sends OTLP over HTTP to `endpoint`. */
export async function startInstrumentedApp(endpoint: string): Promise<InstrumentedApp> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'instrumented-app-process.ts')], {
    env: {
      ...process.env,
      OTEL_SERVICE_NAME: 'portal',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const [, found] = /port (\d+)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error('the instrumented application ended before it listened')));
  });
  return {
    async serveRequests() {
      for (let sent = 0; sent < 10; sent += 1)
        await (await fetch(`http://127.0.0.1:${port}/items/7`)).arrayBuffer();
    },
    async stop() {
      process.removeListener('exit', kill);
      child.kill('SIGTERM');
      await ended;
    },
  };
}
