import assert from 'node:assert/strict';
import { InputError, type SloSpan } from '../../rules/contract.ts';
import type { ExclusionOrder } from '../contract.ts';
import { freshSubject, type SuiteStore, subject } from './fixtures.ts';
import { availability, figureOf, rolling, saveOne, september, window28 } from './slo-fixtures.ts';

const october: SloSpan = {
  kind: 'month',
  id: '2026-10',
  ...{ from: '2026-09-30T16:00:00Z', to: '2026-10-31T16:00:00Z' },
};

function orderOf(city: string, from: string, to: string): ExclusionOrder {
  return {
    ...{ slo: availability.id, subject: city, kind: 'maintenance', from, to },
    ...{ reason: '机房断电检修', by: '王敏', evidence: 'OPS-1234', at: '2026-10-05T00:00:00.000Z' },
    periodSeconds: 30 * 86_400,
  };
}

/** Counted figures with their revisions, and exclusions. */
export function describeSlo(suite: SuiteStore): void {
  describe('SLO register, figures', () => {
    it('replaces the figure of a running span, and keeps revisions of an ended one', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const key = { slo: availability.id, subject: city, span: '2026-09' };
      const running = figureOf(availability, city, { asOf: '2026-09-10T00:00:00Z' });
      assert.deepEqual(await saveOne(slo, availability, running), { revision: 1, isNew: true });
      const ended = figureOf(availability, city, { revision: 9 });
      assert.deepEqual(await saveOne(slo, availability, ended), { revision: 1, isNew: true });
      assert.deepEqual(await saveOne(slo, availability, ended), { revision: 1, isNew: false });
      assert.deepEqual(await saveOne(slo, availability, running), { revision: 1, isNew: false });
      const restated = figureOf(availability, city, { counts: { bad: 19, total: 4100 } });
      assert.deepEqual(await saveOne(slo, availability, restated), { revision: 2, isNew: true });
      assert.deepEqual(await slo.revisions(key), [
        { ...ended, revision: 1 },
        { ...restated, revision: 2 },
      ]);
      assert.deepEqual(await slo.latest([city], null), [
        { definition: availability, figure: { ...restated, revision: 2 } },
      ]);
    });

    it('takes nothing back for a count that failed, and lets a count take the place of a failure', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const reason = { zh: '无响应', en: 'no answer' };
      const failed = figureOf(availability, city, { counts: null, state: 'failed', reason });
      assert.deepEqual(await saveOne(slo, availability, failed), { revision: 1, isNew: true });
      assert.deepEqual(await saveOne(slo, availability, figureOf(availability, city)), {
        revision: 1,
        isNew: true,
      });
      assert.deepEqual(await saveOne(slo, availability, failed), { revision: 1, isNew: false });
      assert.equal((await slo.latest([city], null))[0]?.figure.state, 'measured');
    });

    it('gives the newest span of the own period of each SLO, also as of an earlier instant', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const day: SloSpan = {
        kind: 'day',
        id: '2026-10-02',
        ...{ from: '2026-10-01T16:00:00Z', to: '2026-10-02T16:00:00Z' },
      };
      const [first, second] = [window28('2026-10-01T00:00:00Z'), window28('2026-10-03T00:00:00Z')];
      const running = { span: october, asOf: '2026-10-03T00:00:00Z' };
      await saveOne(slo, availability, figureOf(availability, city));
      await saveOne(slo, availability, figureOf(availability, city, running));
      await saveOne(slo, availability, figureOf(availability, city, { span: day }));
      for (const span of [first, second]) await saveOne(slo, rolling, figureOf(rolling, city, { span }));
      const spans = async (before: string | null) =>
        (await slo.latest([city], before)).map(({ figure }) => [figure.slo, figure.span.id]);
      assert.deepEqual(await spans(null), [
        ['portal-availability', '2026-10'],
        ['portal-latency', second.id],
      ]);
      assert.deepEqual(await spans('2026-10-02T00:00:00Z'), [
        ['portal-availability', '2026-10'],
        ['portal-latency', first.id],
      ]);
      assert.deepEqual(await spans('2026-09-30T16:00:00Z'), [['portal-availability', '2026-09']]);
      assert.deepEqual(await slo.latest([], null), []);
    });

    it('lists the spans of one kind, newest first, in their last revision', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      for (const span of [september, october]) {
        await saveOne(slo, availability, figureOf(availability, city, { span }));
        await saveOne(
          slo,
          availability,
          figureOf(availability, city, { span, counts: { bad: 1, total: 9 } }),
        );
      }
      const query = { slo: availability.id, subject: city, kind: 'month' } as const;
      const listed = async (from: string, to: string) =>
        (await slo.figures({ ...query, from, to })).map(({ span, revision }) => [span.id, revision]);
      assert.deepEqual(await listed(september.from, october.to), [
        ['2026-10', 2],
        ['2026-09', 2],
      ]);
      assert.deepEqual(await listed(september.from, october.from), [['2026-09', 2]]);
    });

    it('keeps one rolling window of each day, the last', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      for (const to of ['2026-10-01T00:00:00Z', '2026-10-01T00:05:00Z', '2026-10-02T23:55:00Z'])
        await saveOne(slo, rolling, figureOf(rolling, city, { span: window28(to) }));
      const all = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
      const kept = await slo.figures({ slo: rolling.id, subject: city, kind: 'rolling', ...all });
      assert.deepEqual(
        kept.map(({ span }) => span.to),
        ['2026-10-02T23:55:00Z', '2026-10-01T00:05:00Z'],
      );
    });

    it('refuses a figure that another definition counted, and an unknown subject', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      await assert.rejects(saveOne(slo, rolling, figureOf(availability, city)), RangeError);
      await assert.rejects(saveOne(slo, availability, figureOf(availability, 'nowhere')), /unknown subject/);
    });

    it('of the sample go with the sample', async () => {
      const { slo, subjects } = suite.store;
      const city = await freshSubject(suite.store);
      const sample = `${city}-sample`;
      await subjects.put([subject(sample, null, { isSample: true })]);
      for (const each of [city, sample]) await saveOne(slo, availability, figureOf(availability, each));
      await slo.exclude(orderOf(sample, '2026-09-04T01:00:00Z', '2026-09-04T03:00:00Z'));
      await suite.store.removeSample();
      const left = await slo.latest([city, sample], null);
      assert.deepEqual(
        left.map(({ figure }) => figure.subject),
        [city],
      );
      assert.deepEqual(await slo.exclusions([sample], null), []);
    });
  });

  describe('SLO register, exclusions', () => {
    it('come back as they were signed, newest first, withdrawn ones too', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const early = orderOf(city, '2026-09-04T01:00:00.000Z', '2026-09-04T03:00:00.000Z');
      const late = orderOf(city, '2026-09-05T01:00:00.000Z', '2026-09-05T01:30:00.000Z');
      const [first, second] = [await slo.exclude(early), await slo.exclude(late)];
      const { at, periodSeconds: _, ...signed } = early;
      const standing = { recordedAt: at, withdrawnAt: null, withdrawnBy: null };
      assert.deepEqual(first, { ...signed, id: first.id, ...standing });
      const gone = await slo.withdraw(first.id, '李强', '2026-10-06T00:00:00.000Z');
      assert.deepEqual(gone, {
        ...first,
        withdrawnAt: '2026-10-06T00:00:00.000Z',
        withdrawnBy: '李强',
      });
      assert.deepEqual(await slo.exclusions([city], availability.id), [second, gone]);
      assert.deepEqual(await slo.exclusions([city], 'other'), []);
      await assert.rejects(slo.withdraw(first.id, '李强', at), InputError);
      await assert.rejects(slo.withdraw(2 ** 40, '李强', at), InputError);
    });

    it('may touch each other and take the place of a withdrawn one, and may not overlap', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const order = (from: string, to: string) => slo.exclude(orderOf(city, from, to));
      const { id } = await order('2026-09-04T01:00:00Z', '2026-09-04T03:00:00Z');
      await order('2026-09-04T03:00:00Z', '2026-09-04T04:00:00Z');
      await assert.rejects(
        order('2026-09-04T02:59:59Z', '2026-09-04T03:30:00Z'),
        new RegExp(`overlaps exclusion ${id} \\(2026-09-04T01:00:00.000Z to 2026-09-04T03:00:00.000Z\\)`),
      );
      const other = { ...orderOf(city, '2026-09-04T01:00:00Z', '2026-09-04T03:00:00Z'), slo: 'other' };
      await slo.exclude(other);
      await slo.withdraw(id, '李强', '2026-10-06T00:00:00Z');
      await order('2026-09-04T02:00:00Z', '2026-09-04T03:00:00Z');
    });

    it('two at once are taken one after the other', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const order = orderOf(city, '2026-09-04T01:00:00Z', '2026-09-04T03:00:00Z');
      const outcomes = await Promise.allSettled([slo.exclude(order), slo.exclude(order)]);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });

    it('are refused when they end before they begin, lie in the future, are too long or unsigned', async () => {
      const { slo } = suite.store;
      const city = await freshSubject(suite.store);
      const good = orderOf(city, '2026-09-04T01:00:00Z', '2026-09-04T03:00:00Z');
      const refuses = (other: Partial<ExclusionOrder>, told: RegExp) =>
        assert.rejects(slo.exclude({ ...good, ...other }), (error) => {
          assert.ok(error instanceof InputError);
          assert.match(error.message, told);
          return true;
        });
      await refuses({ to: good.from }, /not after its beginning/);
      await refuses({ to: '2026-09-04T00:00:00Z' }, /not after its beginning/);
      await refuses({ from: '2026-10-05T00:00:00Z', to: '2026-10-05T01:00:00Z' }, /lies in the future/);
      await refuses({ from: '2026-10-04T23:00:00Z', to: '2026-10-05T01:00:00Z' }, /lies in the future/);
      await refuses({ periodSeconds: 7199 }, /lasts 7200 s, longer than the period of the SLO \(7199 s\)/);
      await refuses({ reason: ' ', evidence: '' }, /needs reason and evidence/);
      assert.deepEqual(await slo.exclusions([city], null), []);
    });
  });
}
