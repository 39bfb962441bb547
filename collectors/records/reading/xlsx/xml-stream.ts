import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { InputError } from '../../../contract.ts';
import { maxRecordBytes } from '../row.ts';

/** Called for each element; names without their namespace prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function plainAttributes(tag: SaxesTagPlain): Readonly<Record<string, string>> {
  return tag.attributes;
}

/**
 * Feeds XML to the handler and yields the number of bytes fed so far after each piece. InputError for XML that is not
 * well-formed, that declares a document type (entities, external references) or holds one text beyond the limit.
 */
export async function* parseXml(
  chunks: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  where: string,
): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let fed = 0;
  let lastEventAt = 0;
  const happened = () => {
    lastEventAt = fed;
  };
  parser.on('error', (cause) => {
    throw new InputError(`${where} is not well-formed XML (${cause.message}): save the workbook again`, {
      cause,
    });
  });
  parser.on('doctype', () => {
    throw new InputError(`${where} declares a document type, which no workbook does: it is refused`);
  });
  parser.on('opentag', (tag) => {
    happened();
    handler.open(localName(tag.name), plainAttributes(tag));
  });
  parser.on('text', (text) => {
    happened();
    handler.text(text);
  });
  parser.on('cdata', (text) => {
    happened();
    handler.text(text);
  });
  parser.on('closetag', (tag) => {
    happened();
    handler.close(localName(tag.name));
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const write = (chunk: Uint8Array | null) => {
    try {
      parser.write(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch (cause) {
      if (cause instanceof InputError) throw cause;
      throw new InputError(`${where} is not UTF-8: save the workbook again`, { cause });
    }
  };
  for await (const chunk of chunks) {
    write(chunk);
    fed += chunk.length;
    if (fed - lastEventAt > maxRecordBytes) {
      throw new InputError(`${where} holds a text larger than ${maxRecordBytes / 1e6} MB: shorten the cell`);
    }
    yield fed;
  }
  write(null);
  parser.close();
}

/** Feeds a whole part to the handler. */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  where: string,
): Promise<void> {
  for await (const _ of parseXml(chunks, handler, where));
}
