import type { ExpositionFormat, ExpositionSample } from './exposition.ts';

const classic = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}

function valueText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function timeText(timestamp: number, format: ExpositionFormat): string {
  if (format === 'text') return String(timestamp);
  const sign = timestamp < 0 ? '-' : '';
  const size = Math.abs(timestamp);
  return `${sign}${Math.floor(size / 1000)}.${String(size % 1000).padStart(3, '0')}`;
}

/** Samples as a page has them. */
export function printPage(samples: readonly ExpositionSample[], format: ExpositionFormat): string {
  const lines = samples.map(({ name, labels, value, timestamp }) => {
    const pairs = Object.entries(labels).map(
      ([label, text]) => `${classic.test(label) ? label : quoted(label)}=${quoted(text)}`,
    );
    const isClassic = classic.test(name);
    const inner = [...(isClassic ? [] : [quoted(name)]), ...pairs].join(',');
    const time = timestamp === null ? '' : ` ${timeText(timestamp, format)}`;
    return `${isClassic ? name : ''}${inner === '' ? '' : `{${inner}}`} ${valueText(value)}${time}\n`;
  });
  return `${lines.join('')}${format === 'openMetrics' ? '# EOF\n' : ''}`;
}
