import { type EvaluatedNode, type Evaluation, overallCoverageOf } from '../../../scoring/contract.ts';
import type { Block } from '../blocks.ts';
import { modulesOf, type ReportContext } from '../context.ts';
import { formatPeriod, formatPoints, formatRatio } from '../figures.ts';
import { gradeOrUngraded, nameOf, shortName } from '../phrases.ts';

export function writeTrend(context: ReportContext): Block[] {
  const { bundle, evaluation, language, words, say } = context;
  const heading: Block = {
    kind: 'heading',
    level: 1,
    id: 'trend',
    text: words('trend.title'),
    startsPage: true,
  };
  const all = [...bundle.history, evaluation];
  if (all.length < 2) return [heading, { kind: 'paragraph', style: 'body', text: words('trend.none') }];
  const modules = modulesOf(evaluation);
  const scores = (each: Evaluation, id: string) => each.nodes.find((node) => node.id === id)?.score ?? null;
  const series = modules.map((module) => ({
    name: say(module.title),
    values: all.map((each) => scores(each, module.id)),
  }));
  const first = all[0] ?? evaluation;
  return [
    heading,
    {
      kind: 'paragraph',
      style: 'body',
      text: words('trend.intro', {
        count: all.length,
        first: formatPeriod(first.period.id, language),
        last: formatPeriod(evaluation.period.id, language),
      }),
    },
    {
      kind: 'chart',
      alt: words('trend.alt', {
        modules: series
          .map((each) => `${each.name} ${each.values.map(formatPoints).join(' → ')}`)
          .join(words('semicolon')),
      }),
      chart: { kind: 'trend', periods: all.map((each) => each.period.id), series },
    },
    {
      kind: 'table',
      caption: words('trend.table'),
      columns: [
        { title: words('column.period'), share: 16, align: 'left' },
        { title: words('column.overall'), share: 14, align: 'center' },
        { title: words('column.coverage'), share: 14, align: 'right' },
        ...modules.map((module) => ({
          title: shortName(context, module),
          share: 10,
          align: 'right' as const,
        })),
      ],
      rows: all.map((each) => ({
        cells: [
          each.period.id,
          gradeOrUngraded(context, each.overall.grade),
          formatRatio(overallCoverageOf(each)),
          ...modules.map((module) => formatPoints(scores(each, module.id))),
        ],
      })),
    },
    ...keyToModules(context, modules),
  ];
}

/** What the short column titles stand for. */
function keyToModules(context: ReportContext, modules: readonly EvaluatedNode[]): Block[] {
  const { words, say } = context;
  const short = modules.filter((module) => shortName(context, module) !== say(module.title));
  if (!short.length) return [];
  const names = short.map((module) => nameOf(context, module)).join(words('listComma'));
  return [{ kind: 'paragraph', style: 'note', text: words('trend.key', { modules: names }) }];
}
