import { strict as assert } from 'node:assert';
import { deflateSync } from 'node:zlib';
import { canonicalBytes, type Evaluation, sha256Of } from '../../scoring/contract.ts';
import { decodersOf, editPdf } from '../../test/pdf-editing.ts';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import type { ReportBundle, Verification } from '../contract.ts';
import { renderReport } from '../render.ts';
import { makeBundle } from './bundle.ts';
import { verify } from './verify.ts';

/** The bundle as a forger would change it: a deep copy to write on. */
type Forgery = { -readonly [K in keyof ReportBundle]: ReportBundle[K] };

function forge(bundle: ReportBundle, change: (copy: Forgery) => void): ReportBundle {
  const copy = structuredClone(bundle) as Forgery;
  change(copy);
  return copy;
}

/** Sets a field deep inside a read-only value. */
function set(target: object | undefined, key: string, value: unknown): void {
  Object.assign(target ?? {}, { [key]: value });
}

function rehash(evaluation: Evaluation): void {
  const { sha256, ...rest } = evaluation;
  set(evaluation, 'sha256', sha256Of(canonicalBytes(rest)));
}

const wheres = (verification: Verification) => verification.differences.map((each) => each.where);

describe('verifying a report', () => {
  const bundle = sampleBundle({ secondSource: 0.001 });
  let pdf: Uint8Array;

  before(async () => {
    pdf = await renderReport(bundle, 'pdf', { engine });
  });

  it('confirms a report as issued and says how much was compared', async () => {
    const verification = await verify(pdf, { engine });
    assert.deepEqual(verification.differences, []);
    assert.equal(verification.isVerified, true);
    assert.equal(verification.number, bundle.number);
    assert.deepEqual(verification.evaluation, {
      sha256: bundle.evaluation.sha256,
      model: 'event-loop-2022',
      subject: 'boston',
      period: '2015-Q4',
    });
    assert.equal(verification.compared.evaluations, 2);
    assert.ok(verification.compared.values > 800, `${verification.compared.values} values`);
    assert.ok(verification.compared.pages >= 15, `${verification.compared.pages} pages`);
    assert.ok(verification.compared.printedNumbers > 500, `${verification.compared.printedNumbers} numbers`);
  });

  it('confirms reports of both models, both languages, with and without evidence or history', async () => {
    const cases = [
      sampleBundle({
        model: 'scie-2021-value',
        language: 'zh',
        periods: ['2015-Q1', '2015-Q2', '2015-Q3', '2015-Q4'],
      }),
      sampleBundle({ model: 'scie-2021-value', periods: ['2015-12'], hasEvidence: (index) => index === 4 }),
      sampleBundle({ language: 'zh', periods: ['2015'], hasEvidence: () => false, isSample: true }),
      sampleBundle({ language: 'zh', periods: ['2015-W50', '2015-W51'], secondSource: 0.4 }),
    ];
    for (const each of cases) {
      const verification = await verify(await renderReport(each, 'pdf', { engine }), { engine });
      assert.deepEqual(verification.differences, [], each.number);
      assert.equal(verification.isVerified, true);
    }
  });

  it('confirms a report whose streams were packed by another compressor', async () => {
    const repacked = editPdf(pdf, () => {}, 1);
    assert.notDeepEqual(repacked, pdf);
    assert.deepEqual((await verify(repacked, { engine })).differences, []);
  });

  it('names a number that was altered on a page', async () => {
    const module = bundle.evaluation.nodes.find((node) => node.id === 'timeliness');
    const score = module?.score?.toFixed(1) ?? '';
    const decoders = decodersOf(pdf);
    let edits = 0;
    const altered = editPdf(pdf, (object) => {
      if (!object.stream?.includes('BT\n')) return;
      const text = object.stream.toString('latin1').replace(/<(\w{16})>/g, (run, hex: string) => {
        if (edits > 0 || !decoders.some((decode) => decode(hex) === score)) return run;
        edits += 1;
        return `<${hex.slice(12)}${hex.slice(4, 12)}${hex.slice(0, 4)}>`;
      });
      object.stream = Buffer.from(text, 'latin1');
    });
    assert.equal(edits, 1);
    const verification = await verify(altered, { engine });
    assert.equal(verification.isVerified, false);
    assert.deepEqual(verification.differences, [
      { where: 'page 3', printed: `${score[3]}${score[1]}.${score[0]}`, recomputed: score },
    ]);
  });

  it('names a drawing that was added to a page without changing its text', async () => {
    let edits = 0;
    const altered = editPdf(pdf, (object) => {
      if (edits > 0 || !object.stream?.includes('BT\n')) return;
      object.stream = Buffer.concat([object.stream, Buffer.from('1 1 1 rg 50 50 100 100 re f\n')]);
      edits += 1;
    });
    assert.deepEqual(wheres(await verify(altered, { engine })), ['file, drawing of page 1']);
  });

  it('names data appended to the file', async () => {
    const altered = new Uint8Array([...pdf, ...Buffer.from('% one more line\n')]);
    assert.deepEqual((await verify(altered, { engine })).differences, [
      { where: 'file', printed: 'rewritten or appended to by another program', recomputed: 'as issued' },
    ]);
  });

  it('names data hidden behind a stream, and keeps the list of differences short', async () => {
    let edits = 0;
    const hidden = editPdf(pdf, (object) => {
      if (edits > 0 || !object.stream?.includes('BT\n')) return;
      object.stream = Buffer.concat([deflateSync(object.stream), Buffer.from('hidden')]);
      object.isPacked = true;
      edits += 1;
    });
    assert.deepEqual(wheres(await verify(hidden, { engine })), ['file, drawing of page 1']);

    const forged = forge(bundle, ({ evaluation }) => {
      for (const node of evaluation.nodes)
        for (const key of Object.keys(node)) if (key !== 'id') set(node, `x-${key}`, 1);
    });
    const verification = await verify(canonicalBytes(forged), { engine });
    assert.equal(verification.differences.length, 201);
    assert.equal(verification.differences.at(-1)?.where, 'further differences');
  });

  it('names an attachment that was altered', async () => {
    const altered = editPdf(pdf, (object) => {
      if (!object.stream || !object.dictionary.includes('/EmbeddedFile')) return;
      if (object.stream.includes('bundle@1')) return;
      object.stream = Buffer.from(object.stream.toString('utf8').replace('"Boston"', '"Bostom"'), 'utf8');
    });
    assert.deepEqual(wheres(await verify(altered, { engine })), ['attachment evaluation.json']);
  });

  it('names the field of an evaluation that was altered in the embedded bundle alone', async () => {
    const forged = forge(bundle, ({ evaluation }) => {
      set(
        evaluation.nodes.find((node) => node.id === 'closure'),
        'score',
        99.5,
      );
    });
    const altered = editPdf(pdf, (object) => {
      if (object.stream?.includes('bundle@1')) object.stream = Buffer.from(canonicalBytes(forged));
    });
    const verification = await verify(altered, { engine });
    const [difference] = verification.differences;
    assert.equal(difference?.where, 'evaluation.nodes[closure].score');
    assert.equal(difference?.printed, '99.5');
    assert.equal(
      difference?.recomputed,
      String(bundle.evaluation.nodes.find((node) => node.id === 'closure')?.score),
    );
    assert.equal(verification.isVerified, false);
  });

  it('catches a report made anew, hash and all, from an evaluation that its observations do not give', async () => {
    const forged = forge(bundle, (copy) => {
      set(copy.evaluation.overall, 'grade', 'A');
      rehash(copy.evaluation);
      copy.number = makeBundle(copy).number;
    });
    const verification = await verify(await renderReport(forged, 'pdf', { engine }), { engine });
    assert.equal(verification.isVerified, false);
    const found = verification.differences.find((each) => each.where === 'evaluation.overall.grade');
    assert.equal(found?.printed, 'A');
    assert.equal(found?.recomputed, bundle.evaluation.overall.grade);
    assert.ok(wheres(verification).includes('evaluation.sha256'));
    assert.ok(wheres(verification).includes('page 1'), 'the letter on the cover');
  });

  it('catches a value that is not its numerator over its denominator', async () => {
    const forged = forge(bundle, ({ evaluation }) => set(evaluation.observations[0], 'value', 0.951));
    const verification = await verify(canonicalBytes(forged), { engine });
    const [first] = verification.differences;
    assert.equal(first?.where, 'evaluation.observations[closure.closureRatio].value');
    assert.equal(first?.printed, '0.951');
    assert.equal(Number.parseFloat(first?.recomputed ?? ''), bundle.evaluation.observations[0]?.value);
  });

  it('catches a model that was altered after the evaluation', async () => {
    const forged = forge(bundle, (copy) => {
      copy.models = copy.models.map(({ sha256, yaml }) => ({
        sha256,
        yaml: yaml.replace('coverageFloor: 0.8', 'coverageFloor: 0.1'),
      }));
    });
    assert.notDeepEqual(forged.models, bundle.models);
    const verification = await verify(canonicalBytes(forged), { engine });
    assert.equal(verification.isVerified, false);
    assert.equal(verification.differences[0]?.where, 'models[0].sha256');
    assert.equal(verification.differences[0]?.printed, bundle.models[0]?.sha256);
  });

  it('catches a history in another order, of another period or of another subject', async () => {
    const three = sampleBundle({ periods: ['2015-Q1', '2015-Q2', '2015-Q3'] });
    const swapped = forge(three, (copy) => {
      copy.history = [...copy.history].reverse();
    });
    assert.deepEqual(wheres(await verify(canonicalBytes(swapped), { engine })), ['history[2015-Q2].period']);

    const relabelled = forge(three, ({ history }) => set(history[0]?.period, 'id', '2014-Q4'));
    const named = wheres(await verify(canonicalBytes(relabelled), { engine }));
    assert.ok(named[0]?.startsWith('history[2014-Q4]'), named.join(' '));

    const foreign = forge(three, ({ history }) => set(history[0]?.subject, 'id', 'cambridge'));
    assert.ok(
      wheres(await verify(canonicalBytes(foreign), { engine })).includes('history[2015-Q1].subject.id'),
    );
  });
});
