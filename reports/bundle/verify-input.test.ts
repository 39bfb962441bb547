import { strict as assert } from 'node:assert';
import PDFDocument from 'pdfkit';
import { canonicalBytes, InputError } from '../../scoring/contract.ts';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import { renderReport } from '../render.ts';
import { readForeignPdf } from './foreign-pdf-process.ts';
import { refuseBombs } from './pdf-bounds.ts';
import { verify } from './verify.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function pdfOf(
  draw: (doc: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const doc = new PDFDocument(options);
  const chunks: Uint8Array[] = [];
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.on('end', resolve));
  draw(doc);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** Verification must refuse with exactly one sentence that matches. */
async function refuses(bytes: Uint8Array, sentence: RegExp): Promise<void> {
  await assert.rejects(verify(bytes, { engine }), (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.faults.length, 1);
    assert.match(error.message, sentence);
    return true;
  });
}

describe('what verification refuses', () => {
  const bundle = sampleBundle();

  it('a file that is neither a PDF nor JSON, and an empty one', async () => {
    await refuses(bytesOf('PK\u0003\u0004 a workbook'), /neither a PDF nor a bundle/);
    await refuses(
      new Uint8Array(),
      /^the file is empty: name a report made by citygauge report, or the bundle taken out of one$/,
    );
  });

  it('a PDF that is cut off', async () => {
    const pdf = await renderReport(bundle, 'pdf', { engine });
    await refuses(pdf.subarray(0, 400), /cannot be read|carries no/);
    await refuses(
      bytesOf('%PDF-1.7\n'),
      /^the PDF is cut off or damaged and cannot be read: verify the file as it was issued$/,
    );
  });

  it('an encrypted PDF', async () => {
    const pdf = await pdfOf((doc) => doc.text('secret'), { userPassword: 'x', pdfVersion: '1.7' });
    await refuses(pdf, /encrypted/);
  });

  it('a PDF without a bundle, with too many attachments, or with a bundle that is none', async () => {
    await refuses(await pdfOf((doc) => doc.text('a letter')), /carries no citygauge-bundle\.json/);
    const many = await pdfOf((doc) => {
      for (let index = 0; index < 70; index += 1) doc.file(Buffer.from(`${index}`), { name: `${index}.txt` });
    });
    await refuses(many, /70 attachments, more than the 64/);
    const broken = await pdfOf((doc) =>
      doc.file(Buffer.from('{"schema":'), { name: 'citygauge-bundle.json' }),
    );
    await refuses(broken, /citygauge-bundle\.json is not JSON/);
  });

  it('a bundle of another schema, and an evaluation alone', async () => {
    await refuses(
      canonicalBytes({ ...bundle, schema: 'citygauge/bundle@9' }),
      /"citygauge\/bundle@9", not "citygauge\/bundle@1"/,
    );
    await refuses(canonicalBytes(bundle.evaluation), /an evaluation alone, without the model/);
  });

  it('a bundle with a field of the wrong type, named with its path', async () => {
    const evaluation = { ...bundle.evaluation, asOf: 'yesterday' };
    await refuses(
      canonicalBytes({ ...bundle, evaluation }),
      /the bundle: evaluation\.asOf: Invalid ISO datetime/,
    );
  });

  it('JSON that is nested too deep', async () => {
    await refuses(bytesOf(`{"a":${'['.repeat(100_000)}`), /nested deeper than the 64 levels/);
  });

  it('a model that is none', async () => {
    const models = bundle.models.map((model) => ({ ...model, yaml: 'id: [' }));
    await refuses(canonicalBytes({ ...bundle, models }), /the embedded model [0-9a-f]{12} is not valid/);
  });

  it('a stream that unpacks to more than any report holds, or is packed twice', async () => {
    const bomb = await pdfOf((doc) => doc.file(Buffer.alloc(3_000_000), { name: 'zeros' }));
    assert.ok(bomb.length < 10_000);
    refuseBombs(bomb);
    assert.throws(() => refuseBombs(bomb, 2_000_000), /unpacks to more than the 2000000 bytes/);
    const twice = bytesOf(
      '%PDF-1.7\n1 0 obj\n<< /Filter [ /FlateDecode /FlateDecode ] >>\nstream\nx\nendstream\n',
    );
    assert.throws(() => refuseBombs(twice), /packs a stream twice/);
  });

  it('a PDF that would keep the reader busy for ever', async () => {
    const body = `BT /F 9 Tf (x) Tj ET\n${'/A Do\n'.repeat(40)}`;
    const form = (id: number) =>
      `${id} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /Font << /F 20 0 R >> /XObject << /A ${id + 1} 0 R >> >> /Length ${body.length} >>\nstream\n${body}\nendstream\nendobj\n`;
    const objects = [
      '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
      '2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n',
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>\nendobj\n',
      '4 0 obj\n<< /Length 6 >>\nstream\n/A Do\n\nendstream\nendobj\n',
      ...Array.from({ length: 12 }, (_, index) => form(index + 5)),
      '20 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n',
    ];
    const pdf = bytesOf(`%PDF-1.7\n${objects.join('')}trailer\n<< /Root 1 0 R >>\n%%EOF\n`);
    await assert.rejects(readForeignPdf(pdf, 1.5), /cannot be read within 1\.5 seconds/);
  });
});
