import { deflateSync, inflateSync } from 'node:zlib';

/** One object of a PDF that pdfkit wrote, its stream unpacked. */
export interface PdfObject {
  readonly id: number;
  dictionary: string;
  stream: Buffer | null;
  /** Set when an edit has packed the stream itself. */
  isPacked?: boolean;
}

const packed = '/Filter /FlateDecode';

export function readPdfObjects(bytes: Uint8Array): { head: string; objects: PdfObject[]; trailer: string } {
  const file = Buffer.from(bytes);
  const text = file.toString('latin1');
  const objects: PdfObject[] = [];
  const start = text.search(/\d+ 0 obj\n/);
  let at = start;
  for (
    let match = /^(\d+) 0 obj\n/.exec(text.slice(at, at + 30));
    match;
    match = /^(\d+) 0 obj\n/.exec(text.slice(at, at + 30))
  ) {
    const from = at + match[0].length;
    const end = text.indexOf('endobj\n', from);
    const streamAt = text.indexOf('>>\nstream\n', from);
    if (streamAt < 0 || streamAt > end) {
      objects.push({ id: Number(match[1]), dictionary: text.slice(from, end), stream: null });
      at = end + 7;
      continue;
    }
    const dictionary = text.slice(from, streamAt + 3);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const raw = file.subarray(streamAt + 10, streamAt + 10 + length);
    objects.push({
      id: Number(match[1]),
      dictionary,
      stream: dictionary.includes(packed) ? inflateSync(raw) : raw,
    });
    at = text.indexOf('endobj\n', streamAt + 10 + length) + 7;
  }
  const trailer = text.slice(text.indexOf('trailer\n', at), text.indexOf('startxref', at));
  return { head: text.slice(0, start), objects, trailer };
}

/** The PDF with objects edited and everything else in order: streams packed again, lengths and table right. */
export function editPdf(bytes: Uint8Array, edit: (object: PdfObject) => void, level = 6): Uint8Array {
  const { head, objects, trailer } = readPdfObjects(bytes);
  const parts: Buffer[] = [Buffer.from(head, 'latin1')];
  const offsets = new Map<number, number>();
  let size = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  for (const object of objects) {
    edit(object);
    offsets.set(object.id, size);
    const needsPacking = object.dictionary.includes(packed) && !object.isPacked;
    const stream = object.stream && (needsPacking ? deflateSync(object.stream, { level }) : object.stream);
    const dictionary = stream
      ? object.dictionary.replace(/\/Length \d+/, `/Length ${stream.length}`)
      : object.dictionary;
    add(Buffer.from(`${object.id} 0 obj\n${dictionary}`, 'latin1'));
    if (stream) add(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
    add(Buffer.from('endobj\n'));
  }
  const table = [...offsets.keys()]
    .sort((a, b) => a - b)
    .map((id) => `${String(offsets.get(id)).padStart(10, '0')} 00000 n \n`);
  const end = `xref\n0 ${offsets.size + 1}\n0000000000 65535 f \n${table.join('')}${trailer}startxref\n${size}\n%%EOF\n`;
  add(Buffer.from(end, 'latin1'));
  return new Uint8Array(Buffer.concat(parts));
}

/** For each font of the file, what a run of its glyphs in hex digits says. */
export function decodersOf(bytes: Uint8Array): ((hex: string) => string)[] {
  return readPdfObjects(bytes)
    .objects.filter((object) => object.stream?.includes('beginbfrange'))
    .map((object) => {
      const characters = new Map<number, string>();
      for (const range of object.stream?.toString('latin1').matchAll(/<(\w{4})> <\w{4}> \[(.*?)\]/g) ?? []) {
        const first = Number.parseInt(range[1] ?? '0', 16);
        for (const [index, entry] of (range[2] ?? '').slice(1, -1).split('> <').entries()) {
          const codes = entry.split(' ').map((hex) => Number.parseInt(hex, 16));
          characters.set(first + index, String.fromCharCode(...codes));
        }
      }
      return (hex) =>
        (hex.match(/.{4}/g) ?? []).map((glyph) => characters.get(Number.parseInt(glyph, 16)) ?? '').join('');
    });
}
