import type { Reading } from '../collectors/contract.ts';

function printLabels(labels: Reading['labels']): string {
  const escaped = (value: string) =>
    value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${parts.join(',')}}`;
}

/** Readings as OpenMetrics text with timestamps, for blocks of Prometheus. */
export function openMetricsText(readings: readonly Reading[]): string {
  const families = [...Map.groupBy(readings, ({ metric }) => metric)].map(([metric, samples]) => {
    const bySeries = Map.groupBy(samples, ({ labels }) => printLabels(labels));
    const lines = [...bySeries].flatMap(([labels, own]) =>
      own
        .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
        .map(({ value, at }) => `${metric}${labels} ${value} ${(Date.parse(at) / 1000).toFixed(3)}`),
    );
    return [`# TYPE ${metric} unknown`, ...lines].join('\n');
  });
  return `${families.join('\n')}\n# EOF\n`;
}

/** Readings as text with timestamps in milliseconds, as VictoriaMetrics imports them. */
export function importText(readings: readonly Reading[]): string {
  return readings
    .map(({ metric, labels, value, at }) => `${metric}${printLabels(labels)} ${value} ${Date.parse(at)}\n`)
    .join('');
}
