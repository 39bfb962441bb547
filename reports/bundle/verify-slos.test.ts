import { strict as assert } from 'node:assert';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import { sampleSlos } from '../../test/slo-samples.ts';
import type { ReportSlos } from '../contract.ts';
import { renderReport } from '../render.ts';
import { makeBundle } from './bundle.ts';
import { verify } from './verify.ts';

const bare = sampleBundle({ periods: ['2015-Q4'] });
const withSlos = (slo: ReportSlos) =>
  makeBundle({ ...bare, registers: { quality: [], security: null, slo } });
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type Change = (slo: Writable<ReportSlos>, portal: Writable<ReportSlos['standings'][number]>) => void;

function changed(change: Change): ReportSlos {
  const slo = JSON.parse(JSON.stringify(sampleSlos())) as Writable<ReportSlos>;
  const [portal] = slo.standings;
  assert.ok(portal);
  change(slo, portal);
  return slo as ReportSlos;
}

const place = 'registers.slo.standings[portal-availability]';

/** Where a bundle differs whose promises were changed and which was then put together anew, number and all. */
async function differencesAfter(change: Change): Promise<string[]> {
  const { differences } = await verify(bytesOf(withSlos(changed(change))), { engine });
  return differences.map(({ where }) => where);
}

describe('verifying the service level objectives of a report', () => {
  it('confirms a report with the chapter as issued', async () => {
    const pdf = await renderReport(withSlos(sampleSlos()), 'pdf', { engine });
    const verification = await verify(pdf, { engine });
    assert.deepEqual(verification.differences, []);
    const without = await verify(bytesOf(makeBundle({ ...bare })), { engine });
    assert.deepEqual(without.differences, []);
    const { values } = (await verify(bytesOf(withSlos(sampleSlos())), { engine })).compared;
    assert.equal(values - without.compared.values, 52);
  });

  it('finds a changed count, which makes another report with another number and other pages', async () => {
    const honest = withSlos(sampleSlos());
    const forged = changed((_, { figure }) => Object.assign(figure.counts ?? {}, { bad: 900 }));
    const bundle = { ...honest, registers: { quality: [], security: null, slo: forged } };
    const { differences, isVerified } = await verify(bytesOf(bundle), { engine });
    assert.deepEqual([isVerified, differences.map(({ where }) => where)], [false, ['number']]);
    assert.notEqual(withSlos(forged).number, honest.number);
  });

  it('finds counts that cannot be', async () => {
    const wheres = await differencesAfter((_, { figure }) => {
      figure.counts = { bad: 20, total: 10 };
    });
    assert.deepEqual(wheres, [`${place}.figure.counts`, `${place}.figure.excluded`]);
  });

  it('finds a dropped exclusion, and one that no figure names', async () => {
    assert.deepEqual(await differencesAfter(({ exclusions }) => exclusions.shift()), [
      `${place}.figure.excluded[7]`,
    ]);
    assert.deepEqual(await differencesAfter((_, { figure }) => figure.excluded.shift()), [
      'registers.slo.exclusions[9]',
    ]);
  });

  it('finds an exclusion that took out more than its stretch of time, or than there was', async () => {
    assert.deepEqual(
      await differencesAfter(({ exclusions }) =>
        Object.assign(exclusions[0] ?? {}, { to: '2015-12-12T05:00:00.000Z' }),
      ),
      [`${place}.figure.excluded[7]`],
    );
    assert.deepEqual(
      await differencesAfter((_, { figure }) => Object.assign(figure.excluded[1] ?? {}, { bad: 1750 })),
      [`${place}.figure.excluded`],
    );
  });

  it('finds the same stretch of time left out twice', async () => {
    const wheres = await differencesAfter((_, { figure }) => {
      figure.excluded[0] = {
        ...figure.excluded[0],
        exclusion: 7,
        from: '2015-12-12T03:00:00.000Z',
        to: '2015-12-12T04:00:00.000Z',
        bad: 1,
        total: 2,
      };
    });
    assert.deepEqual(wheres, [`${place}.figure.excluded[7]`, 'registers.slo.exclusions[9]']);
  });

  it('finds a changed objective, by the hash of the definition', async () => {
    const wheres = await differencesAfter((_, { definition }) => {
      definition.objectivePercent = 99;
    });
    assert.deepEqual(wheres, [`${place}.figure.specSha256`]);
  });

  it('finds a figure of another span than was promised, or from after the cut-off', async () => {
    assert.deepEqual(
      await differencesAfter((_, { figure }) =>
        Object.assign(figure.span, { from: '2015-11-01T04:00:00.000Z' }),
      ),
      [`${place}.figure.span`],
    );
    const later = { id: '2016-01', from: '2016-01-01T05:00:00.000Z', to: '2016-02-01T05:00:00.000Z' };
    assert.deepEqual(
      await differencesAfter((_, { figure }) => {
        Object.assign(figure.span, later);
        Object.assign(figure, { asOf: later.to, excluded: [] });
      }),
      [`${place}.figure.asOf`, 'registers.slo.exclusions[7]', 'registers.slo.exclusions[9]'],
    );
  });

  it('finds a figure that was counted nowhere yet claims to be measured, and one without a reason', async () => {
    const wheres = await differencesAfter(({ standings }) => {
      for (const each of standings.slice(4, 5)) Object.assign(each.figure, { state: 'measured' });
      for (const each of standings.slice(5)) each.figure.reason = null;
    });
    assert.deepEqual(wheres, [
      'registers.slo.standings[gate-online].figure.state',
      'registers.slo.standings[survey-batch].figure.reason',
    ]);
  });

  it('finds an objective that stands twice', async () => {
    const wheres = await differencesAfter(({ standings }, portal) => standings.push(structuredClone(portal)));
    assert.deepEqual(wheres, [`${place} (times)`]);
  });

  it('refuses what is no standing, with its place', async () => {
    const slo = { standings: [{ definition: {}, figure: {} }], exclusions: [] };
    const bundle = { ...bare, registers: { quality: [], security: null, slo } };
    await assert.rejects(verify(bytesOf(bundle), { engine }), /registers\.slo\.standings\.0\.definition\.id/);
  });
});
