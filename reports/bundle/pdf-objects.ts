import { inflateSync } from 'node:zlib';
import type { Difference } from '../contract.ts';

interface PdfObjects {
  /** Everything before the first object. */
  readonly head: string;
  readonly objects: ReadonlyMap<number, Uint8Array>;
  /** The trailer dictionary and what follows, without offsets. */
  readonly tail: string;
}

const latin1 = new TextDecoder('latin1');

/**
 * Compares two PDFs object by object with streams unpacked, so that a file packed by another version of the compressor
 * counts as the same, and anything added, removed or changed is named.
 */
export function compareObjects(printed: Uint8Array, recomputed: Uint8Array): Difference[] {
  const wanted = readObjects(recomputed);
  const found = readObjects(printed);
  if (!wanted) throw new Error('a PDF that was just made does not read as expected');
  if (!found)
    return [
      { where: 'file', printed: 'rewritten or appended to by another program', recomputed: 'as issued' },
    ];
  const differences: Difference[] = [];
  if (found.head !== wanted.head || found.tail !== wanted.tail) {
    differences.push({ where: 'file structure', printed: found.tail, recomputed: wanted.tail });
  }
  const nameOf = namesOf(wanted.objects);
  for (const id of new Set([...wanted.objects.keys(), ...found.objects.keys()])) {
    const change = firstChange(found.objects.get(id), wanted.objects.get(id));
    if (change) differences.push({ where: nameOf(id), ...change });
  }
  return differences;
}

/** Null for a file that is not laid out as one run of objects, one table and one trailer. */
function readObjects(bytes: Uint8Array): PdfObjects | null {
  const text = latin1.decode(bytes);
  const end = /startxref\n(\d+)\n%%EOF\n?$/.exec(text);
  const table = Number(end?.[1]);
  const header = /^xref\n0 (\d+)\n/.exec(text.slice(table, table + 40));
  if (!end || !header) return null;
  const count = Number(header[1]);
  const first = table + header[0].length;
  const entries: { id: number; offset: number }[] = [];
  for (let id = 1; id < count; id += 1) {
    const entry = /^(\d{10}) 00000 n \n$/.exec(text.slice(first + id * 20, first + id * 20 + 20));
    if (!entry) return null;
    entries.push({ id, offset: Number(entry[1]) });
  }
  entries.sort((a, b) => a.offset - b.offset);
  const objects = new Map<number, Uint8Array>();
  for (const [index, { id, offset }] of entries.entries()) {
    const next = entries[index + 1]?.offset ?? table;
    if (!text.startsWith(`${id} 0 obj\n`, offset) || !text.slice(next - 8, next).endsWith('endobj\n'))
      return null;
    objects.set(id, bytes.subarray(offset, next));
  }
  const tail = text.slice(first + count * 20, end.index);
  return { head: text.slice(0, entries[0]?.offset ?? 0), objects, tail };
}

const streamStart = '>>\nstream\n';
const streamEnd = '\nendstream\nendobj\n';

/** Dictionary without its length, and the stream unpacked; everything as it is where it does not unpack to the last byte. */
function contentOf(object: Uint8Array): { dictionary: string; stream: Uint8Array } {
  const text = latin1.decode(object);
  const at = text.indexOf(streamStart);
  const asItIs = { dictionary: text, stream: new Uint8Array() };
  if (at < 0 || !text.endsWith(streamEnd)) return asItIs;
  const dictionary = text.slice(0, at);
  const packed = object.subarray(at + streamStart.length, object.length - streamEnd.length);
  const declared = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const stream = dictionary.includes('/Filter /FlateDecode') ? unpackWhole(packed) : packed;
  return stream && declared === packed.length
    ? { dictionary: dictionary.replace(/\/Length \d+/, ''), stream }
    : asItIs;
}

/** Null for what is damaged, unpacks to more than a report holds, or is followed by something else. */
function unpackWhole(packed: Uint8Array): Uint8Array | null {
  try {
    const result: unknown = inflateSync(packed, { info: true, maxOutputLength: 256 * 1024 * 1024 });
    const { buffer, engine } = result as { buffer: Uint8Array; engine: { bytesWritten: number } };
    return engine.bytesWritten === packed.length ? buffer : null;
  } catch {
    return null;
  }
}

function firstChange(
  found: Uint8Array | undefined,
  wanted: Uint8Array | undefined,
): Omit<Difference, 'where'> | null {
  if (!found) return { printed: 'removed', recomputed: 'there' };
  if (!wanted) return { printed: 'added', recomputed: 'not there' };
  if (Buffer.compare(found, wanted) === 0) return null;
  const [a, b] = [contentOf(found), contentOf(wanted)];
  if (a.dictionary === b.dictionary && Buffer.compare(a.stream, b.stream) === 0) return null;
  const [left, right] = [a, b].map((each) => `${each.dictionary}\n${latin1.decode(each.stream)}`.split('\n'));
  const line = (left ?? []).findIndex((each, index) => each !== right?.[index]);
  return { printed: excerpt(left?.[line]), recomputed: excerpt(right?.[line]) };
}

function excerpt(line: string | undefined): string {
  const visible = (line ?? 'nothing').replace(/[^\x20-\x7e]/g, '·');
  return visible.length > 120 ? `${visible.slice(0, 119)}…` : visible;
}

/** What an object is, for a reader: the drawing of a page, a font, an attachment. */
function namesOf(objects: ReadonlyMap<number, Uint8Array>): (id: number) => string {
  const names = new Map<number, string>();
  let page = 0;
  for (const id of [...objects.keys()].sort((a, b) => a - b)) {
    const text = latin1.decode((objects.get(id) ?? new Uint8Array()).subarray(0, 2000));
    if (/\/Type \/Page\n/.test(text)) {
      page += 1;
      names.set(id, `page ${page}`);
      names.set(Number(/\/Contents (\d+) 0 R/.exec(text)?.[1]), `drawing of page ${page}`);
    } else if (/\/Type \/EmbeddedFile/.test(text)) names.set(id, 'attached file');
    else if (/\/Type \/Metadata/.test(text)) names.set(id, 'metadata');
    else if (/\/FontFile|\/Type \/Font/.test(text)) names.set(id, 'font');
  }
  return (id) => `file, ${names.get(id) ?? `object ${id}`}`;
}
