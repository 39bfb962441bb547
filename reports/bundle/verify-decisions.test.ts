import { strict as assert } from 'node:assert';
import { canonicalBytes, type Evaluation, sha256Of } from '../../scoring/contract.ts';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import { renderReport } from '../render.ts';
import { verify } from './verify.ts';

const bundle = sampleBundle({
  model: 'citygauge-operations',
  periods: ['2015-Q4'],
  secondSource: 0.3,
  decidedBy: 'A. Chief',
  change: (observation, index) => (index % 7 === 3 ? { ...observation, coverage: 0.75 } : observation),
});

/** Where a copy of the bundle differs after its evaluation was changed and hashed anew. */
async function differencesAfter(change: (evaluation: Evaluation) => void): Promise<string[]> {
  const copy = structuredClone(bundle);
  change(copy.evaluation);
  const { sha256, ...rest } = copy.evaluation;
  Object.assign(copy.evaluation, { sha256: sha256Of(canonicalBytes(rest)) });
  const { differences } = await verify(canonicalBytes(copy), { engine });
  return differences.map(({ where }) => where);
}

describe('verifying stages, samples and decisions', () => {
  it('confirms a report as issued, in each form that carries the evaluation', async () => {
    assert.equal(bundle.evaluation.resolutions?.length, 1);
    assert.ok(bundle.evaluation.stage);
    const pdf = await renderReport(bundle, 'pdf', { engine });
    assert.deepEqual((await verify(pdf, { engine })).differences, []);
    assert.deepEqual((await verify(canonicalBytes(bundle), { engine })).differences, []);
  });

  it('names a stage that the scores do not give', async () => {
    const wheres = await differencesAfter(({ stage }) => Object.assign(stage ?? {}, { stage: 'mature' }));
    assert.ok(wheres.includes('evaluation.stage.stage'), wheres.join());
  });

  it('names a stage that was taken out', async () => {
    const wheres = await differencesAfter((evaluation) => Reflect.deleteProperty(evaluation, 'stage'));
    assert.ok(
      wheres.some((where) => where.startsWith('evaluation.stage')),
      wheres.join(),
    );
  });

  it('names a decision whose value is none of the candidates', async () => {
    const wheres = await differencesAfter(({ resolutions }) =>
      Object.assign(resolutions?.[0]?.resolution ?? {}, { value: 0.123 }),
    );
    assert.ok(
      wheres.some((where) => where.startsWith('evaluation.resolutions')),
      wheres.join(),
    );
    assert.ok(
      wheres.some((where) => where.startsWith('evaluation.conflicts')),
      wheres.join(),
    );
  });

  it('names a decision whose author was changed in the list alone', async () => {
    const wheres = await differencesAfter(({ resolutions }) =>
      Object.assign(resolutions?.[0]?.resolution ?? {}, { decidedBy: 'B. Clerk' }),
    );
    assert.ok(
      wheres.some((where) => where.startsWith('evaluation.deviations')),
      wheres.join(),
    );
  });

  it('names a sample coverage that was raised', async () => {
    const wheres = await differencesAfter(({ observations }) => {
      for (const each of observations) if (each.coverage) Object.assign(each, { coverage: 0.99 });
    });
    assert.ok(
      wheres.some((where) => /^evaluation\.nodes\[.*\]\.scoreLow$/.test(where)),
      wheres.join(),
    );
  });
});
