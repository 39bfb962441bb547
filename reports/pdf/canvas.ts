import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { type Language, languageTags } from '../../scoring/contract.ts';
import type { ReportFonts } from './font-file.ts';
import { breakLines, type Measure } from './line-breaks.ts';
import { page, type TextStyle } from './style.ts';

/** A node of the structure tree: the tags that assistive technology reads. */
export type Tag = PDFKit.PDFStructureElement;

export interface PdfAttachment {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly relationship: 'Source' | 'Data' | 'Supplement';
  readonly description: string;
}

export interface PdfMetadata {
  readonly title: string;
  readonly subject: string;
  readonly language: Language;
  /** ISO instant; stands for every date in the file. */
  readonly date: string;
  readonly keywords: string;
}

/** The Unicode replacement for a character that the font lacks; a PDF/A file may not show a missing glyph. */
const replacement = '□';

interface GlyphSource {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** One PDF being drawn, page after page: PDF/A-3a, tagged, with embedded subsets of the fonts. */
export class Canvas {
  readonly #doc: PDFKit.PDFDocument;
  readonly #chunks: Uint8Array[] = [];
  readonly #ended: Promise<void>;
  readonly #date: Date;
  readonly #root: Tag;
  readonly #covered = new Map<string, boolean>();
  readonly #widths = new Map<string, number>();
  #bookmark: PDFKit.PDFOutline | null = null;

  constructor(fonts: ReportFonts, metadata: PdfMetadata) {
    this.#date = new Date(metadata.date);
    this.#doc = new PDFDocument({
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: languageTags[metadata.language],
      displayTitle: true,
      size: [page.width, page.height],
      margin: 0,
      autoFirstPage: false,
      font: undefined as unknown as string,
      info: {
        Title: metadata.title,
        Subject: metadata.subject,
        Keywords: metadata.keywords,
        Creator: 'CityGauge',
        Producer: 'CityGauge',
        CreationDate: this.#date,
        ModDate: this.#date,
      },
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#doc.on('end', resolve);
      this.#doc.on('error', reject);
    });
    this.#doc.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
    this.#doc.registerFont('regular', fonts.regular as Buffer);
    this.#doc.registerFont('bold', fonts.bold as Buffer);
    this.#root = this.#doc.struct('Document');
    this.#doc.addStructure(this.#root);
  }

  get root(): Tag {
    return this.#root;
  }

  addPage(): void {
    this.#doc.addPage({ size: [page.width, page.height], margin: 0 });
  }

  tag(type: string, parent: Tag, options: Record<string, unknown> = {}): Tag {
    const element = this.#doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** Draws what belongs to no element: rules, backgrounds, page headers. */
  artifact(kind: 'Pagination' | 'Layout', draw: () => void): void {
    this.#doc.markContent('Artifact', { type: kind });
    draw();
    this.#doc.endMarkedContent();
  }

  /** Text as it can be shown: control characters gone, characters without a glyph replaced. */
  clean(text: string): string {
    let out = '';
    for (const character of text.normalize('NFC')) {
      if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(character)) out += character === '\n' ? '\n' : '';
      else out += this.#covers(character) ? character : replacement;
    }
    return out;
  }

  #covers(character: string): boolean {
    let known = this.#covered.get(character);
    if (known === undefined) {
      const { font } = (this.#doc.font('regular') as unknown as GlyphSource)._font;
      known = font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      this.#covered.set(character, known);
    }
    return known;
  }

  measureIn({ font, size }: Pick<TextStyle, 'font' | 'size'>): Measure {
    return (text) => {
      const key = `${font} ${text}`;
      let width = this.#widths.get(key);
      if (width === undefined) {
        width = this.#doc.font(font).fontSize(1000).widthOfString(text) / 1000;
        this.#widths.set(key, width);
      }
      return width * size;
    };
  }

  lines(text: string, style: TextStyle, width: number): string[] {
    return breakLines(this.clean(text), width, this.measureIn(style));
  }

  /** One line with its baseline at `baseline`; `x` is its left, centre or right. */
  line(
    text: string,
    at: { x: number; baseline: number; align?: 'left' | 'center' | 'right' },
    style: TextStyle,
  ): void {
    if (text === '') return;
    const width = at.align && at.align !== 'left' ? this.measureIn(style)(text) : 0;
    const x = at.align === 'right' ? at.x - width : at.align === 'center' ? at.x - width / 2 : at.x;
    this.#doc.font(style.font).fontSize(style.size).fillColor(style.color);
    this.#doc.text(text, x, at.baseline, { lineBreak: false, baseline: 'alphabetic' });
  }

  fill(x: number, y: number, width: number, height: number, color: string): void {
    this.#doc.rect(x, y, width, height).fill(color);
  }

  rule(x1: number, y: number, x2: number, color: string, thickness = 0.6): void {
    this.#doc.moveTo(x1, y).lineTo(x2, y).lineWidth(thickness).stroke(color);
  }

  svg(svg: string, x: number, y: number, size: { width: number; height: number }): void {
    svgToPdf(this.#doc, svg, x, y, {
      ...size,
      assumePt: true,
      fontCallback: (_family: string, isBold: boolean) => (isBold ? 'bold' : 'regular'),
      warningCallback: (message: string) => {
        throw new Error(`chart cannot be drawn: ${message}`);
      },
    });
  }

  /** A place that contents and bookmarks lead to. */
  anchor(id: string, title: string, y: number, level: number): void {
    this.#doc.addNamedDestination(id, 'XYZ', 0, y, null);
    const target = { left: page.width, top: y } as { expanded?: boolean };
    if (level === 1) this.#bookmark = this.#doc.outline.addItem(title, target);
    else this.#bookmark?.addItem(title, target);
  }

  /** A clickable box that belongs to `tag`, which is complete afterwards. */
  linkTo(
    id: string,
    box: { x: number; y: number; width: number; height: number },
    contents: string,
    tag: Tag,
  ): void {
    this.#doc.goTo(box.x, box.y, box.width, box.height, id, {
      structParent: tag,
      Contents: new String(contents),
    } as unknown as PDFKit.Mixins.AnnotationOption);
    tag.end();
  }

  attach(attachment: PdfAttachment): void {
    this.#doc.file(
      attachment.bytes as Buffer,
      {
        name: attachment.name,
        type: attachment.mediaType,
        relationship: attachment.relationship,
        description: attachment.description,
        creationDate: this.#date,
        modifiedDate: this.#date,
      } as PDFKit.Mixins.PDFAttachmentOptions,
    );
  }

  async finish(): Promise<Uint8Array> {
    this.#doc.end();
    await this.#ended;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}
