import assert from 'node:assert/strict';
import { sampleBundle, shippedModel } from '../../../../test/report-samples.ts';
import { sampleSlos } from '../../../../test/slo-samples.ts';
import { makeBundle } from '../../../bundle/bundle.ts';
import type { ReportSlos } from '../../../contract.ts';
import type { BlockOf, Row } from '../../blocks.ts';
import { contextOf } from '../../context.ts';
import { writeSlo } from './slo.ts';

const bare = sampleBundle({ periods: ['2015-Q4'] });

function chapterOf(slo: ReportSlos | undefined, language: 'zh' | 'en' = 'en') {
  const registers = { quality: [], security: null, ...(slo && { slo }) };
  const bundle = makeBundle({ ...bare, language, registers });
  return writeSlo(contextOf(bundle, [shippedModel('event-loop-2022')]));
}

type Blocks = ReturnType<typeof chapterOf>;
const tablesOf = (blocks: Blocks) =>
  blocks.filter((block): block is BlockOf<'table'> => block.kind === 'table');
const rowOf = (blocks: Blocks, table: number, name: string): Row => {
  const row = tablesOf(blocks)[table]?.rows.find(({ cells }) => cells[0] === name);
  assert.ok(row, name);
  return row;
};
const plain = (row: Row) => row.cells.slice(1).map((cell) => cell.replaceAll('\u00a0', ' '));

/** The standing of one objective with its counts changed. */
function withCounts(id: string, counts: { bad: number; total: number }): ReportSlos {
  const { standings, exclusions } = sampleSlos();
  return {
    standings: standings
      .filter(({ definition }) => definition.id === id)
      .map((each) => ({ ...each, figure: { ...each.figure, counts, state: 'measured' } })),
    exclusions,
  };
}

describe('the chapter on service level objectives', () => {
  const blocks = chapterOf(sampleSlos());

  it('is left out where there are none', () => {
    assert.deepEqual(chapterOf(undefined), []);
    assert.deepEqual(chapterOf({ standings: [], exclusions: [] }), []);
  });

  it('says how many are met, missed and neither', () => {
    const lead = blocks.find((block) => block.kind === 'paragraph');
    assert.equal(
      lead?.text,
      'As of 2016-01-01 00:00 there are 6 service level objectives (SLOs): 2 met, 1 of them only with signed exclusions left out; 1 missed; 3 could not be counted or decided and are neither.',
    );
  });

  it('prints missed ones first, then those that could not be counted', () => {
    assert.deepEqual(
      tablesOf(blocks)[0]?.rows.map(({ cells }) => cells[0]),
      [
        'hotline-latency',
        'gate-online',
        'survey-batch',
        'exchange-freshness',
        'portal-availability',
        'backup-success',
      ],
    );
  });

  it('puts the raw figure beside the adjusted one, each rounded down', () => {
    assert.deepEqual(plain(rowOf(blocks, 0, 'portal-availability')), [
      '99.9 %',
      'December 2015',
      '1,800 / 1,240,000',
      '99.85 %',
      '99.90 %',
      'Met, adjusted',
    ]);
    assert.deepEqual(plain(rowOf(blocks, 1, 'portal-availability')).slice(0, 2), ['−45.2 %', '8.0 %']);
  });

  it('tells of an overdrawn budget when it is used up, and of the burn', () => {
    assert.deepEqual(plain(rowOf(blocks, 1, 'hotline-latency')), [
      '−24.1 %',
      '−24.1 %',
      '2.20',
      'used up',
      '—',
    ]);
  });

  it('prints what was not counted with its reason and without a figure', () => {
    const row = rowOf(blocks, 0, 'gate-online');
    assert.deepEqual(plain(row), ['99 %', 'December 2015', '—', '—', '—', 'Not counted']);
    assert.equal(row.note, 'No samples: the collector did not run.');
    assert.ok(!tablesOf(blocks)[1]?.rows.some(({ cells }) => cells[0] === 'gate-online'));
  });

  it('marks low traffic, estimates and what late data restated', () => {
    assert.equal(
      rowOf(blocks, 0, 'backup-success').note,
      'Low traffic: fewer than 60 in all, so the verdict is a hint only.',
    );
    assert.equal(
      rowOf(blocks, 0, 'exchange-freshness').note,
      'Estimated from incomplete data: what is missing may be bad, so it is not called met. · Restated after late data, revision 2 of 2016-01-01 00:01.',
    );
  });

  it('never rounds a missed objective up to a met one', () => {
    const missed = chapterOf(withCounts('exchange-freshness', { bad: 501, total: 1_000_000 }));
    assert.deepEqual(plain(rowOf(missed, 0, 'exchange-freshness')).slice(3), [
      '99.949 %',
      '99.949 %',
      'Missed',
    ]);
    const whole = chapterOf(withCounts('exchange-freshness', { bad: 1, total: 10_000_000 }));
    assert.equal(plain(rowOf(whole, 0, 'exchange-freshness'))[3], '99.999 %');
    const even = chapterOf(withCounts('exchange-freshness', { bad: 500, total: 1_000_000 }));
    assert.deepEqual(plain(rowOf(even, 0, 'exchange-freshness')).slice(3), ['99.950 %', '99.950 %', 'Met']);
  });

  it('names who signed which exclusion, why, on what evidence, and what it does', () => {
    const rows = tablesOf(blocks)[2]?.rows ?? [];
    assert.deepEqual(rows.map(plain), [
      ['Force majeure', '2015-11-30 17:00 – 2015-12-01 03:00', 'Bo Xu', '64 / 9,000', '99.85 % → 99.90 %'],
      ['Maintenance', '2015-12-11 22:00 – 2015-12-12 02:00', 'Ann Lee', '610 / 6,400', '99.85 % → 99.90 %'],
    ]);
    assert.equal(rows[1]?.note, 'Reason: database moved to new disks; evidence: CHG-2015-118.');
  });

  it('says of a withdrawn exclusion who withdrew it', () => {
    const { standings, exclusions } = sampleSlos();
    const withdrawn = { withdrawnAt: '2015-12-20T15:00:00.000Z', withdrawnBy: 'Cy Ray' };
    const slo = { standings, exclusions: exclusions.map((each) => ({ ...each, ...withdrawn })) };
    assert.equal(
      tablesOf(chapterOf(slo))[2]?.rows[0]?.note,
      'Reason: power cut of the district; evidence: notice 2015-77. · Withdrawn 2015-12-20 10:00 by Cy Ray; left out until the next count.',
    );
  });

  it('counts as neither what lies in exclusions as a whole', () => {
    const gone = withCounts('portal-availability', { bad: 674, total: 15_400 });
    const row = rowOf(chapterOf(gone), 0, 'portal-availability');
    assert.deepEqual(plain(row).slice(3), ['95.62 %', '—', 'Not counted']);
    assert.equal(row.note, 'Nothing is left after the exclusions, so there is no adjusted figure.');
  });

  it('says of a calendar period that it still runs', () => {
    const { standings, exclusions } = sampleSlos();
    const running = standings.map((each) => ({
      ...each,
      figure: { ...each.figure, excluded: [], asOf: '2015-12-16T17:00:00.000Z' },
    }));
    const row = rowOf(chapterOf({ standings: running, exclusions }, 'zh'), 0, '门户可用性');
    assert.equal(row.cells[2], '2015年12月（进行中）');
    const left = rowOf(chapterOf({ standings: running, exclusions }), 1, 'portal-availability');
    assert.deepEqual(plain(left), ['27.4 %', '27.4 %', '0.20', '42.5 days', '7.4 %']);
  });
});
