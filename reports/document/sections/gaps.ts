import { missingLeaves, type SourceComparison } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { absent, formatAmount, formatInstant, formatValue } from '../figures.ts';
import { namedRow, nameOf, provenanceName, sentence, stateName } from '../phrases.ts';
import { sourceLines } from '../sources.ts';

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
      columns: [
        { title: words('column.element'), share: 40, align: 'left' },
        { title: words('column.value'), share: 18, align: 'right' },
        { title: words('column.provenance'), share: 22, align: 'left' },
        { title: words('column.rows'), share: 12, align: 'right' },
        { title: words('column.asOf'), share: 24, align: 'left' },
      ],
      rows: list.flatMap((each) => comparisonRows(context, each)),
    },
  ];
}

/** A line for the figure and why its sources are or are not one, then each source with all that leads to it. */
function comparisonRows(context: ReportContext, comparison: SourceComparison): Row[] {
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
