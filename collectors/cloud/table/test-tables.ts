import type { Collector, CollectorPorts, CollectorRun, CollectorYield, FilePort } from '../../contract.ts';
import type { TableSettings } from './table-settings.ts';

/** When the tests' runs begin. */
export const startedAt = '2026-11-04T00:00:00.000Z';

function filePort(
  contents: string | Uint8Array,
  modifiedAt: string,
): Pick<FilePort, 'resolve' | 'read' | 'stat'> {
  const bytes = Buffer.from(contents);
  return {
    resolve: (path) => `/settings/${path}`,
    read: async () => bytes,
    stat: async () => ({ modifiedAt, size: bytes.length, identity: '1:1' }),
  };
}

interface TableRun {
  readonly file?: string;
  readonly modifiedAt?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Runs a table collector over the contents of its file. */
export function collectTable<Settings extends TableSettings>(
  collector: Collector<Settings>,
  contents: string | Uint8Array,
  { file = 'table.csv', modifiedAt = '2026-11-01T00:00:00.000Z', settings = {} }: TableRun = {},
): Promise<CollectorYield> {
  const run: CollectorRun<Settings> = {
    job: 'tables',
    subject: 'hexi',
    settings: collector.settings.parse({ file, ...settings }),
    state: undefined,
    ports: { files: filePort(contents, modifiedAt) } as unknown as CollectorPorts,
    startedAt,
    signal: new AbortController().signal,
  };
  return collector.collect(run);
}

/** `metric{label="value"} 0.5`, so that a whole yield can be compared at a glance. */
export function linesOf({ readings }: CollectorYield): string[] {
  return readings.map(({ metric, labels, value }) => {
    const inner = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
    return `${metric.replace('citygauge_', '')}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
  });
}

export function gapsOf({ gaps = [] }: CollectorYield): string[] {
  return gaps.map(({ metric, labels, state, reason }) => {
    const about = Object.values(labels).join('/');
    return `${metric?.replace('citygauge_', '') ?? '*'} ${about} ${state}: ${reason.en}`;
  });
}
