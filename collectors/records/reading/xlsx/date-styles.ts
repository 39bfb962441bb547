import { readXml } from './xml-stream.ts';
import type { ZipArchive } from './zip-file.ts';

/** Built-in formats of dates and times (ECMA-376 part 1, 18.8.30), the East Asian ones among them. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58);
}

/** True for a number format that shows a date or a time of day; elapsed time such as [h]:mm is a number. */
export function isDateFormat(code: string): boolean {
  const section = code.split(';', 1)[0] ?? '';
  if (/\[(h+|m+|s+)\]/i.test(section)) return false;
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare);
}

/** For each cell style by number, whether it shows a date. */
export async function readDateStyles(
  zip: ZipArchive,
  part: string,
  name: string,
): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInCellFormats = false;
  const open = (tag: string, attributes: Readonly<Record<string, string>>) => {
    if (tag === 'numFmt') {
      custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
    } else if (tag === 'cellXfs') {
      isInCellFormats = true;
    } else if (tag === 'xf' && isInCellFormats) {
      const id = Number(attributes.numFmtId ?? 0);
      styles.push(custom.get(id) ?? isBuiltInDate(id));
    }
  };
  const close = (tag: string) => {
    if (tag === 'cellXfs') isInCellFormats = false;
  };
  await readXml(zip.stream(part), { open, text: () => {}, close }, `${name}: ${part}`);
  return styles;
}

const dayMilliseconds = 86_400_000;

/** The local date and time of a serial number, in the UTC fields of a Date. */
export function dateOfSerial(serial: number, is1904: boolean): Date {
  // Days from 1970-01-01 to the two origins; before March 1900 the serials count a 29 February that never was.
  const days = is1904 ? serial - 24_107 : serial < 60 ? serial - 25_568 : serial - 25_569;
  return new Date(Math.round(days * dayMilliseconds));
}
