import { type EvaluatedNode, isLeaf } from '../../../../scoring/contract.ts';
import type { Block, Row } from '../../blocks.ts';
import { descendantsOf, type ReportContext } from '../../context.ts';
import { formatNumber, formatPoints, formatValue } from '../../figures.ts';
import { namedRow, targetOf } from '../../phrases.ts';

/** The score below which an indicator is out of its range: where the model's last grade ends; null for a single grade. */
function lowestBorder(context: ReportContext): number | null {
  return context.model.grades.at(-2)?.from ?? null;
}

/**
 * Run indicators of a module that are out of their range, with what the model says to do then; nothing for a model of
 * two levels, whose plans are in the recommendations.
 */
export function writeInterventions(context: ReportContext, module: EvaluatedNode): Block[] {
  const { evaluation, words, say, language, modelNodes } = context;
  const below = descendantsOf(evaluation, module.id);
  const border = lowestBorder(context);
  if (border === null || !below.some(({ level }) => level > 2)) return [];
  const out = below.filter(
    (node) =>
      isLeaf(evaluation, node) && node.pointsPossible > 0 && node.score !== null && node.score < border,
  );
  const from = formatNumber(border, 0);
  if (!out.length) {
    return [{ kind: 'paragraph', style: 'note', text: words('interventions.none', { from }) }];
  }
  return [
    {
      kind: 'table',
      caption: words('interventions.title', { from }),
      columns: [
        { title: words('column.element'), share: 26, align: 'left' },
        { title: words('column.value'), share: 15, align: 'right' },
        { title: words('column.score'), share: 10, align: 'right' },
        { title: words('column.owner'), share: 17, align: 'left' },
        { title: words('interventions.plan'), share: 42, align: 'left' },
      ],
      rows: out.map((node): Row => {
        const leaf = modelNodes.get(node.id)?.leaf;
        const cells = [
          formatValue(node.value, node.unit, language),
          formatPoints(node.score),
          leaf ? say(leaf.owner) : '',
          leaf ? say(leaf.intervention) : '',
        ];
        return namedRow(context, node, cells, { note: targetOf(context, node) });
      }),
    },
  ];
}
