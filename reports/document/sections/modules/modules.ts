import { coverageOf, type EvaluatedNode, isLeaf } from '../../../../scoring/contract.ts';
import type { Block, Row } from '../../blocks.ts';
import { descendantsOf, modulesOf, type ReportContext } from '../../context.ts';
import { absent, formatDeclared, formatPoints, formatRatio, formatValue } from '../../figures.ts';
import {
  gradeOrUngraded,
  namedRow,
  nameOf,
  pointsOf,
  provenanceName,
  sentence,
  stateName,
  targetOf,
} from '../../phrases.ts';
import { writeInterventions } from './interventions.ts';

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
      text: nameOf(context, node),
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
          value: formatRatio(coverageOf(node)),
          note: words('figure.floor', {
            floor: formatDeclared(context.model.coverageFloor, 'ratio', context.language),
          }),
        },
        {
          label: words('column.provenance'),
          value: provenanceName(context, node.provenance),
          note: words('modules.weakest'),
        },
      ],
    },
    { kind: 'paragraph', style: 'body', text: sentence(context, say(node.reason)) },
    ...(node.calculation
      ? [{ kind: 'paragraph' as const, style: 'code' as const, text: node.calculation }]
      : []),
    ...elementChart(context, leaves),
    {
      kind: 'table',
      caption: words('modules.table', { module: say(node.title) }),
      columns: [
        { title: words('column.element'), share: 25, align: 'left' },
        { title: words('column.value'), share: 15, align: 'right' },
        { title: words('column.target'), share: 29, align: 'left' },
        { title: words('column.points'), share: 15, align: 'right' },
        { title: words('column.provenance'), share: 13, align: 'left' },
        { title: words('column.coverage'), share: 12, align: 'right' },
      ],
      rows: descendantsOf(evaluation, node.id).map((each) => elementRow(context, each)),
    },
    ...writeInterventions(context, node),
  ];
}

function rangeNote(context: ReportContext, node: EvaluatedNode): string {
  const { words } = context;
  const [low, high] = [formatPoints(node.scoreLow), formatPoints(node.scoreHigh)];
  if (node.score === null) return '';
  return low === high ? words('modules.of100') : words('modules.range', { low, high });
}

/** Share of the possible points that each element reached. */
function elementChart(context: ReportContext, leaves: readonly EvaluatedNode[]): Block[] {
  const { words, say } = context;
  const weighted = leaves.filter((leaf) => leaf.pointsPossible > 0);
  if (weighted.filter((leaf) => leaf.points !== null).length < 2) return [];
  const items = weighted.map((leaf) => ({
    label: say(leaf.title),
    value: leaf.points === null ? null : (leaf.points / leaf.pointsPossible) * 100,
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
  const { evaluation, language, words, say } = context;
  const leaf = isLeaf(evaluation, node);
  const figure =
    node.value === null ? stateName(context, node.state) : formatValue(node.value, node.unit, language);
  const notes = [say(node.reason), node.calculation].filter((text): text is string => !!text);
  return namedRow(
    context,
    node,
    [
      leaf ? figure : formatPoints(node.score),
      leaf ? targetOf(context, node) : rangeNote(context, node) || absent,
      pointsOf(context, node),
      provenanceName(context, node.provenance),
      formatRatio(coverageOf(node)),
    ],
    {
      note: notes.join(words('noteSeparator')),
      ...(leaf ? {} : { tone: 'group' as const }),
      // The row of the group above names what comes before.
      ...(node.level > 2 ? { code: node.id.slice(node.id.lastIndexOf('.') + 1) } : {}),
    },
  );
}
