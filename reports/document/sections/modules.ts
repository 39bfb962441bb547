import { type EvaluatedNode, isLeaf } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import { descendantsOf, modulesOf, type ReportContext } from '../context.ts';
import { absent, formatAmount, formatPoints, formatRatio, formatValue } from '../figures.ts';
import { gradeOrUngraded, provenanceName, scoreWithRange, stateName, targetOf } from '../phrases.ts';

/** A page per module with its elements. */
export function writeModules(context: ReportContext): Block[] {
  const { evaluation, words } = context;
  return [
    { kind: 'heading', level: 1, id: 'modules', text: words('modules.title'), startsPage: true },
    { kind: 'paragraph', style: 'note', text: words('modules.note') },
    ...modulesOf(evaluation).flatMap((node, index) => writeModule(context, node, index)),
  ];
}

function writeModule(context: ReportContext, node: EvaluatedNode, index: number): Block[] {
  const { words, say, modelNodes, evaluation } = context;
  const model = modelNodes.get(node.id);
  const leaves = descendantsOf(evaluation, node.id).filter((each) => isLeaf(evaluation, each));
  return [
    {
      kind: 'heading',
      level: 2,
      id: `module-${node.id}`,
      text: `${node.id} ${say(node.title)}`,
      startsPage: index > 0,
    },
    ...(model ? [{ kind: 'paragraph' as const, style: 'body' as const, text: say(model.meaning) }] : []),
    {
      kind: 'keyFigures',
      items: [
        { label: words('column.score'), value: formatPoints(node.score), note: rangeNote(context, node) },
        {
          label: words('column.grade'),
          value: gradeOrUngraded(context, node.grade),
          note: stateName(context, node.state),
        },
        {
          label: words('column.coverage'),
          value: formatRatio(node.coverage),
          note: words('figure.floor', { floor: formatRatio(context.model.coverageFloor) }),
        },
        {
          label: words('column.provenance'),
          value: provenanceName(context, node.provenance),
          note: words('modules.weakest'),
        },
      ],
    },
    { kind: 'paragraph', style: 'body', text: say(node.reason) },
    ...(node.calculation
      ? [{ kind: 'paragraph' as const, style: 'code' as const, text: node.calculation }]
      : []),
    ...elementChart(context, leaves),
    {
      kind: 'table',
      caption: words('modules.table', { module: say(node.title) }),
      columns: [
        { title: words('column.element'), share: 30, align: 'left' },
        { title: words('column.value'), share: 17, align: 'right' },
        { title: words('column.target'), share: 23, align: 'left' },
        { title: words('column.points'), share: 16, align: 'right' },
        { title: words('column.provenance'), share: 14, align: 'left' },
        { title: words('column.coverage'), share: 13, align: 'right' },
      ],
      rows: descendantsOf(evaluation, node.id).map((each) => elementRow(context, each)),
    },
  ];
}

function rangeNote(context: ReportContext, node: EvaluatedNode): string {
  const { words } = context;
  if (node.score === null || node.scoreLow === node.scoreHigh) return words('modules.of100');
  return words('modules.range', { low: formatPoints(node.scoreLow), high: formatPoints(node.scoreHigh) });
}

/** Share of the possible points that each element reached. */
function elementChart(context: ReportContext, leaves: readonly EvaluatedNode[]): Block[] {
  const { words, say } = context;
  const valued = leaves.filter((leaf) => leaf.points !== null && leaf.pointsPossible > 0);
  if (valued.length < 2) return [];
  const items = leaves.map((leaf) => ({
    label: say(leaf.title),
    value:
      leaf.points === null || leaf.pointsPossible <= 0 ? null : (leaf.points / leaf.pointsPossible) * 100,
    text:
      leaf.points === null
        ? stateName(context, leaf.state)
        : `${formatPoints(leaf.points)} / ${formatPoints(leaf.pointsPossible)}`,
  }));
  const alt = words('modules.chartAlt', {
    points: items.map((item) => `${item.label} ${item.text}`).join(words('listComma')),
  });
  return [{ kind: 'chart', alt, chart: { kind: 'bars', items, max: 100 } }];
}

function elementRow(context: ReportContext, node: EvaluatedNode): Row {
  const { evaluation, language, observations, words, say } = context;
  const leaf = isLeaf(evaluation, node);
  const observation = observations.get(node.id);
  const shown = leaf
    ? node.value === null
      ? stateName(context, node.state)
      : formatValue(node.value, node.unit, language)
    : scoreWithRange(context, node);
  const fraction =
    observation?.value != null && observation.numerator !== null && observation.denominator !== null
      ? words('modules.fraction', {
          numerator: formatAmount(observation.numerator),
          denominator: formatAmount(observation.denominator),
        })
      : null;
  const notes = [fraction, say(node.reason), node.calculation].filter((text): text is string => !!text);
  return {
    cells: [
      `${node.id} ${say(node.title)}`,
      shown,
      leaf ? targetOf(context, node) : absent,
      `${formatPoints(node.points)} / ${formatPoints(node.pointsPossible)}`,
      provenanceName(context, node.provenance),
      formatRatio(node.coverage),
    ],
    note: notes.join(words('noteSeparator')),
    ...(leaf ? {} : { tone: 'group' as const }),
  };
}
