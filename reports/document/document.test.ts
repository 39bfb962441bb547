import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../scoring/contract.ts';
import { type SampleOptions, sampleBundle, shippedModel } from '../../test/report-samples.ts';
import type { Block, ReportDocument } from './blocks.ts';
import { buildDocument } from './document.ts';

function textOf(block: Block): string[] {
  switch (block.kind) {
    case 'cover':
      return [
        block.title,
        block.subject,
        block.period,
        `${block.grade.label}: ${block.grade.value}`,
        ...(block.sampleNote ? [block.sampleNote] : []),
        ...block.facts.map((fact) => `${fact.label}: ${fact.value}`),
      ];
    case 'contents':
      return [];
    case 'heading':
      return ['', `${'#'.repeat(block.level)} ${block.text}`];
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items.map((item) => `- ${item}`);
    case 'facts':
      return block.items.map((item) => `${item.label}: ${item.value}`);
    case 'keyFigures':
      return [block.items.map((item) => `[${item.label}: ${item.value} ${item.note}]`).join(' ')];
    case 'table':
      return [
        `| ${block.columns.map((column) => column.title).join(' | ')} |${block.caption ? ` ${block.caption}` : ''}`,
        ...block.rows.flatMap((row) => [
          `| ${row.cells.join(' | ')} |`,
          ...(row.note ? [`  ${row.note}`] : []),
        ]),
      ];
    case 'chart':
      return [`(${block.alt})`];
    case 'signOff':
      return block.roles.map((role) => `${role.role}: ${role.fields.join(', ')}`);
  }
}

function build(options: SampleOptions): ReportDocument {
  return buildDocument(sampleBundle(options), [shippedModel(options.model ?? 'event-loop-2022')]);
}

/** The blocks from one heading up to another. */
function between({ blocks }: ReportDocument, from: string, to: string): readonly Block[] {
  const at = (id: string) => blocks.findIndex((block) => block.kind === 'heading' && block.id === id);
  assert.ok(at(from) >= 0 && at(to) > at(from), `${from} .. ${to}`);
  return blocks.slice(at(from), at(to));
}

const plain = (report: ReportDocument) => `${report.blocks.flatMap(textOf).join('\n')}\n`;

/** Compares with a whole file; `UPDATE_GOLDENS=1` writes it anew. */
function assertGolden(name: string, text: string): void {
  const path = join(import.meta.dirname, 'golden', name);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, text);
  const renew = 'renew with: UPDATE_GOLDENS=1 npx mocha reports/document/document.test.ts';
  assert.equal(text, readFileSync(path, 'utf8'), `${name} differs; ${renew}`);
}

