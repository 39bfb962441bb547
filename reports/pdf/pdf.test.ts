import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readPdfObjects } from '../../test/pdf-editing.ts';
import { requireProgram } from '../../test/real-parts.ts';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import { scratchFolder } from '../../test/scratch-folder.ts';
import { renderReport } from '../render.ts';

const root = join(import.meta.dirname, '..', '..');

/** Prints the hash of the sample report, made in a process of its own. */
const program = `
import { createHash } from 'node:crypto';
import { sampleBundle, scoringEngine as engine } from './test/report-samples.ts';
import { renderReport } from './reports/render.ts';
const hash = createHash('sha256');
for (const format of ['pdf', 'html', 'xlsx', 'csv', 'json']) hash.update(await renderReport(sampleBundle({ language: 'zh' }), format, { engine }));
console.log(hash.digest('hex'));
`;

describe('the PDF report', () => {
  const scratch = scratchFolder();
  let pdf: Uint8Array;
  let dictionaries: string[];

  before(async () => {
    pdf = await renderReport(sampleBundle({ language: 'zh', secondSource: 0.001 }), 'pdf', { engine });
    dictionaries = readPdfObjects(pdf).objects.map((object) => object.dictionary);
  });

  const one = (pattern: RegExp) => {
    const found = dictionaries.filter((dictionary) => pattern.test(dictionary));
    assert.equal(found.length, 1, String(pattern));
    return found[0] ?? '';
  };

  it('has the same bytes in another process, in every format', async () => {
    const hash = createHash('sha256');
    for (const format of ['pdf', 'html', 'xlsx', 'csv', 'json'] as const) {
      hash.update(await renderReport(sampleBundle({ language: 'zh' }), format, { engine }));
    }
    const other = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(other.trim(), hash.digest('hex'));
  }).timeout(60_000);

  it('declares PDF/A-3a with an output intent and metadata that agree', () => {
    const metadata = readPdfObjects(pdf).objects.find((object) =>
      object.dictionary.includes('/Subtype /XML'),
    );
    const xml = metadata?.stream?.toString('utf8') ?? '';
    assert.match(xml, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/);
    assert.match(xml, /<xmp:CreateDate>2016-01-01T05:00:00Z<\/xmp:CreateDate>/);
    assert.match(one(/\/Type \/OutputIntent/), /\/S \/GTS_PDFA1/);
    assert.match(one(/\/Type \/Catalog/), /\/OutputIntents \[/);
  });

  it('is tagged, says its language and shows its title', () => {
    const catalog = one(/\/Type \/Catalog/);
    assert.match(catalog, /\/Lang \(zh-CN\)/);
    assert.match(catalog, /\/StructTreeRoot \d+ 0 R/);
    one(/\/Marked true/);
    one(/\/DisplayDocTitle true/);
    const tags = new Map<string, number>();
    for (const dictionary of dictionaries) {
      const tag = dictionary.includes('\n/P ') ? /\/S \/(\w+)\n/.exec(dictionary)?.[1] : undefined;
      if (tag) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    }
    for (const tag of [
      'H1',
      'H2',
      'H3',
      'P',
      'L',
      'LI',
      'Table',
      'TR',
      'TH',
      'TD',
      'Figure',
      'TOC',
      'TOCI',
      'Link',
    ]) {
      assert.ok((tags.get(tag) ?? 0) > 0, `${tag} among ${[...tags.keys()].join(' ')}`);
    }
    const figures = dictionaries.filter((dictionary) => /\/S \/Figure/.test(dictionary));
    assert.ok(figures.length > 2);
    for (const figure of figures) assert.match(figure, /\/Alt /);
  });

  it('draws nothing that is neither tagged nor an artifact', () => {
    const drawings = readPdfObjects(pdf).objects.filter((object) => object.stream?.includes('BDC\n'));
    assert.ok(drawings.length >= 15, `${drawings.length} pages`);
    let operators = 0;
    for (const { id, stream } of drawings) {
      let depth = 0;
      for (const line of stream?.toString('latin1').split('\n') ?? []) {
        if (/\b(?:BDC|BMC)$/.test(line)) depth += 1;
        else if (line === 'EMC') depth -= 1;
        else if (/(?:^|\s)(?:BT|f\*?|S|B|Do)$/.test(line)) {
          operators += 1;
          assert.ok(depth > 0, `object ${id}: ${line}`);
        }
      }
      assert.equal(depth, 0, `object ${id}`);
    }
    assert.ok(operators > 1000, `${operators} operators`);
  });

  it('embeds every font it uses', () => {
    const fonts = dictionaries.filter((dictionary) => /\/Type \/FontDescriptor/.test(dictionary));
    assert.equal(fonts.length, 2);
    for (const font of fonts)
      assert.match(font, /\/FontName \/[A-Z]{6}\+NotoSansSC-(?:Regular|Bold)[\s\S]*\/FontFile2 \d+ 0 R/);
    assert.equal(dictionaries.filter((dictionary) => /\/Subtype \/Type1/.test(dictionary)).length, 0);
  });

  it('attaches the bundle, the evaluation and the model, each with its relationship and a fixed date', () => {
    const files = dictionaries.filter((dictionary) => /\/Type \/Filespec/.test(dictionary));
    const relation = (file: string) =>
      `${/\/F \((.*?)\)/.exec(file)?.[1]} ${/\/AFRelationship \/(\w+)/.exec(file)?.[1]}`;
    assert.deepEqual(
      files.map(relation).map((each) => each.replace(/-[0-9a-f]{8}\.yaml/, '.yaml')),
      ['citygauge-bundle.json Source', 'evaluation.json Data', 'model-event-loop-2022-1.0.0.yaml Supplement'],
    );
    const embedded = dictionaries.filter((dictionary) => /\/Type \/EmbeddedFile/.test(dictionary));
    for (const each of embedded) assert.match(each, /\/ModDate \(D:20160101050000Z\)/);
  });

  it('is in order for qpdf', function () {
    const qpdf = requireProgram(this, 'qpdf');
    const path = scratch.write('report.pdf', pdf);
    assert.match(
      execFileSync(qpdf, ['--check', path], { encoding: 'utf8' }),
      /No syntax or stream encoding errors found/,
    );
  });

  it('replaces characters that the font lacks and keeps XML-reserved ones out of the metadata', async () => {
    const bundle = sampleBundle();
    const subject = { ...bundle.evaluation.subject, name: { zh: '🏙', en: 'A & B <🏙>' } };
    const odd = { ...bundle, evaluation: { ...bundle.evaluation, subject } };
    const made = await renderReport(odd, 'pdf', { engine });
    const xml = readPdfObjects(made)
      .objects.find((object) => object.dictionary.includes('/Subtype /XML'))
      ?.stream?.toString('utf8');
    assert.match(xml ?? '', /A ＆ B ＜/);
    assert.doesNotMatch(xml ?? '', /&|<B|< /);
  });
});
