import { coverageOf } from '../../../scoring/contract.ts';
import type { Block, Row, Table } from '../blocks.ts';
import { modulesOf, type ReportContext } from '../context.ts';
import { absent, formatDeclared, formatNumber, formatPoints, formatRatio } from '../figures.ts';
import { gradeOrUngraded, isCertain, nameOf, provenanceName, scoreWithRange, sentence } from '../phrases.ts';

/** The overall grade, how it came about, and the modules side by side. */
export function writeOverall(context: ReportContext): Block[] {
  const { evaluation, model, words, say } = context;
  return [
    { kind: 'heading', level: 1, id: 'overall', text: words('overall.title'), startsPage: true },
    { kind: 'paragraph', style: 'lead', text: sentence(context, say(evaluation.overall.reason)) },
    { kind: 'paragraph', style: 'body', text: say(model.overall.explanation) },
    { kind: 'heading', level: 2, id: 'overall-modules', text: words('overall.modules'), startsPage: false },
    ...moduleChart(context),
    moduleTable(context),
    { kind: 'heading', level: 2, id: 'overall-how', text: words('overall.how'), startsPage: false },
    ...rules(context),
    gradeBands(context),
  ];
}

/** A radar of the scored modules where there are three or more, bars otherwise; modules without a score are named. */
export function moduleChart(context: ReportContext): Block[] {
  const { evaluation, previous, words, say } = context;
  const modules = modulesOf(evaluation);
  const scored = modules.filter((node) => node.score !== null);
  if (!scored.length) return [{ kind: 'paragraph', style: 'note', text: words('overall.nothingScored') }];
  const alt = words('overall.chartAlt', {
    scores: scored.map((node) => `${say(node.title)} ${formatPoints(node.score)}`).join(words('listComma')),
  });
  const left = modules.filter((node) => node.score === null).map((node) => say(node.title));
  const note: Block[] = left.length
    ? [
        {
          kind: 'paragraph',
          style: 'note',
          text: words('overall.leftOut', { names: left.join(words('listComma')) }),
        },
      ]
    : [];
  if (scored.length < 3) {
    const items = modules.map((node) => ({
      label: say(node.title),
      value: node.score,
      text: formatPoints(node.score),
    }));
    return [{ kind: 'chart', alt, chart: { kind: 'bars', items, max: 100 } }, ...note];
  }
  const before = new Map(previous ? modulesOf(previous).map((node) => [node.id, node.score]) : []);
  const old = scored.map((node) => before.get(node.id) ?? null);
  const series = [{ name: evaluation.period.id, values: scored.map((node) => node.score) }];
  if (previous && old.every((value) => value !== null))
    series.unshift({ name: previous.period.id, values: old });
  return [
    { kind: 'chart', alt, chart: { kind: 'radar', axes: scored.map((node) => say(node.title)), series } },
    ...note,
  ];
}

function moduleTable(context: ReportContext): Table {
  const { evaluation, language, modelNodes, words } = context;
  const isWeighted = context.model.overall.kind === 'score';
  return {
    kind: 'table',
    caption: words('overall.table'),
    columns: [
      { title: words('column.module'), share: 30, align: 'left' },
      ...(isWeighted ? [{ title: words('column.weight'), share: 12, align: 'right' as const }] : []),
      { title: words('column.score'), share: 26, align: 'right' },
      { title: words('column.grade'), share: 14, align: 'center' },
      { title: words('column.coverage'), share: 14, align: 'right' },
      { title: words('column.provenance'), share: 20, align: 'left' },
    ],
    rows: modulesOf(evaluation).map(
      (node): Row => ({
        cells: [
          nameOf(context, node),
          ...(isWeighted ? [formatDeclared(modelNodes.get(node.id)?.weight ?? null, 'ratio', language)] : []),
          scoreWithRange(context, node),
          gradeOrUngraded(context, node.grade),
          formatRatio(coverageOf(node)),
          provenanceName(context, node.provenance),
        ],
      }),
    ),
  };
}

function rules(context: ReportContext): Block[] {
  const { evaluation, model, words, say } = context;
  if (model.overall.kind !== 'gradeCounts') {
    const { overall } = evaluation;
    if (overall.grade === null) {
      const text = words('overall.scoreUngraded', { score: formatPoints(overall.score) });
      return [{ kind: 'paragraph', style: 'body', text }];
    }
    const text = words('overall.scoreRule', {
      score: formatPoints(overall.score),
      low: isCertain(overall) ? null : formatPoints(overall.scoreLow),
      grade: gradeOrUngraded(context, overall.grade),
    });
    return [{ kind: 'paragraph', style: 'body', text }];
  }
  const counts = new Map<string, number>();
  for (const node of modulesOf(evaluation)) {
    if (node.grade !== null) counts.set(node.grade, (counts.get(node.grade) ?? 0) + 1);
  }
  const list = model.grades.map(({ grade }) =>
    words('overall.count', { grade, count: counts.get(grade) ?? 0 }),
  );
  const chosen = new Map(evaluation.interpretations.map((each) => [each.id, each.option]));
  const rows = model.overall.rules.map((rule): Row => {
    const when =
      rule.when === null || typeof rule.when === 'string'
        ? rule.when
        : (rule.when.options[chosen.get(rule.when.interpretation) ?? ''] ?? null);
    const decided = rule.id === evaluation.overall.rule;
    return {
      cells: [
        rule.id,
        when ?? words('overall.otherwise'),
        rule.grade,
        decided ? words('overall.decided') : '',
      ],
      note: say(rule.reason),
      ...(decided ? { tone: 'group' as const } : {}),
    };
  });
  return [
    {
      kind: 'paragraph',
      style: 'body',
      text: words('overall.counts', { counts: list.join(words('listComma')) }),
    },
    {
      kind: 'table',
      caption: words('overall.rules'),
      columns: [
        { title: words('column.rule'), share: 24, align: 'left' },
        { title: words('column.condition'), share: 46, align: 'left' },
        { title: words('column.grade'), share: 12, align: 'center' },
        { title: words('column.applied'), share: 18, align: 'left' },
      ],
      rows,
    },
  ];
}

function gradeBands(context: ReportContext): Table {
  const { model, words, say } = context;
  return {
    kind: 'table',
    caption: words('overall.bands'),
    columns: [
      { title: words('column.grade'), share: 14, align: 'center' },
      { title: words('column.from'), share: 20, align: 'right' },
      { title: words('column.meaning'), share: 66, align: 'left' },
    ],
    rows: model.grades.map(
      (band): Row => ({
        cells: [
          band.grade,
          words('overall.from', { from: formatNumber(band.from, band.from % 1 ? 1 : 0) }),
          say(band.meaning) || absent,
        ],
      }),
    ),
  };
}
