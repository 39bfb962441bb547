import { SaxesParser, type SaxesTagNS } from 'saxes';
import { upTo } from './bounded-bytes.ts';
import { reportLimits } from './limits.ts';
import { reportFault } from './report-fault.ts';
import { reportText } from './report-text.ts';

export interface XmlTag {
  /** Without its prefix. */
  readonly name: string;
  /** The namespace that the prefix means; '' without one. */
  readonly uri: string;
  /** Those without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
}

export interface XmlHandler {
  /** The name that a bare `<!DOCTYPE name>` may have; any other document type is refused. */
  readonly documentType?: string;
  /** True asks for the text of the element and of those within it. */
  open(tag: XmlTag): boolean;
  /** `text` is null where it was not asked for. */
  close(tag: XmlTag, text: string | null): void;
}

interface OpenElement {
  readonly tag: XmlTag;
  readonly texts: string[] | null;
  size: number;
}

/** What is kept while XML is read; every method throws InputError at its limit. */
class XmlReading {
  readonly #handler: XmlHandler;
  readonly #fileName: string;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #open: OpenElement[] = [];
  #elements = 0;
  #fed = 0;
  #lastEventAt = 0;

  constructor(handler: XmlHandler, fileName: string) {
    this.#handler = handler;
    this.#fileName = fileName;
    const parser = this.#parser;
    const noted = <T>(act: (value: T) => void) => {
      return (value: T) => {
        this.#lastEventAt = this.#fed;
        act(value);
      };
    };
    parser.on('error', (cause) => this.#refuseForm(cause));
    parser.on('doctype', noted(this.#checkDocumentType.bind(this)));
    parser.on('opentag', noted(this.#openElement.bind(this)));
    parser.on('closetag', noted(this.#closeElement.bind(this)));
    parser.on('text', noted(this.#addText.bind(this)));
    parser.on('cdata', noted(this.#addText.bind(this)));
    parser.on(
      'comment',
      noted(() => {}),
    );
  }

  write(piece: string): void {
    this.#parser.write(piece);
    this.#fed += piece.length;
    if (this.#fed - this.#lastEventAt > reportLimits.textBytes) this.#refuseSize();
  }

  end(): void {
    this.#parser.close();
  }

  #openElement(given: SaxesTagNS): void {
    this.#elements += 1;
    if (this.#open.length >= reportLimits.depth || this.#elements > reportLimits.elements)
      this.#refuseNumber();
    const attributes = new Map<string, string>();
    for (const { prefix, local, value } of Object.values(given.attributes))
      if (prefix === '' && local !== 'xmlns') attributes.set(local, value);
    const tag = { name: given.local, uri: given.uri, attributes, line: this.#parser.line };
    const texts = this.#handler.open(tag) ? [] : null;
    this.#open.push({ tag, texts, size: 0 });
  }

  #addText(text: string): void {
    for (const each of this.#open) {
      if (!each.texts) continue;
      each.size += text.length;
      if (each.size > reportLimits.textBytes) this.#refuseSize();
      each.texts.push(text);
    }
  }

  #closeElement(): void {
    const element = this.#open.pop();
    if (element) this.#handler.close(element.tag, element.texts?.join('') ?? null);
  }

  /** A document type can declare entities, which grow without bound, and name files and addresses to be read. */
  #checkDocumentType(text: string): void {
    if (text.trim() === this.#handler.documentType) return;
    throw reportFault(this.#fileName, this.#line(), {
      zh: '声明了文档类型（DOCTYPE），其中可能含实体或外部引用，扫描器不会写出：已拒绝读取',
      en: 'declares a document type, which may hold entities or external references and which no scanner writes: it is refused',
    });
  }

  #refuseForm(cause: Error): never {
    const said = cause.message.replace(/^[^ ]*\d+:\d+: /, '').slice(0, 100);
    throw reportFault(
      this.#fileName,
      this.#line(),
      {
        zh: `不是格式正确的 XML（${said}），文件可能不完整：请重新导出或重新传输`,
        en: `is not well-formed XML (${said}); the file may be truncated: export or fetch it again`,
      },
      cause,
    );
  }

  #refuseSize(): never {
    const size = reportLimits.textBytes / 1024 / 1024;
    throw reportFault(this.#fileName, this.#line(), {
      zh: `单个文本、属性或注释超过 ${size} MB，扫描报告不会如此：已拒绝读取`,
      en: `a text, attribute or comment is larger than ${size} MB, which no scan report has: it is refused`,
    });
  }

  #refuseNumber(): never {
    const { depth } = reportLimits;
    const elements = reportLimits.elements.toLocaleString('en');
    throw reportFault(this.#fileName, this.#line(), {
      zh: `元素超过 ${depth} 层或 ${elements} 个：已拒绝读取`,
      en: `nested deeper than ${depth} levels, or more than ${elements} elements: it is refused`,
    });
  }

  #line(): string {
    return `line ${this.#parser.line}`;
  }
}

/** Feeds a document to the handler, piece by piece; InputError for XML that is not well-formed, hostile or too large. */
export async function readXml(
  { chunks, fileName }: { readonly chunks: AsyncIterable<Uint8Array>; readonly fileName: string },
  handler: XmlHandler,
): Promise<void> {
  const reading = new XmlReading(handler, fileName);
  for await (const piece of reportText(upTo(reportLimits.xmlBytes, chunks, fileName), fileName))
    reading.write(piece);
  reading.end();
}
