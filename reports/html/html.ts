import Handlebars from 'handlebars';
import { languageTags } from '../../scoring/contract.ts';
import { chartSvg } from '../charts/chart-svg.ts';
import type { Block, Heading, ReportDocument, Table } from '../document/blocks.ts';
import { wordingIn } from '../document/wording.ts';
import { type HtmlTemplates, readHtmlTemplates } from './template-files.ts';

type Render = (view: object) => string;

let compiled: Render | null = null;

/** The report as one file that needs nothing else: styles and charts inside, no script. */
export function renderHtml(report: ReportDocument): Uint8Array {
  compiled ??= compile(readHtmlTemplates());
  return new TextEncoder().encode(compiled(viewOf(report)));
}

function compile({ css, sources }: HtmlTemplates): Render {
  const handlebars = Handlebars.create();
  for (const [name, source] of sources) handlebars.registerPartial(name, source);
  const page = handlebars.compile(sources.get('report') ?? '', { strict: true });
  return (view) => page({ ...view, css });
}

function viewOf(report: ReportDocument): object {
  const { blocks, language, ...rest } = report;
  return {
    ...rest,
    lang: languageTags[language],
    numberLine: wordingIn(language)('numberShort', { number: report.number }),
    headings: blocks.filter((block): block is Heading => block.kind === 'heading' && block.level < 3),
    blocks: blocks.map(viewOfBlock),
  };
}

function viewOfBlock(block: Block): object {
  if (block.kind === 'heading') return { ...block, tag: `h${block.level + 1}` };
  if (block.kind === 'chart')
    return { kind: 'chart', alt: block.alt, svg: svgInPageFont(chartSvg(block.chart, 700).svg) };
  if (block.kind === 'table') return viewOfTable(block);
  return block;
}

/** Charts name the font of the PDF; on a page they take the page's. */
function svgInPageFont(svg: string): string {
  return svg.replace(/font-family:[^;"]*/g, 'font-family:inherit');
}

function viewOfTable(table: Table): object {
  const total = table.columns.reduce((sum, column) => sum + column.share, 0);
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      width: `${((column.share / total) * 100).toFixed(2)}%`,
    })),
    rows: table.rows.map((row) => ({
      tone: row.tone ?? '',
      note: row.note ?? '',
      span: table.columns.length,
      cells: row.cells.map((text, index) => ({
        text,
        isHead: index === 0,
        code: index === 0 ? (row.code ?? '') : '',
        align: table.columns[index]?.align ?? 'left',
      })),
    })),
  };
}
