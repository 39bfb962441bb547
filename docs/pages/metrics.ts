import { z } from 'zod';
import { collectors } from '../../collectors/collectors.ts';
import type { Collector } from '../../collectors/contract.ts';
import {
  type CatalogueEntry,
  catalogueOf,
  durationText,
  telemetryJsonSchema,
} from '../../collectors/runner.ts';
import { generatedMark, tableOf } from './markdown.ts';
import { settingsRows } from './settings-rows.ts';

const settingsHead = ['setting', 'type', 'default', 'meaning'];

function metricRow({ spec, collectors: from }: CatalogueEntry): string[] {
  const labels = Object.entries(spec.labels).map(([name, { zh, en }]) => `\`${name}\`: ${zh} / ${en}`);
  return [
    `\`${spec.name}\``,
    spec.type,
    spec.unit,
    spec.help.zh,
    spec.help.en,
    labels.join('; '),
    from.length === 0 ? 'CityGauge' : from.map((id) => `\`${id}\``).join(', '),
  ];
}

function collectorSection(collector: Collector): string {
  const { id, title, domain, description, cadence, metrics, isOpen, records } = collector;
  const rows = settingsRows(z.toJSONSchema(collector.settings, { io: 'input', unrepresentable: 'any' }));
  const yields = [
    ...metrics.map(({ name }) => `\`${name}\``),
    ...(isOpen ? ['metrics that its source names'] : []),
    ...records.map((kind) => `records: ${kind}`),
  ];
  return [
    `### ${id}\n`,
    `**${title.zh} / ${title.en}**\n`,
    `${description.zh}\n`,
    `${description.en}\n`,
    `Domain ${domain}; every ${durationText(cadence.everySeconds)}, timeout ${durationText(cadence.timeoutSeconds)}, ${cadence.retries} retries unless the job says otherwise.\n`,
    // What yields no metric and no record brings scan reports, whose figures the register tells.
    `Yields ${yields.join(', ') || 'entries of the security register'}.\n`,
    rows.length === 0 ? 'It has no settings.' : tableOf(settingsHead, rows),
    '',
  ].join('\n');
}

/** Every metric, every collector with its settings, and the telemetry settings file. */
export function metricsPage(): string {
  const head = ['metric', 'type', 'unit', '含义', 'meaning', 'labels', 'from'];
  return [
    '# Metrics and collectors\n',
    generatedMark,
    'Every reading also has the labels `job` and `subject` and those that its job adds. A histogram comes as `_bucket`, `_sum` and `_count`.\n',
    '## Metrics\n',
    tableOf(head, catalogueOf(collectors).map(metricRow)),
    '\n## Telemetry settings file\n',
    '`telemetry.yaml` in the data folder, `--telemetry FILE`, or the variable CITYGAUGE_TELEMETRY. Durations: `500ms`, `30s`, `5m`, `1h30m`, `1d`. A place of a secret is `{ env: NAME }` or `{ file: PATH }`.\n',
    tableOf(settingsHead, settingsRows(telemetryJsonSchema())),
    '\n## Collectors\n',
    tableOf(
      ['collector', '名称', 'title', 'domain'],
      collectors.map(({ id, title, domain }) => [`[\`${id}\`](#${id})`, title.zh, title.en, domain]),
    ),
    '',
    ...collectors.map(collectorSection),
  ].join('\n');
}
