import type { SourceComparison } from '../../../../scoring/contract.ts';
import type { Column, Row } from '../../blocks.ts';
import type { ReportContext } from '../../context.ts';
import { absent, formatAmount, formatInstant, formatValue } from '../../figures.ts';
import { nameOf, provenanceName, sentence } from '../../phrases.ts';
import { sourceLines } from '../../sources.ts';

export function comparisonColumns({ words }: ReportContext): Column[] {
  return [
    { title: words('column.element'), share: 40, align: 'left' },
    { title: words('column.value'), share: 18, align: 'right' },
    { title: words('column.provenance'), share: 22, align: 'left' },
    { title: words('column.rows'), share: 12, align: 'right' },
    { title: words('column.asOf'), share: 24, align: 'left' },
  ];
}

/** A line for the figure and why its sources are or are not one, then each source with all that leads to it. */
export function comparisonRows(context: ReportContext, comparison: SourceComparison): Row[] {
  const { evaluation, language, words, say } = context;
  const node = evaluation.nodes.find(({ id }) => id === comparison.indicator);
  const head: Row = {
    cells: [node ? nameOf(context, node) : comparison.indicator, '', '', '', ''],
    note: sentence(context, say(comparison.reason)),
    tone: 'group',
  };
  const rows = comparison.candidates.map(
    (each, index): Row => ({
      cells: [
        words('gaps.candidate', { index: index + 1 }),
        formatValue(each.value, node?.unit ?? 'count', language),
        provenanceName(context, each.provenance),
        formatAmount(each.source?.rows ?? null),
        each.source ? formatInstant(each.source.asOf, evaluation.period.timeZone) : absent,
      ],
      note: sourceLines(context, each).join(words('noteSeparator')),
    }),
  );
  return [head, ...rows];
}
