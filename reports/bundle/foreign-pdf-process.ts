import { Worker } from 'node:worker_threads';
import { InputError } from '../../scoring/contract.ts';
import type { PdfContent } from './pdf-text.ts';

/** A report is read in about a second; a file that takes this long was made to take long. */
const patienceSeconds = 60;

/** Reads a PDF that may be hostile, in a thread of its own that is ended when it takes too long or too much memory. */
export function readForeignPdf(bytes: Uint8Array, seconds: number = patienceSeconds): Promise<PdfContent> {
  const worker = new Worker(new URL('./pdf-reader-process.ts', import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  return new Promise<PdfContent>((resolve, reject) => {
    const refuse = (sentence: string, cause?: unknown) => reject(new InputError(sentence, { cause }));
    const timer = setTimeout(
      () => refuse(`the PDF cannot be read within ${seconds} seconds: it is no report as it was issued`),
      seconds * 1000,
    );
    worker.once('message', ({ content, fault }: { content?: PdfContent; fault?: string }) => {
      clearTimeout(timer);
      if (content) resolve(content);
      else refuse(fault ?? 'the PDF cannot be read');
    });
    worker.once('error', (error) => {
      clearTimeout(timer);
      refuse('the PDF is damaged or was made to do harm: verify the file as it was issued', error);
    });
  }).finally(() => worker.terminate());
}
