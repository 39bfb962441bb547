import type { StageModule, StageReckoning, StageResult } from '../../../scoring/contract.ts';
import type { Block, Row } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { absent, formatDeclared, formatNumber, formatPoints } from '../figures.ts';
import { nameOf, sentence } from '../phrases.ts';

/** The stage of operation: which is reached, the reckoning of each, and what holds back; nothing for a model without stages. */
export function writeStage(context: ReportContext): Block[] {
  const { stage } = context.evaluation;
  if (!stage) return [];
  const { words, say, model } = context;
  return [
    { kind: 'heading', level: 1, id: 'stage', text: words('stage.title'), startsPage: false },
    { kind: 'paragraph', style: 'lead', text: sentence(context, say(stage.reason)) },
    { kind: 'keyFigures', items: keyFigures(context, stage) },
    chart(context, stage),
    meanings(context, stage),
    ...held(context, stage),
    { kind: 'heading', level: 2, id: 'stage-reckoning', text: words('stage.reckoning'), startsPage: false },
    { kind: 'paragraph', style: 'body', text: words('stage.method') },
    ...(model.source.weightsBy === 'citygauge'
      ? [{ kind: 'paragraph' as const, style: 'note' as const, text: words('stage.ours') }]
      : []),
    ...stage.stages.flatMap((each) => reckoning(context, each)),
  ];
}

export function stageName(context: ReportContext, stage: StageResult): string {
  const { words, say } = context;
  if (stage.title) return say(stage.title);
  return words(stage.isDetermined ? 'stage.none' : 'stage.untold');
}

/** The stage that comes after those reached; null at the highest. */
function nextOf({ stages }: StageResult): StageReckoning | null {
  return stages.find((each) => !each.isReached) ?? null;
}

function scoreRange({ scoreLow, scoreHigh }: StageReckoning, context: ReportContext): string {
  const [low, high] = [formatPoints(scoreLow), formatPoints(scoreHigh)];
  return low === high ? low : context.words('stage.range', { low, high });
}

function keyFigures(context: ReportContext, stage: StageResult) {
  const { words, say } = context;
  const next = nextOf(stage);
  const shown = next ?? stage.stages.at(-1);
  const counted = shown?.modules.filter(({ low }) => low !== null) ?? [];
  const entered = counted.filter(({ hasEntered }) => hasEntered).length;
  const [gap] = stage.heldBackBy;
  return [
    {
      label: words('stage.title'),
      value: stageName(context, stage),
      note: next ? words('stage.next', { title: say(next.title) }) : words('stage.highest'),
    },
    {
      label: words('stage.score'),
      value: shown ? formatPoints(shown.scoreLow) : absent,
      note: shown ? words('stage.asked', { from: formatNumber(shown.from, 0), title: say(shown.title) }) : '',
    },
    {
      label: words('stage.entered'),
      value: `${entered} / ${counted.length}`,
      note: shown ? words('stage.enteredNote', { title: say(shown.title) }) : '',
    },
    {
      label: words('stage.gap'),
      value: gap ? formatPoints(gap.gap) : absent,
      note: gap ? holderName(context, gap.module) : words('stage.noGap'),
    },
  ];
}

function holderName(context: ReportContext, module: string | null): string {
  const node = context.evaluation.nodes.find(({ id }) => id === module);
  return node ? nameOf(context, node) : context.words('stage.score');
}

function chart(context: ReportContext, { stages }: StageResult): Block {
  const { words, say } = context;
  const items = stages.map((each) => ({
    label: say(each.title),
    value: each.scoreLow,
    text: `${formatPoints(each.scoreLow)} / ${formatNumber(each.from, 0)}`,
  }));
  const alt = words('stage.chartAlt', {
    stages: items.map((item) => `${item.label} ${item.text}`).join(words('listComma')),
  });
  return { kind: 'chart', alt, chart: { kind: 'bars', items, max: 100 } };
}

function meanings(context: ReportContext, { stages }: StageResult): Block {
  const { words, say, model } = context;
  return {
    kind: 'table',
    caption: words('stage.table'),
    columns: [
      { title: words('column.stage'), share: 16, align: 'left' },
      { title: words('stage.score'), share: 20, align: 'right' },
      { title: words('stage.from'), share: 14, align: 'right' },
      { title: words('column.state'), share: 16, align: 'left' },
      { title: words('column.meaning'), share: 48, align: 'left' },
    ],
    rows: stages.map((each) => {
      const spec = model.stages.find(({ id }) => id === each.id);
      return {
        cells: [
          say(each.title),
          scoreRange(each, context),
          formatNumber(each.from, 0),
          words(each.isReached ? 'stage.isReached' : 'stage.isMissed'),
          spec ? say(spec.meaning) : absent,
        ],
      };
    }),
  };
}

function held(context: ReportContext, stage: StageResult): Block[] {
  const { words, say } = context;
  if (stage.heldBackBy.length === 0) return [];
  const next = nextOf(stage);
  return [
    {
      kind: 'heading',
      level: 2,
      id: 'stage-held',
      text: words('stage.held', { title: next ? say(next.title) : '' }),
      startsPage: false,
    },
    {
      kind: 'table',
      caption: null,
      columns: [
        { title: words('column.module'), share: 28, align: 'left' },
        { title: words('stage.gap'), share: 14, align: 'right' },
        { title: words('column.reason'), share: 60, align: 'left' },
      ],
      rows: stage.heldBackBy.map(({ module, gap, reason }) => ({
        cells: [holderName(context, module), formatPoints(gap), sentence(context, say(reason))],
      })),
    },
  ];
}

function reckoning(context: ReportContext, stage: StageReckoning): Block[] {
  const { words, say, language } = context;
  const row = (each: StageModule): Row => ({
    cells: [
      holderName(context, each.module),
      formatDeclared(each.weight, 'ratio', language),
      each.low === null || each.high === null || formatPoints(each.low) === formatPoints(each.high)
        ? formatPoints(each.low)
        : words('stage.range', { low: formatPoints(each.low), high: formatPoints(each.high) }),
      formatNumber(each.min, 0),
      formatNumber(each.max, 0),
      each.low === null ? absent : formatPoints(each.points),
      words(each.low === null ? 'stage.silent' : each.hasEntered ? 'stage.hasEntered' : 'stage.notEntered'),
    ],
    ...(each.hasEntered ? {} : { tone: 'muted' as const }),
  });
  const total: Row = {
    cells: [
      words('stage.score'),
      '',
      '',
      '',
      '',
      formatPoints(stage.scoreLow),
      words('stage.askedShort', { from: formatNumber(stage.from, 0) }),
    ],
    tone: 'group',
  };
  return [
    {
      kind: 'table',
      caption: words('stage.of', { title: say(stage.title) }),
      columns: [
        { title: words('column.module'), share: 26, align: 'left' },
        { title: words('column.weight'), share: 11, align: 'right' },
        { title: words('column.score'), share: 19, align: 'right' },
        { title: words('stage.min'), share: 12, align: 'right' },
        { title: words('stage.max'), share: 13, align: 'right' },
        { title: words('stage.points'), share: 12, align: 'right' },
        { title: words('column.state'), share: 18, align: 'left' },
      ],
      rows: [...stage.modules.map(row), total],
    },
  ];
}
