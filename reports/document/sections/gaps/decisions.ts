import type { ResolvedConflict } from '../../../../scoring/contract.ts';
import type { Block, Row } from '../../blocks.ts';
import type { ReportContext } from '../../context.ts';
import { formatInstant, formatValue } from '../../figures.ts';
import { nameOf, provenanceName, sentence } from '../../phrases.ts';
import { comparisonColumns, comparisonRows } from './comparison-table.ts';

/** Conflicts that a person decided, with both sides, who and why; decisions that no longer hold. Nothing without any. */
export function writeDecisions(context: ReportContext): Block[] {
  const { evaluation, words } = context;
  const { resolutions = [], lapsedResolutions = [] } = evaluation;
  if (!resolutions.length && !lapsedResolutions.length) return [];
  const rows = resolutions.flatMap((each) => decisionRows(context, each));
  const lapsed = lapsedResolutions.map(({ indicator, decidedBy, decidedAt }) => {
    const node = evaluation.nodes.find(({ id }) => id === indicator);
    const at = formatInstant(decidedAt, evaluation.period.timeZone);
    return words('decisions.lapsed', {
      element: node ? nameOf(context, node) : indicator,
      by: decidedBy,
      at,
    });
  });
  return [
    { kind: 'heading', level: 2, id: 'gaps-decided', text: words('decisions.title'), startsPage: false },
    ...(rows.length
      ? [
          { kind: 'paragraph' as const, style: 'body' as const, text: words('decisions.intro') },
          { kind: 'table' as const, caption: null, columns: comparisonColumns(context), rows },
        ]
      : []),
    ...(lapsed.length ? [{ kind: 'list' as const, items: lapsed }] : []),
  ];
}

function decisionRows(context: ReportContext, { comparison, resolution }: ResolvedConflict): Row[] {
  const { evaluation, language, words } = context;
  const [head, ...sides] = comparisonRows(context, comparison);
  if (!head) return [];
  const unit = evaluation.nodes.find(({ id }) => id === comparison.indicator)?.unit ?? 'count';
  const line = words('decisions.line', {
    by: resolution.decidedBy,
    at: formatInstant(resolution.decidedAt, evaluation.period.timeZone),
    value: formatValue(resolution.value, unit, language),
    provenance: provenanceName(context, resolution.provenance),
    reason: resolution.reason,
  });
  return [{ ...head, note: sentence(context, line) }, ...sides];
}
