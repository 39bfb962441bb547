import { type Evaluation, type Loss, lossesOf } from '../../../scoring/contract.ts';
import type { Block } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { formatPoints, formatValue } from '../figures.ts';
import { nameOf, pointsOf, targetOf } from '../phrases.ts';

/** Losses that do not round to 0.0 in print. */
export function printedLosses(evaluation: Evaluation): Loss[] {
  return lossesOf(evaluation).filter((loss) => loss.pointsLost >= 0.05);
}

/** How many of the biggest losses get a recommendation. */
const recommended = 8;

/** Where points were lost, and what the model's intervention plans say to do about the biggest losses. */
export function writeLosses(context: ReportContext): Block[] {
  const { evaluation, words } = context;
  const losses = printedLosses(evaluation);
  const heading: Block = {
    kind: 'heading',
    level: 1,
    id: 'losses',
    text: words('losses.title'),
    startsPage: true,
  };
  if (!losses.length) return [heading, { kind: 'paragraph', style: 'body', text: words('losses.none') }];
  return [
    heading,
    { kind: 'paragraph', style: 'body', text: words('losses.intro') },
    ...lossChart(context, losses.slice(0, 10)),
    {
      kind: 'table',
      caption: words('losses.table'),
      columns: [
        { title: words('column.element'), share: 36, align: 'left' },
        { title: words('column.module'), share: 22, align: 'left' },
        { title: words('column.value'), share: 18, align: 'right' },
        { title: words('column.points'), share: 18, align: 'right' },
        { title: words('column.lost'), share: 16, align: 'right' },
      ],
      rows: losses.map(({ node, module, pointsLost }) => ({
        cells: [
          nameOf(context, node),
          context.say(module.title),
          formatValue(node.value, node.unit, context.language),
          pointsOf(context, node),
          formatPoints(pointsLost),
        ],
      })),
    },
    { kind: 'heading', level: 1, id: 'recommendations', text: words('advice.title'), startsPage: false },
    { kind: 'paragraph', style: 'body', text: words('advice.intro') },
    ...losses.slice(0, recommended).flatMap((loss, index) => advise(context, loss, index)),
  ];
}

function lossChart(context: ReportContext, losses: readonly Loss[]): Block[] {
  const { words, say } = context;
  const items = losses.map(({ node, pointsLost }) => ({
    label: say(node.title),
    value: pointsLost,
    text: formatPoints(pointsLost),
  }));
  const alt = words('losses.alt', {
    losses: items.map((item) => `${item.label} ${item.text}`).join(words('listComma')),
  });
  return [
    { kind: 'chart', alt, chart: { kind: 'bars', items, max: Math.max(...items.map((item) => item.value)) } },
  ];
}

function advise(context: ReportContext, { node, pointsLost }: Loss, index: number): Block[] {
  const leaf = context.modelNodes.get(node.id)?.leaf;
  if (!leaf) return [];
  const { words, say, language } = context;
  return [
    {
      kind: 'heading',
      level: 3,
      id: `advice-${node.id}`,
      text: words('advice.heading', { index: index + 1, name: nameOf(context, node) }),
      startsPage: false,
    },
    { kind: 'paragraph', style: 'body', text: say(leaf.intervention) },
    {
      kind: 'paragraph',
      style: 'note',
      text: words('advice.facts', {
        value: formatValue(node.value, node.unit, language),
        target: targetOf(context, node),
        lost: formatPoints(pointsLost),
        owner: say(leaf.owner),
      }),
    },
  ];
}
