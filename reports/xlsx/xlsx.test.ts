import { strict as assert } from 'node:assert';
import { fromBuffer } from 'yauzl';
import { sampleBundle, shippedModel } from '../../test/report-samples.ts';
import { renderXlsx } from './xlsx.ts';

/** The parts of a workbook by name, as text. */
function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return reject(fault);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => resolve(parts));
      zip.readEntry();
    });
  });
}

const rowsOf = (sheet = '') => sheet.split('<row ').slice(1);
const numbersIn = (row: string) =>
  [...row.matchAll(/<c r="([A-Z]+)\d+"(?![^>]*t="(?:s|inlineStr|str)")[^>]*><v>([^<]*)<\/v>/g)].map(
    (match) => match[2],
  );

describe('the XLSX report', () => {
  const models = [shippedModel('event-loop-2022')];

  it('has five sheets whose figures are number cells in full precision', async () => {
    const bundle = sampleBundle({ language: 'zh', secondSource: 0.001 });
    const parts = await partsOf(await renderXlsx(bundle, models));
    const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(
      (match) => match[1],
    );
    assert.deepEqual(names, ['摘要', '指标树', '观测值', '冲突与核对', '趋势']);
    const rows = rowsOf(parts.get('xl/worksheets/sheet2.xml'));
    assert.equal(rows.length, bundle.evaluation.nodes.length + 1);
    const [module] = bundle.evaluation.nodes;
    assert.ok(numbersIn(rows[1] ?? '').includes(String(module?.score)), rows[1]);
    assert.equal(rowsOf(parts.get('xl/worksheets/sheet4.xml')).length, 3);
  });

  it('leaves absent figures empty and never writes a formula', async () => {
    const bundle = sampleBundle({ hasEvidence: () => false });
    const nodes = bundle.evaluation.nodes.map((node) => ({ ...node, title: { zh: 'x', en: '=1+1' } }));
    const parts = await partsOf(
      await renderXlsx({ ...bundle, evaluation: { ...bundle.evaluation, nodes } }, models),
    );
    const [, first = ''] = rowsOf(parts.get('xl/worksheets/sheet2.xml'));
    // Level, score at worst and at best, points possible and coverage: no value, score or points.
    assert.deepEqual(numbersIn(first), ['1', '0', '100', '100', '0']);
    assert.ok([...parts.values()].some((part) => part.includes('=1+1')));
    for (const [name, part] of parts) assert.doesNotMatch(part, /<f[ >]/, name);
  });
});
