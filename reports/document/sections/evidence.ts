import type { Observation } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { absent, formatAmount, formatInstant, formatValue } from '../figures.ts';
import { namedRow, provenanceName, stateName } from '../phrases.ts';
import { sidesOf, sourceLines } from '../sources.ts';

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
  const { evaluation, language, words, say } = context;
  const node = evaluation.nodes.find(({ id }) => id === each.indicator);
  const value =
    each.value === null
      ? stateName(context, each.state)
      : formatValue(each.value, node?.unit ?? 'count', language);
  const notes =
    each.state === 'conflict'
      ? [words('evidence.inConflict', { chapter: words('gaps.conflicts') })]
      : [...(each.reason ? [say(each.reason)] : []), ...sourceLines(context, each)];
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
      note: notes.join(words('noteSeparator')),
      ...(each.value === null ? { tone: 'muted' as const } : {}),
    },
  );
}

/** Each source file once, whichever figures it went into. */
function files(context: ReportContext): Block[] {
  const { evaluation, words } = context;
  const seen = new Map<string, { name: string; indicators: Set<string> }>();
  for (const each of evaluation.observations) {
    for (const file of sidesOf(evaluation, each).flatMap(({ source }) => source?.files ?? [])) {
      const entry = seen.get(file.sha256) ?? { name: file.name, indicators: new Set() };
      entry.indicators.add(each.indicator);
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
        cells: [name, sha256, String(indicators.size)],
      })),
    },
  ];
}
