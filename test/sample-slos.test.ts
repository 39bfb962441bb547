import assert from 'node:assert/strict';
import { fillSlos } from '../cli/compose/sample-slos.ts';
import { statusOf } from '../cli/compose/slo/status.ts';
import type { Reading } from '../collectors/contract.ts';
import { adjustedCounts, budgetOfFigure } from '../rules/contract.ts';
import { buildSampleCity } from '../samples/city/sample-city.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { scratchFolder } from './scratch-folder.ts';

const city = buildSampleCity('2026-11-20');
/** What the promises are counted from; the rest of the telemetry would only take time. */
const counted = /^citygauge_(?:probe_success|service_|backup_success|dataset_lag_seconds)/;

describe('the promises of the sample city', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  const { signal } = new AbortController();
  let store: EvidenceStore;
  let told = 0;

  const figuresOf = (slo: string, kind: 'day' | 'month' | 'rolling') =>
    store.slo.figures({ slo, subject: 'sample', kind, from: '2025-09-01T00:00:00Z', to: city.to });
  const readingsOf = (metric: string, labels: Reading['labels']) =>
    store.readings
      .list(metric, city.from, city.to)
      .then((all) =>
        all.filter((reading) =>
          Object.entries(labels).every(([name, value]) => reading.labels[name] === value),
        ),
      );
  const standing = async (slo: string, before: string) => {
    const found = (await store.slo.latest(['sample'], before)).find(({ figure }) => figure.slo === slo);
    assert.ok(found, slo);
    return { ...found, budget: budgetOfFigure(found.definition, found.figure) };
  };

  before(async () => {
    store = await openStore({ dataFolder: folder.path });
    await store.subjects.put(city.subjects);
    for (const month of city.readings()) {
      const used = month.filter(({ metric, labels }) => labels.subject === 'sample' && counted.test(metric));
      await store.readings.put(used);
    }
    told = await fillSlos(store, city, signal);
  });

  after(() => store.close());

  it('are seven, calendar months and rolling windows, each counted at the end of its twelve months', async () => {
    const latest = await store.slo.latest(['sample'], city.to);
    assert.deepEqual(
      latest.map(({ figure }) => [figure.slo, figure.span.kind, figure.state]),
      [
        ['backups-success', 'month', 'measured'],
        ['exchange-online', 'rolling', 'measured'],
        ['hotline-online', 'month', 'measured'],
        ['hotline-orders', 'rolling', 'measured'],
        ['portal-availability', 'month', 'measured'],
        ['portal-latency', 'rolling', 'measured'],
        ['water-gauges-freshness', 'rolling', 'measured'],
      ],
    );
    for (const { figure } of latest)
      assert.equal((await figuresOf(figure.slo, figure.span.kind as 'month' | 'rolling')).length, 12);
  });

  it('have a month that only a signed night of maintenance keeps', async () => {
    const { figure, budget } = await standing('hotline-online', city.to);
    assert.deepEqual(figure.counts, { bad: 8, total: 744 });
    assert.deepEqual(adjustedCounts(figure), { bad: 0, total: 736 });
    assert.deepEqual([budget.raw.isMet, budget.adjusted.isMet], [false, true]);
  });

  it('have a month that stays overdrawn with the power cut left out', async () => {
    const { figure, budget } = await standing('hotline-online', '2026-07-01T00:00:00+08:00');
    assert.equal(figure.span.id, '2026-06');
    assert.deepEqual(figure.counts, { bad: 18, total: 720 });
    assert.deepEqual(adjustedCounts(figure), { bad: 12, total: 714 });
    assert.ok((budget.adjusted.leftRatio ?? 0) < -0.6, `${budget.adjusted.leftRatio}`);
  });

  it('are undecided where the probes were silent for a week', async () => {
    const { figure, budget } = await standing('exchange-online', '2026-10-01T00:00:00+08:00');
    assert.deepEqual([figure.state, figure.counts?.total], ['estimated', 552]);
    assert.equal(budget.adjusted.isMet, null);
  });

  it('have the days of the last two months, which add up to the months', async () => {
    const days = await figuresOf('hotline-online', 'day');
    assert.equal(days.length, 61);
    const october = days.filter(({ span }) => span.id.startsWith('2026-10'));
    assert.equal(
      october.reduce((sum, { counts }) => sum + (counts?.total ?? 0), 0),
      744,
    );
    assert.equal(
      october.reduce((sum, { counts }) => sum + (counts?.bad ?? 0), 0),
      8,
    );
    assert.deepEqual(
      october
        .filter(({ excluded }) => excluded.length > 0)
        .map(({ span, excluded }) => [span.id, excluded[0]?.total]),
      [
        ['2026-10-18', 6],
        ['2026-10-17', 2],
      ],
    );
  });

  it('tell every day how they stood; of an exclusion from the day on that it was recorded', async () => {
    const raw = await readingsOf('citygauge_slo_attainment_ratio', { slo: 'hotline-online' });
    const adjusted = await readingsOf('citygauge_slo_attainment_adjusted_ratio', { slo: 'hotline-online' });
    assert.equal(raw.length, 365);
    assert.deepEqual([raw.at(-1)?.value, adjusted.at(-1)?.value], [1 - 8 / 744, 1]);
    const differing = adjusted.filter(({ value }, index) => value !== raw[index]?.value).map(({ at }) => at);
    assert.equal(
      differing.find((at) => at > '2026-10'),
      '2026-10-19T15:59:59.000Z',
    );
    assert.ok(told > 365 * 7 * 3, `${told} readings`);
  });

  it('stand later on as they stood when the sample was made', async () => {
    const sample = await store.subjects.get('sample');
    assert.ok(sample);
    const owned = (await store.slo.latest(['sample'], city.to)).map(({ definition }) => ({
      definition,
      subject: sample,
    }));
    const later = { asOf: '2027-03-01T00:00:00Z', now: '2027-03-01T00:00:00Z' };
    const states = (await statusOf(store, owned, later)).map(({ figure, state }) => [figure.slo, state]);
    assert.deepEqual(Object.fromEntries(states), {
      'backups-success': 'met',
      'exchange-online': 'met',
      'hotline-online': 'met',
      'hotline-orders': 'missed',
      'portal-availability': 'met',
      'portal-latency': 'met',
      'water-gauges-freshness': 'met',
    });
  });

  it('come to the same when they are counted again', async () => {
    const before = await store.slo.latest(['sample'], city.to);
    assert.equal(await fillSlos(store, city, signal), told);
    assert.deepEqual(await store.slo.latest(['sample'], city.to), before);
    assert.equal((await store.slo.exclusions(['sample'], null)).length, 2);
  });
});
