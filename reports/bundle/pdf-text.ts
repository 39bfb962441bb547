import { InputError } from '../../scoring/contract.ts';

/** What verification reads from a PDF. */
export interface PdfContent {
  /** Texts of each page in the order they were drawn, without blank ones. */
  readonly pages: readonly (readonly string[])[];
  readonly attachments: ReadonlyMap<string, Uint8Array>;
}

/** Bounds that no report comes near and that keep a hostile file from taking the machine. */
export const pdfBounds = { pages: 3000, attachments: 64 } as const;

/** Reads texts and attachments without running or fetching anything; InputError for what is no readable PDF. */
export async function readPdf(bytes: Uint8Array): Promise<PdfContent> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const doc = await task.promise;
    if (doc.numPages > pdfBounds.pages) {
      throw new InputError(
        `the PDF has ${doc.numPages} pages, more than the ${pdfBounds.pages} a report may have`,
      );
    }
    const attachments = attachmentsIn(await doc.getAttachments());
    const pages: string[][] = [];
    for (let number = 1; number <= doc.numPages; number += 1) {
      const page = await doc.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : [])));
      page.cleanup();
    }
    return { pages, attachments };
  } catch (error) {
    throw readableFault(error);
  } finally {
    await task.destroy();
  }
}

function attachmentsIn(found: unknown): Map<string, Uint8Array> {
  const entries = Object.values((found ?? {}) as Record<string, { filename: string; content: Uint8Array }>);
  if (entries.length > pdfBounds.attachments) {
    throw new InputError(
      `the PDF has ${entries.length} attachments, more than the ${pdfBounds.attachments} a report may have`,
    );
  }
  return new Map(entries.map(({ filename, content }) => [filename, content]));
}

function readableFault(error: unknown): InputError {
  if (error instanceof InputError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    return new InputError('the PDF is encrypted: verify the file as it was issued', { cause: error });
  }
  return new InputError(
    'the PDF is cut off or damaged and cannot be read: verify the file as it was issued',
    {
      cause: error,
    },
  );
}
