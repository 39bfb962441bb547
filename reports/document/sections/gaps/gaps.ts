import { missingLeaves, type SourceComparison } from '../../../../scoring/contract.ts';
import type { Block, Row } from '../../blocks.ts';
import type { ReportContext } from '../../context.ts';
import { absent } from '../../figures.ts';
import { namedRow, nameOf, sentence, stateName } from '../../phrases.ts';
import { comparisonColumns, comparisonRows } from './comparison-table.ts';
import { writeDecisions } from './decisions.ts';

/** What is missing and who owes it, what was excluded, where sources disagree, what departs from the model's defaults. */
export function writeGaps(context: ReportContext): Block[] {
  const { evaluation, words, say } = context;
  return [
    { kind: 'heading', level: 1, id: 'gaps', text: words('gaps.title'), startsPage: true },
    { kind: 'heading', level: 2, id: 'gaps-missing', text: words('gaps.missing'), startsPage: false },
    ...missing(context),
    ...leftOut(context),
    { kind: 'heading', level: 2, id: 'gaps-conflicts', text: words('gaps.conflicts'), startsPage: false },
    ...comparisons(context, evaluation.conflicts, 'conflict'),
    ...writeDecisions(context),
    { kind: 'heading', level: 2, id: 'gaps-reconciled', text: words('gaps.reconciled'), startsPage: false },
    ...comparisons(context, evaluation.reconciliations, 'reconciled'),
    { kind: 'heading', level: 2, id: 'gaps-deviations', text: words('gaps.deviations'), startsPage: false },
    evaluation.deviations.length
      ? { kind: 'list', items: evaluation.deviations.map(say) }
      : { kind: 'paragraph', style: 'body', text: words('gaps.noDeviations') },
  ];
}

function missing(context: ReportContext): Block[] {
  const { evaluation, modelNodes, observations, words, say } = context;
  const leaves = missingLeaves(evaluation);
  if (!leaves.length) return [{ kind: 'paragraph', style: 'body', text: words('gaps.nothingMissing') }];
  return [
    {
      kind: 'paragraph',
      style: 'body',
      text: words('gaps.missingIntro', { count: leaves.length, all: evaluation.observations.length }),
    },
    {
      kind: 'table',
      caption: words('gaps.missingTable'),
      columns: [
        { title: words('column.element'), share: 34, align: 'left' },
        { title: words('column.state'), share: 15, align: 'left' },
        { title: words('column.owner'), share: 21, align: 'left' },
        { title: words('column.reason'), share: 40, align: 'left' },
      ],
      rows: leaves.map((node) => {
        const owner = modelNodes.get(node.id)?.leaf?.owner;
        return namedRow(context, node, [
          stateName(context, node.state),
          owner ? say(owner) : absent,
          // The node's own reason names the owner too, who has a column here.
          sentence(context, say(observations.get(node.id)?.reason ?? node.reason)),
        ]);
      }),
    },
  ];
}

/** Leaves that do not count with a reason: not applicable, excluded, denominator 0. */
function leftOut(context: ReportContext): Block[] {
  const { evaluation, words, say } = context;
  const rows = evaluation.observations
    .filter(({ state }) => state === 'notApplicable' || state === 'excluded' || state === 'zeroBase')
    .map((each): Row => {
      const node = evaluation.nodes.find(({ id }) => id === each.indicator);
      return {
        cells: [
          node ? nameOf(context, node) : each.indicator,
          stateName(context, each.state),
          each.reason ? say(each.reason) : absent,
        ],
      };
    });
  if (!rows.length) return [];
  return [
    { kind: 'heading', level: 2, id: 'gaps-left-out', text: words('gaps.leftOut'), startsPage: false },
    {
      kind: 'table',
      caption: words('gaps.leftOutTable'),
      columns: [
        { title: words('column.element'), share: 38, align: 'left' },
        { title: words('column.state'), share: 18, align: 'left' },
        { title: words('column.reason'), share: 50, align: 'left' },
      ],
      rows,
    },
  ];
}

function comparisons(
  context: ReportContext,
  list: readonly SourceComparison[],
  kind: 'conflict' | 'reconciled',
): Block[] {
  const { words } = context;
  if (!list.length) {
    return [
      {
        kind: 'paragraph',
        style: 'body',
        text: words(kind === 'conflict' ? 'gaps.noConflicts' : 'gaps.noReconciled'),
      },
    ];
  }
  return [
    {
      kind: 'paragraph',
      style: 'body',
      text: words(kind === 'conflict' ? 'gaps.conflictIntro' : 'gaps.reconciledIntro'),
    },
    {
      kind: 'table',
      caption: null,
      columns: comparisonColumns(context),
      rows: list.flatMap((each) => comparisonRows(context, each)),
    },
  ];
}
