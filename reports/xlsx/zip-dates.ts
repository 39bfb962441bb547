/** 1 January 1980, the first date a ZIP file can carry, as DOS time and date. */
const dosEpoch = [0, 0, 0x21, 0] as const;

/** The same archive with every entry dated alike, so that it does not tell when it was packed. */
export function withFixedDates(zip: Uint8Array): Uint8Array {
  const out = zip.slice();
  const view = new DataView(out.buffer);
  const end = endOfDirectory(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('the workbook is no ZIP file as expected');
    const local = view.getUint32(at + 42, true);
    out.set(dosEpoch, at + 12);
    out.set(dosEpoch, local + 10);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return out;
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new Error('the workbook is no ZIP file as expected');
}
