import { upTo } from '../reading/bounded-bytes.ts';
import type { ReportHead, ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault } from '../reading/report-fault.ts';
import { CertificateList } from './certificates/certificate-list.ts';
import { addTable, looksLikeCertificateTable } from './certificates/certificate-table.ts';
import { looksLikePem, pemBlocks, readPem } from './certificates/pem-bundle.ts';

/** A list of 100,000 certificates takes about 10 MB; a bundle of every public authority 0.2 MB. */
const listBytes = 32 * 1024 * 1024;

function recognises({ text }: ReportHead): boolean {
  return looksLikePem(text) || looksLikeCertificateTable(text);
}

async function read(source: ReportSource) {
  const { fileName, asset } = source;
  const chunks: Uint8Array[] = [];
  for await (const chunk of upTo(listBytes, source.chunks, fileName)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const draft = new ReportDraft(fileName);
  const list = new CertificateList();
  // Keys and certificates are ASCII, whatever stands between them.
  const text = bytes.toString('latin1');
  if (looksLikePem(text)) {
    for (const block of pemBlocks(text, fileName)) {
      draft.attempt(() => {
        const { name, notAfter } = readPem(block);
        list.add({ target: name, asset: asset ?? name, notAfter }, block.place, draft);
      });
    }
  } else await addTable(bytes, source, { list, draft });
  list.finish(draft, Date.parse(source.now));
  const head = { format: 'certificates', scanner: 'certificates', scannerVersion: null } as const;
  const report = draft.finish({ ...head, producedAt: null });
  const [first] = report.skipped.examples;
  if (list.size === 0 && first) throw reportFault(fileName, first.place, first.reason);
  return report;
}

/** A list of certificates (a table, or a bundle of PEM): when they expire, as of the time of reading. */
export const certificates: ReportReader = {
  format: 'certificates',
  title: { zh: '证书清单（表格或 PEM）', en: 'List of certificates (table or PEM)' },
  recognises,
  read,
};