describe('the text of a report', () => {
  for (const language of ['zh', 'en'] as Language[]) {
    it(`is as kept in golden/event-loop-2022.${language}.txt`, () => {
      const report = build({ language, secondSource: 0.001, hasEvidence: (index) => index !== 3 });
      assertGolden(`event-loop-2022.${language}.txt`, plain(report));
    });
  }

  it('has the chapters of the stage, of three levels and of decisions as kept in golden/citygauge-operations.zh.txt', () => {
    const report = build({
      model: 'citygauge-operations',
      language: 'zh',
      secondSource: 0.3,
      decidedBy: '王五',
      periods: ['2015-Q4'],
      hasEvidence: (index) => index !== 3,
      change: (observation, index) => (index === 9 ? { ...observation, coverage: 0.75 } : observation),
    });
    const chapters = [
      ...between(report, 'stage', 'module-business'),
      ...between(report, 'gaps-conflicts', 'method'),
    ];
    assertGolden('citygauge-operations.zh.txt', `${chapters.flatMap(textOf).join('\n')}\n`);
  });

  it('prints a dash or the state for a figure that is absent, never a number', () => {
    const report = build({ model: 'scie-2021-value', periods: ['2015-Q4'], hasEvidence: () => false });
    const tables = report.blocks.filter((block) => block.kind === 'table');
    const modules = tables.find((table) => table.caption === 'Score, grade and coverage of each module');
    assert.equal(modules?.rows.length, 8);
    for (const row of modules?.rows ?? [])
      assert.deepEqual(row.cells.slice(1), ['—', 'Ungraded', '0.0\u00a0%', '—']);
    assert.equal(report.blocks.filter((block) => block.kind === 'chart').length, 0);
    const losses = report.blocks.find(
      (block) => block.kind === 'paragraph' && block.text === 'No indicator lost points.',
    );
    assert.ok(losses);
  });

  it('names each missing figure with who owes it', () => {
    const model = shippedModel('scie-2021-value');
    const report = build({ model: model.id, periods: ['2015-Q4'], hasEvidence: (index) => index > 1 });
    const table = report.blocks.find(
      (block) => block.kind === 'table' && block.caption === 'Missing figures',
    );
    assert.ok(table?.kind === 'table');
    const owners = model.nodes[0]?.children.slice(0, 2).map((node) => node.leaf?.owner.en);
    assert.deepEqual(
      table.rows.map((row) => [row.cells[0]?.split(' ')[0], row.cells[1], row.cells[2]]),
      [
        ['S1.T1', 'Not reported', owners?.[0]],
        ['S1.T2', 'Not reported', owners?.[1]],
      ],
    );
  });

  it('gives both sides of a conflict with all that leads to them, and their files', () => {
    const report = build({ language: 'zh', periods: ['2015-Q4'], secondSource: 0.19 });
    const at = report.blocks.findIndex((block) => block.kind === 'heading' && block.id === 'gaps-conflicts');
    const conflicts = report.blocks.slice(at).find((block) => block.kind === 'table');
    assert.ok(conflicts?.kind === 'table');
    const [head, first, second] = conflicts.rows;
    assert.equal(conflicts.rows.length, 3);
    assert.match(
      head?.note ?? '',
      /^来源之间相对偏差 19\.0 %，超出容差 2\.0 %（系统测量 .*、填报（附佐证） .*）/,
    );
    assert.equal(head?.note?.match(/相对偏差/g)?.length, 1);
    assert.deepEqual(first?.cells.slice(2), ['系统测量', '12,448', '2016-01-01 00:00']);
    assert.match(
      first?.note ?? '',
      /分子 [\d,]+，分母 12,448.*work-orders\[.*boston-311-2015\.csv\.gz（12,448 行，sha256 (?:ab)+…）/s,
    );
    assert.deepEqual(second?.cells.slice(2), ['填报（附佐证）', '—', '2015-12-20 07:00']);
    assert.match(second?.note ?? '', /佐证材料 annex-2\.pdf.*填报人 A\. Clerk/);
    const tables = report.blocks.filter((block) => block.kind === 'table');
    const appendix = tables.find((table) => table.caption === '观测值及来源');
    assert.equal(appendix?.rows[1]?.note, '各来源的数值、口径和文件见“数据冲突”一节');
    const files = tables.find((table) => table.columns[1]?.title === 'SHA-256');
    assert.deepEqual(files?.rows[0]?.cells, ['boston-311-2015.csv.gz', 'ab'.repeat(32), '11']);
  });

  it('lists only moves that can be seen, and says where the points stayed', () => {
    const moved = build({
      periods: ['2015-Q3', '2015-Q4'],
      change: (observation, index) => ({
        ...observation,
        value:
          index === 2 ? (observation.period === '2015-Q4' ? 5.5 : 5) : index === 0 ? 0.9 : observation.value,
        ...(index === 0 && observation.period === '2015-Q4' ? { value: 0.900001 } : {}),
        numerator: index > 2 ? observation.numerator : index === 1 ? observation.numerator : null,
        denominator: index > 2 ? observation.denominator : index === 1 ? observation.denominator : null,
      }),
    });
    const table = moved.blocks.find(
      (block) => block.kind === 'table' && block.caption === 'Indicators that moved',
    );
    assert.ok(table?.kind === 'table');
    const change = new Map(table.rows.map((row) => [row.cells[0], row.cells[3]]));
    assert.equal(change.get('Mean handling time'), 'points unchanged, value +0.5\u00a0h');
    assert.equal(change.has('Closure rate'), false);
  });

  it('does not print what a score is out of where there is none', () => {
    const report = build({ periods: ['2015-Q4'], hasEvidence: () => false });
    const cards = report.blocks.flatMap((block) => (block.kind === 'keyFigures' ? block.items : []));
    const scores = cards.filter((card) => card.label === 'Score');
    assert.equal(scores.length, 4);
    for (const card of scores) assert.deepEqual([card.value, card.note], ['—', '']);
  });

  it('marks sample data on the cover and in the header', () => {
    const report = build({ isSample: true, language: 'zh' });
    assert.equal(report.sampleMark, '示例数据');
    assert.equal(build({}).sampleMark, null);
  });

  it('gives every heading an id of its own', () => {
    const ids = build({ model: 'scie-2021-value' }).blocks.flatMap((block) =>
      block.kind === 'heading' ? [block.id] : [],
    );
    assert.ok(ids.length > 30);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('refuses a bundle whose model is not given', () => {
    assert.throws(
      () => buildDocument(sampleBundle(), []),
      /model event-loop-2022 with sha256 [0-9a-f]{64} is not in the bundle/,
    );
  });
});
