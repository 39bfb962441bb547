import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../../scoring/contract.ts';
import { readPdf } from './pdf-text.ts';

/** Reads the PDF in `workerData`; whatever it does there, the thread that asked can end it. */
try {
  parentPort?.postMessage({ content: await readPdf(workerData as Uint8Array) });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  parentPort?.postMessage({ fault: error.message });
}
