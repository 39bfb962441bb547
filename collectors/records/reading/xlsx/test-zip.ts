import { crc32, deflateRawSync } from 'node:zlib';

interface ZipOptions {
  /** Sizes to declare instead of the true ones. */
  readonly declare?: Readonly<Record<string, number>>;
}

function header(signature: number, fields: readonly (readonly [size: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  buffer.writeUInt32LE(signature, 0);
  let at = 4;
  for (const [size, value] of fields) {
    buffer.writeUIntLE(value, at, size);
    at += size;
  }
  return buffer;
}

/** A ZIP archive made by hand, so that it can also be one that lies about its sizes. */
export function zipOf(parts: Readonly<Record<string, string>>, options: ZipOptions = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    const size = options.declare?.[name] ?? bytes.length;
    const title = Buffer.from(name);
    const common = [
      [2, 0x0800],
      [2, 8],
      [2, 0],
      [2, 0x21],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, size],
      [2, title.length],
      [2, 0],
    ] as const;
    const head = header(0x04034b50, [[2, 20], ...common]);
    local.push(head, title, packed);
    const tail = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const;
    central.push(header(0x02014b50, [[2, 20], [2, 20], ...common, ...tail]), title);
    offset += head.length + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const count = Object.keys(parts).length;
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...local, directory, end]);
}
