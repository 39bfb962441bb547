import { reportFault } from './report-fault.ts';

/** Windows shells write what a program prints as UTF-16 with a mark. */
const marks: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** Characters of a piece at most, so that limits are looked at in between. */
const pieceBytes = 64 * 1024;

/** Encoding by the byte order mark; UTF-8 without one. */
export function encodingOf(head: Uint8Array): string {
  return marks.find(([, ...bytes]) => bytes.every((byte, i) => head[i] === byte))?.[0] ?? 'utf-8';
}

/** The text of a report in pieces, without a byte order mark; InputError for bytes that are not in its encoding. */
export async function* reportText(
  chunks: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let line = 1;
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
    try {
      const text = decoder.decode(bytes, { stream: !isLast });
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
      return text;
    } catch (cause) {
      const text = {
        zh: `该行附近有不属于 ${decoder.encoding.toUpperCase()} 的字节，文件可能已损坏或编码不符：请以 UTF-8 重新导出`,
        en: `near here bytes are not ${decoder.encoding.toUpperCase()}; the file is damaged or of another encoding: export it again as UTF-8`,
      };
      throw reportFault(fileName, `line ${line}`, text, cause);
    }
  };
  let held = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes: Uint8Array = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    held = new Uint8Array();
    // The mark is told from the first two bytes together.
    if (!decoder && bytes.length < 2) {
      held = Uint8Array.from(bytes);
      continue;
    }
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield decode(bytes.subarray(at, at + pieceBytes), false);
  }
  yield decode(held, true);
}
