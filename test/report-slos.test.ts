import assert from 'node:assert/strict';
import { slosOf } from '../cli/compose/report-slos.ts';
import type { SloFigure, SloStanding } from '../rules/contract.ts';
import type { Evaluation } from '../scoring/contract.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { sampleBundle } from './report-samples.ts';
import { scratchFolder } from './scratch-folder.ts';
import { sampleSlos } from './slo-samples.ts';

const { evaluation } = sampleBundle({ periods: ['2015-Q4'] });
const [portal, latency] = sampleSlos().standings;
const november = { id: '2015-11', from: '2015-11-01T04:00:00.000Z', to: '2015-12-01T05:00:00.000Z' };

describe('the promises of a report', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let store: EvidenceStore;

  const save = async (standing: SloStanding | undefined, change: Partial<SloFigure> = {}) => {
    assert.ok(standing);
    const figure = { ...standing.figure, excluded: [], ...change };
    await store.slo.save([{ ...standing, figure }]);
  };
  const spansAt = async (change: Partial<Evaluation> = {}) => {
    const slos = await slosOf(store, ['boston'], { ...evaluation, ...change });
    return slos?.standings.map(({ figure }) => `${figure.slo} ${figure.span.id}`);
  };

  before(async () => {
    store = await openStore({ dataFolder: folder.path });
    const { id, name, timeZone, isSample } = evaluation.subject;
    await store.subjects.put([{ id, name, timeZone, isSample, kind: 'city', parent: null }]);
    await save(portal, { span: { kind: 'month', ...november }, asOf: november.to });
    await save(portal);
    await save(latency);
  });

  after(() => store.close());

  it('stand as of the cut-off', async () => {
    assert.deepEqual(await spansAt(), [
      'hotline-latency 30d@2016-01-01T05:00:00Z',
      'portal-availability 2015-12',
    ]);
  });

  it('do not go on past the end of the period, however late the evaluation', async () => {
    await save(portal, {
      span: {
        kind: 'month',
        id: '2016-01',
        from: '2016-01-01T05:00:00.000Z',
        to: '2016-02-01T05:00:00.000Z',
      },
      asOf: '2016-01-09T00:00:00.000Z',
    });
    assert.deepEqual(await spansAt({ asOf: '2016-01-20T00:00:00.000Z' }), [
      'hotline-latency 30d@2016-01-01T05:00:00Z',
      'portal-availability 2015-12',
    ]);
  });

  it('are those of the span before where the store counted past the cut-off', async () => {
    assert.deepEqual(await spansAt({ asOf: '2015-12-20T00:00:00.000Z' }), ['portal-availability 2015-11']);
  });

  it('come with the exclusions that their figures name, and no others', async () => {
    assert.ok(portal);
    const order = (from: string, to: string) => ({
      ...({ slo: 'portal-availability', subject: 'boston', kind: 'maintenance', from, to } as const),
      ...{ reason: 'new disks', by: 'Ann Lee', evidence: 'CHG-118', at: '2016-01-01T00:00:00.000Z' },
      periodSeconds: 31 * 86_400,
    });
    const own = await store.slo.exclude(order('2015-12-12T03:00:00.000Z', '2015-12-12T07:00:00.000Z'));
    await store.slo.exclude(order('2015-10-12T03:00:00.000Z', '2015-10-12T07:00:00.000Z'));
    const { from, to } = own;
    await save(portal, { excluded: [{ exclusion: own.id, bad: 610, total: 6400, from, to }] });
    const slos = await slosOf(store, ['boston'], evaluation);
    assert.deepEqual(
      slos?.exclusions.map(({ id }) => id),
      [own.id],
    );
    assert.equal(slos?.standings[1]?.figure.revision, 2);
  });

  it('are no longer told of when nobody has counted them since before the period', async () => {
    const [start, end] = ['2016-03-01T05:00:00.000Z', '2016-04-01T04:00:00.000Z'];
    const period = { ...evaluation.period, id: '2016-03', kind: 'month', start, end } as const;
    assert.equal(await spansAt({ asOf: end, period }), undefined);
  });

  it('are absent where nothing was counted', async () => {
    assert.equal(await slosOf(store, ['elsewhere'], evaluation), undefined);
  });
});
