import type { Block, ReportDocument } from '../document/blocks.ts';
import { wordingIn } from '../document/wording.ts';
import { Canvas, type PdfAttachment } from './canvas.ts';
import { layChart, layKeyFigures, laySignOff } from './figure-strips.ts';
import type { ReportFonts } from './font-file.ts';
import { layContents, layCover } from './front-strips.ts';
import { type PlacedPage, paginate, type Strip } from './strips.ts';
import { ink, page, styles, textWidth } from './style.ts';
import { layTable } from './table-strips.ts';
import { layFacts, layHeading, layList, layParagraph } from './text-strips.ts';

export interface PdfOptions {
  readonly fonts: ReportFonts;
  readonly attachments: readonly PdfAttachment[];
  /** ISO instant that stands for every date in the file. */
  readonly date: string;
}

/** Sets a report as PDF/A-3a; the same document, fonts and attachments give the same bytes. */
export async function renderPdf(report: ReportDocument, options: PdfOptions): Promise<Uint8Array> {
  const canvas = new Canvas(options.fonts, {
    title: plainForMetadata(`${report.title} ${report.subject} ${report.number}`),
    subject: plainForMetadata(report.runningHead),
    keywords: 'CityGauge',
    language: report.language,
    date: options.date,
  });
  const strips = report.blocks.flatMap((block, index) =>
    introduces(block, report.blocks[index + 1])
      ? keepTogether(layBlock(canvas, block, report))
      : layBlock(canvas, block, report),
  );
  const pages = paginate(strips);
  const pageOf = headingPages(pages);
  for (const [index, placed] of pages.entries()) {
    canvas.addPage();
    if (index > 0) paintFurniture(canvas, report, { number: index + 1, count: pages.length });
    for (const { strip, y } of placed) strip.paint(canvas, page.top + y, pageOf);
  }
  for (const attachment of options.attachments) canvas.attach(attachment);
  return canvas.finish();
}

/** A paragraph right before a table, chart or list speaks of it and stays on its page. */
function introduces(block: Block, next: Block | undefined): boolean {
  return (
    block.kind === 'paragraph' && (next?.kind === 'table' || next?.kind === 'chart' || next?.kind === 'list')
  );
}

function keepTogether(strips: readonly Strip[]): Strip[] {
  return strips.map((strip) => ({ ...strip, keepsWithNext: true }));
}

/** Metadata goes into XML as it is, so the two characters XML reserves are replaced by their full-width forms. */
function plainForMetadata(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '＜');
}

function layBlock(canvas: Canvas, block: Block, report: ReportDocument): Strip[] {
  switch (block.kind) {
    case 'cover':
      return layCover(canvas, block, report.sampleMark);
    case 'contents':
      return layContents(canvas, block, report.blocks);
    case 'heading':
      return layHeading(canvas, block);
    case 'paragraph':
      return layParagraph(canvas, block);
    case 'list':
      return layList(canvas, block);
    case 'facts':
      return layFacts(canvas, block);
    case 'keyFigures':
      return layKeyFigures(canvas, block);
    case 'table':
      return layTable(canvas, block);
    case 'chart':
      return layChart(canvas, block);
    case 'signOff':
      return laySignOff(canvas, block);
  }
}

function headingPages(pages: readonly PlacedPage[]): (id: string) => number {
  const numbers = new Map<string, number>();
  for (const [index, placed] of pages.entries()) {
    for (const { strip } of placed) if (strip.heading) numbers.set(strip.heading.id, index + 1);
  }
  return (id) => {
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`heading ${id} is on no page`);
    return number;
  };
}

function paintFurniture(canvas: Canvas, report: ReportDocument, at: { number: number; count: number }): void {
  const words = wordingIn(report.language);
  const right = page.left + textWidth;
  const style = styles.header;
  canvas.artifact('Pagination', () => {
    const head = canvas.lines(report.runningHead, style, textWidth - 120)[0] ?? '';
    canvas.line(head, { x: page.left, baseline: 44 }, style);
    if (report.sampleMark !== null) {
      const mark = { ...style, font: 'bold', size: 9, color: ink.sample } as const;
      canvas.line(canvas.clean(report.sampleMark), { x: right, baseline: 44, align: 'right' }, mark);
    }
    canvas.rule(page.left, 52, right, ink.rule, 0.5);
    const foot = page.height - 34;
    canvas.rule(page.left, foot - 13, right, ink.rule, 0.5);
    canvas.line(
      canvas.clean(words('numberShort', { number: report.number })),
      { x: page.left, baseline: foot },
      style,
    );
    const folio = words('page', { page: at.number, pages: at.count });
    canvas.line(canvas.clean(folio), { x: right, baseline: foot, align: 'right' }, style);
  });
}
