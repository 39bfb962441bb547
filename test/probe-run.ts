import type { Collector, CollectorRun, CollectorYield } from '../collectors/contract.ts';
import { createPorts } from '../collectors/ports.ts';

interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly timeoutSeconds?: number;
  readonly startedAt?: string;
}

/** One run of a collector of these tests on the real world, its settings read as a job's are. */
export function runOnce<Settings>(
  collector: Collector<Settings>,
  settings: unknown,
  { environment = { PATH: process.env.PATH }, timeoutSeconds = 20, startedAt }: RunOptions = {},
): Promise<CollectorYield> {
  const run: CollectorRun<Settings> = {
    job: 'portals',
    subject: 'hexi',
    settings: collector.settings.parse(settings),
    state: undefined,
    ports: createPorts({ settingsFolder: '/', environment }),
    startedAt: startedAt ?? new Date().toISOString(),
    signal: new AbortController().signal,
    timeoutSeconds,
  };
  return collector.collect(run);
}

/** The value of a metric, of the only series that has these labels; undefined without one. */
export function readingValue(
  { readings }: CollectorYield,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = readings.filter(
    (each) =>
      each.metric === metric && Object.entries(labels).every(([name, value]) => each.labels[name] === value),
  );
  if (found.length > 1) throw new Error(`${found.length} series of ${metric}`);
  return found[0]?.value;
}

/** Up or down with the English detail, by target. */
export function targetTexts({ targets = [] }: CollectorYield): Record<string, string> {
  return Object.fromEntries(
    targets.map(({ target, isUp, detail }) => [target, `${isUp ? 'up' : 'down'}: ${detail.en}`]),
  );
}
