import { InputError } from '../../../contract.ts';
import { readXml, type XmlHandler } from './xml-stream.ts';
import type { ZipArchive } from './zip-file.ts';

/** Distinct texts of a workbook are held in memory, for cells name them by number. */
const maxCharacters = 128 * 1024 * 1024;

/** `_x000D_` stands for a character that XML cannot hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** Collects the text of `<t>` elements, leaving out phonetic guides. */
export class RichText {
  private parts = '';
  private isInText = false;
  private phonetic = 0;

  open(tag: string): void {
    if (tag === 'rPh') this.phonetic += 1;
    else if (tag === 't') this.isInText = this.phonetic === 0;
  }

  text(text: string): void {
    if (this.isInText) this.parts += text;
  }

  close(tag: string): void {
    if (tag === 'rPh') this.phonetic -= 1;
    else if (tag === 't') this.isInText = false;
  }

  take(): string {
    const text = unescapeText(this.parts);
    this.parts = '';
    return text;
  }
}

export async function readSharedStrings(
  zip: ZipArchive,
  part: string,
  name: string,
): Promise<readonly string[]> {
  const strings: string[] = [];
  const rich = new RichText();
  let characters = 0;
  const handler: XmlHandler = {
    open: (tag) => rich.open(tag),
    text: (text) => rich.text(text),
    close: (tag) => {
      rich.close(tag);
      if (tag !== 'si') return;
      const text = rich.take();
      characters += text.length;
      if (characters > maxCharacters) {
        throw new InputError(
          `${name} holds more than ${maxCharacters / 1048576} MB of distinct texts: save it as CSV`,
        );
      }
      strings.push(text);
    },
  };
  await readXml(zip.stream(part), handler, `${name}: ${part}`);
  return strings;
}
