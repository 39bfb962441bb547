import { flattenNodes, type ModelNode } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { absent, formatDeclared } from '../figures.ts';
import { namedRow } from '../phrases.ts';

/** Appendix: the method exactly as it ran. */
export function writeMethod(context: ReportContext): Block[] {
  const { evaluation, model, words, say } = context;
  return [
    { kind: 'heading', level: 1, id: 'method', text: words('method.title'), startsPage: true },
    { kind: 'paragraph', style: 'body', text: say(model.description) },
    {
      kind: 'facts',
      items: [
        { label: words('method.model'), value: `${model.id} ${model.version}` },
        { label: words('method.modelSha256'), value: model.sha256 },
        {
          label: words('method.source'),
          value: words('method.sourceText', {
            document: say(model.source.document),
            section: say(model.source.section),
          }),
        },
        { label: words('method.weightsBy'), value: words(`method.weights.${model.source.weightsBy}`) },
        {
          label: words('method.floor'),
          value: formatDeclared(model.coverageFloor, 'ratio', context.language),
        },
        {
          label: words('method.rounding'),
          value:
            model.roundTo === null
              ? words('method.noRounding')
              : words('method.roundTo', { digits: model.roundTo }),
        },
        { label: words('method.engine'), value: evaluation.engine },
      ],
    },
    { kind: 'heading', level: 2, id: 'method-states', text: words('method.states'), startsPage: false },
    { kind: 'paragraph', style: 'body', text: words('method.statesText') },
    { kind: 'heading', level: 2, id: 'method-formulas', text: words('method.formulas'), startsPage: false },
    { kind: 'paragraph', style: 'body', text: words('method.formulasText') },
    formulaTable(context),
    { kind: 'heading', level: 2, id: 'method-measures', text: words('method.measures'), startsPage: false },
    measureTable(context),
    ...interpretations(context),
    ...referencePoints(context),
    ...sourceNotes(context),
  ];
}

/** One row per node that combines others: its formula, or the weights of its children. */
function formulaTable(context: ReportContext): Block {
  const { model, words } = context;
  const rows = flattenNodes(model.nodes)
    .filter((node) => node.combine !== null)
    .map((node) => namedRow(context, node, [describeCombination(context, node)]));
  const top: Row[] =
    model.overall.kind === 'score'
      ? [
          {
            cells: [
              words('column.overall'),
              model.nodes
                .map((node) => `${node.id} × ${formatDeclared(node.weight, 'ratio', context.language)}`)
                .join(' + '),
            ],
          },
        ]
      : [];
  return {
    kind: 'table',
    caption: null,
    columns: [
      { title: words('column.node'), share: 32, align: 'left' },
      { title: words('column.formula'), share: 68, align: 'left' },
    ],
    rows: [...top, ...rows],
  };
}

function describeCombination(context: ReportContext, node: ModelNode): string {
  if (node.combine?.kind === 'formula') return node.combine.formula;
  const { words } = context;
  return words('method.weightedMean', {
    terms: node.children
      .map((child) => `${child.localId} × ${formatDeclared(child.weight, 'ratio', context.language)}`)
      .join(' + '),
  });
}

function measureTable(context: ReportContext): Block {
  const { model, words, say } = context;
  return {
    kind: 'table',
    caption: null,
    columns: [
      { title: words('column.element'), share: 34, align: 'left' },
      { title: words('column.measure'), share: 66, align: 'left' },
    ],
    rows: flattenNodes(model.nodes).flatMap((node): Row[] => {
      if (!node.leaf) return [];
      const { measure } = node.leaf;
      const text = measure.kind === 'entry' ? words('method.entry') : measure.text;
      return [namedRow(context, node, [text], { note: say(node.meaning) })];
    }),
  };
}

function interpretations(context: ReportContext): Block[] {
  const { evaluation, model, words, say } = context;
  const heading: Block = {
    kind: 'heading',
    level: 2,
    id: 'method-interpretations',
    text: words('method.interpretations'),
    startsPage: false,
  };
  if (!model.interpretations.length)
    return [heading, { kind: 'paragraph', style: 'body', text: words('method.noInterpretations') }];
  const chosen = new Map(evaluation.interpretations.map((each) => [each.id, each]));
  const rows = model.interpretations.map((each): Row => {
    const used = chosen.get(each.id);
    const others = each.options
      .filter((option) => option.id !== used?.option)
      .map((option) => `${option.id}${words('colon')}${say(option.title)}`);
    return {
      cells: [
        each.id,
        used ? `${used.option}${words('colon')}${say(used.title)}` : absent,
        others.length ? others.join(words('semicolon')) : words('method.noAlternative'),
      ],
      note:
        used && !used.isDefault ? `${say(each.question)} ${words('method.notDefault')}` : say(each.question),
    };
  });
  return [
    heading,
    { kind: 'paragraph', style: 'body', text: words('method.interpretationsText') },
    {
      kind: 'table',
      caption: null,
      columns: [
        { title: words('column.point'), share: 18, align: 'left' },
        { title: words('column.chosen'), share: 42, align: 'left' },
        { title: words('column.alternatives'), share: 40, align: 'left' },
      ],
      rows,
    },
  ];
}

function referencePoints(context: ReportContext): Block[] {
  const { model, language, words, say } = context;
  const rows = flattenNodes(model.nodes).flatMap((node) =>
    (node.leaf?.referencePoints ?? []).map((point) =>
      namedRow(context, node, [
        formatDeclared(point.value, node.unit, language),
        say(point.label),
        say(point.source),
      ]),
    ),
  );
  if (!rows.length) return [];
  return [
    {
      kind: 'heading',
      level: 2,
      id: 'method-references',
      text: words('method.references'),
      startsPage: false,
    },
    { kind: 'paragraph', style: 'body', text: words('method.referencesText') },
    {
      kind: 'table',
      caption: null,
      columns: [
        { title: words('column.element'), share: 32, align: 'left' },
        { title: words('column.value'), share: 16, align: 'right' },
        { title: words('column.place'), share: 26, align: 'left' },
        { title: words('column.source'), share: 26, align: 'left' },
      ],
      rows,
    },
  ];
}

function sourceNotes(context: ReportContext): Block[] {
  const { model, words, say } = context;
  if (!model.source.notes.length) return [];
  return [
    { kind: 'heading', level: 2, id: 'method-notes', text: words('method.notes'), startsPage: false },
    { kind: 'list', items: model.source.notes.map(say) },
  ];
}
