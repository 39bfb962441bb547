import type { Observation } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { absent, formatAmount, formatInstant, formatValue } from '../figures.ts';
import { namedRow, provenanceName, stateName } from '../phrases.ts';

/** Appendix: every observation with its source, and every file once with its fingerprint. */
export function writeEvidence(context: ReportContext): Block[] {
  const { evaluation, bundle, words } = context;
  return [
    { kind: 'heading', level: 1, id: 'evidence', text: words('evidence.title'), startsPage: true },
    {
      kind: 'paragraph',
      style: 'body',
      text: words('evidence.intro', { count: evaluation.observations.length }),
    },
    {
      kind: 'table',
      caption: words('evidence.table'),
      columns: [
        { title: words('column.element'), share: 36, align: 'left' },
        { title: words('column.value'), share: 20, align: 'right' },
        { title: words('column.provenance'), share: 18, align: 'left' },
        { title: words('column.rows'), share: 14, align: 'right' },
        { title: words('column.asOf'), share: 24, align: 'left' },
      ],
      rows: evaluation.observations.map((each) => observationRow(context, each)),
    },
    ...files(context),
    {
      kind: 'heading',
      level: 2,
      id: 'evidence-embedded',
      text: words('evidence.embedded'),
      startsPage: false,
    },
    { kind: 'paragraph', style: 'body', text: words('evidence.embeddedText') },
    {
      kind: 'facts',
      items: [
        { label: words('evidence.evaluation'), value: evaluation.sha256 },
        ...bundle.history.map((each) => ({
          label: words('evidence.history', { period: each.period.id }),
          value: each.sha256,
        })),
        ...bundle.models.map((model) => ({ label: words('evidence.model'), value: model.sha256 })),
      ],
    },
  ];
}

function observationRow(context: ReportContext, each: Observation): Row {
  const { evaluation, language, words } = context;
  const node = evaluation.nodes.find(({ id }) => id === each.indicator);
  const value =
    each.value === null
      ? stateName(context, each.state)
      : formatValue(each.value, node?.unit ?? 'count', language);
  return namedRow(
    context,
    node ?? { id: each.indicator, title: { zh: each.indicator, en: each.indicator } },
    [
      value,
      provenanceName(context, each.provenance),
      formatAmount(each.source?.rows ?? null),
      each.source ? formatInstant(each.source.asOf, evaluation.period.timeZone) : absent,
    ],
    {
      note: sourceLines(context, each).join(words('noteSeparator')),
      ...(each.value === null ? { tone: 'muted' as const } : {}),
    },
  );
}

function sourceLines(context: ReportContext, each: Observation): string[] {
  const { words, say } = context;
  const { source } = each;
  const fraction =
    each.numerator !== null && each.denominator !== null
      ? words('modules.fraction', {
          numerator: formatAmount(each.numerator),
          denominator: formatAmount(each.denominator),
        })
      : null;
  const lines = [
    each.reason && say(each.reason),
    fraction,
    source && `${words(`source.${source.kind}`)}${source.query ? `${words('colon')}${source.query}` : ''}`,
    source?.evidence && words('evidence.file', { file: source.evidence }),
    source?.submittedBy && words('evidence.submittedBy', { name: source.submittedBy }),
    source?.verifiedBy && words('evidence.verifiedBy', { name: source.verifiedBy }),
    source?.files.length &&
      source.files
        .map((file) =>
          words('evidence.fileRows', {
            name: file.name,
            rows: formatAmount(file.rows),
            sha: file.sha256.slice(0, 12),
          }),
        )
        .join(words('listComma')),
  ];
  return lines.filter((line): line is string => !!line);
}

/** Each source file once, whichever figures it went into. */
function files(context: ReportContext): Block[] {
  const { evaluation, words } = context;
  const seen = new Map<string, { name: string; indicators: string[] }>();
  for (const each of evaluation.observations) {
    for (const file of each.source?.files ?? []) {
      const entry = seen.get(file.sha256) ?? { name: file.name, indicators: [] };
      entry.indicators.push(each.indicator);
      seen.set(file.sha256, entry);
    }
  }
  if (!seen.size) return [];
  return [
    { kind: 'heading', level: 2, id: 'evidence-files', text: words('evidence.files'), startsPage: false },
    {
      kind: 'table',
      caption: null,
      columns: [
        { title: words('column.file'), share: 30, align: 'left' },
        { title: 'SHA-256', share: 54, align: 'left' },
        { title: words('column.figures'), share: 16, align: 'right' },
      ],
      rows: [...seen].map(([sha256, { name, indicators }]) => ({
        cells: [name, sha256, String(indicators.length)],
      })),
    },
  ];
}
