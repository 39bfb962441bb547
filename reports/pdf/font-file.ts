import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** TrueType bytes of the two weights a report is set in. */
export interface ReportFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

const require = createRequire(import.meta.url);
const family = '@expo-google-fonts/noto-sans-sc';

let loaded: Promise<ReportFonts> | null = null;

/** Noto Sans SC from its npm package; read once per process. */
export function readReportFonts(): Promise<ReportFonts> {
  loaded ??= Promise.all([
    readFile(require.resolve(`${family}/400Regular/NotoSansSC_400Regular.ttf`)),
    readFile(require.resolve(`${family}/700Bold/NotoSansSC_700Bold.ttf`)),
  ]).then(([regular, bold]) => ({ regular, bold }));
  return loaded;
}
