import { type EvaluatedNode, isLeaf, type Move, movesBetween } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { formatChange, formatPeriod, formatPoints, formatValue, formatValueMove } from '../figures.ts';
import { gradeOrUngraded, nameOf, stateName } from '../phrases.ts';

/** Beyond this many rows the smallest moves are counted, not listed. */
const longestList = 40;

export function writeChanges(context: ReportContext): Block[] {
  const { evaluation, previous, language, words } = context;
  const heading: Block = {
    kind: 'heading',
    level: 1,
    id: 'changes',
    text: words('changes.title'),
    startsPage: previous !== null,
  };
  if (!previous) return [heading, { kind: 'paragraph', style: 'body', text: words('changes.noPrevious') }];
  const moves = movesBetween(previous, evaluation).filter((move) => isVisible(context, move));
  const before = formatPeriod(previous.period.id, language);
  if (!moves.length)
    return [heading, { kind: 'paragraph', style: 'body', text: words('changes.none', { before }) }];
  const modules = moves.filter((move) => move.node.parent === null);
  const leaves = moves.filter((move) => isLeaf(evaluation, move.node) && move.node.parent !== null);
  const rest = leaves.length - longestList;
  return [
    heading,
    {
      kind: 'paragraph',
      style: 'body',
      text: words('changes.intro', { before, modules: modules.length, elements: leaves.length }),
    },
    ...(modules.length
      ? [
          table(
            context,
            words('changes.modules'),
            words('column.module'),
            modules.map((move) => moduleRow(context, move)),
          ),
        ]
      : []),
    ...(leaves.length
      ? [
          table(
            context,
            words('changes.elements'),
            words('column.element'),
            leaves.slice(0, longestList).map((move) => leafRow(context, move)),
          ),
        ]
      : []),
    ...(rest > 0
      ? [{ kind: 'paragraph' as const, style: 'note' as const, text: words('changes.rest', { rest }) }]
      : []),
  ];
}

function table(context: ReportContext, caption: string, first: string, rows: Row[]): Block {
  const { words, previous, evaluation } = context;
  return {
    kind: 'table',
    caption,
    columns: [
      { title: first, share: 36, align: 'left' },
      { title: previous?.period.id ?? '', share: 20, align: 'right' },
      { title: evaluation.period.id, share: 20, align: 'right' },
      { title: words('column.change'), share: 28, align: 'right' },
    ],
    rows,
  };
}

function moduleRow(context: ReportContext, { node, before, change }: Move): Row {
  const cell = (each: typeof node) =>
    context.words('changes.scoreAndGrade', {
      score: formatPoints(each.score),
      grade: gradeOrUngraded(context, each.grade),
    });
  return { cells: [nameOf(context, node), cell(before), cell(node), formatChange(change)] };
}

function leafRow(context: ReportContext, { node, before, change }: Move): Row {
  const { words, language } = context;
  const hasPoints = change !== null && formatChange(change) !== formatChange(0);
  const hasValues = before.value !== null && node.value !== null && before.value !== node.value;
  const move =
    hasValues && !hasPoints
      ? words(change === null ? 'changes.context' : 'changes.valueOnly', {
          change: formatValueMove(before.value, node.value, node.unit, language),
        })
      : formatChange(change);
  return {
    cells: [nameOf(context, node), leafFigure(context, before), leafFigure(context, node), move],
  };
}

function leafFigure(context: ReportContext, node: EvaluatedNode): string {
  return node.value === null
    ? stateName(context, node.state)
    : formatValue(node.value, node.unit, context.language);
}

/** True where the move can be seen in what is printed. */
function isVisible(context: ReportContext, { node, before, change }: Move): boolean {
  if (formatChange(change) !== formatChange(0) && change !== null) return true;
  return isLeaf(context.evaluation, node)
    ? leafFigure(context, before) !== leafFigure(context, node)
    : before.grade !== node.grade || before.state !== node.state || change === null;
}
