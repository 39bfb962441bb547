import assert from 'node:assert/strict';
import { budgetOfFigure, type SloDefinition, type SloExclusion, type SloFigure } from '../rules/contract.ts';
import type { SloStatus } from './compose/slo/status.ts';
import { localTimeText } from './local-times.ts';
import { exclusionsText, recountText, statusText } from './slo-texts.ts';

const definition: SloDefinition = {
  ...{ id: 'portal-availability', service: 'portal', name: 'availability', description: '' },
  ...{ title: { zh: '可用性', en: 'Availability' }, objectivePercent: 99.9, minimumEvents: 5000 },
  period: { kind: 'rolling', days: 28 },
  sli: { kind: 'events', errorQuery: 'a', totalQuery: 'b', measure: null },
};
const figure: SloFigure = {
  ...{ slo: definition.id, subject: 'hexi', asOf: '2026-11-21T00:00:00Z', state: 'measured', reason: null },
  span: {
    ...{ kind: 'rolling', id: '28d@2026-11-21T00:00:00Z' },
    ...{ from: '2026-10-24T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  },
  ...{ counts: { bad: 3, total: 4000 }, excluded: [], recent: { '1h': 0.0072 }, queries: [] },
  ...{ specSha256: '', revision: 1, computedAt: '2026-11-21T00:00:00Z' },
};

function status(other: Partial<SloFigure>, state: SloStatus['state']): SloStatus {
  const of = { ...figure, ...other };
  return { definition, figure: of, budget: budgetOfFigure(definition, of), state };
}

/** Cells of the rows, without the frame. */
function cells(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('│'));
  return rows.map((line) =>
    line
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('SLOs on a terminal', () => {
  it('show attainment to three digits, the budget, the outlook and low traffic', () => {
    const [, row] = cells(statusText([status({}, 'met')], 'en'));
    assert.deepEqual(row, [
      ...['portal-availability', '28d', '99.9 %', '99.925 %', '99.925 %', '25.0 %', '7.20', '23.3 h', '—'],
      'met (low traffic)',
    ]);
  });

  it('cut what was just missed, so that it never reads as kept, and name a budget that is used up', () => {
    const [, row] = cells(
      statusText([status({ counts: { bad: 1004, total: 1_000_000 }, recent: {} }, 'missed')], 'en'),
    );
    assert.deepEqual(row?.slice(3), [...['99.899 %', '99.899 %', '-0.4 %', '—', 'used up', '—', 'missed']]);
    const barely = status({ counts: { bad: 10_000_001, total: 10_000_000_000 }, recent: {} }, 'missed');
    assert.equal(cells(statusText([barely], 'zh'))[1]?.[3], '99.899 %');
  });

  it('show a dash for what is not known, and the reason below the table', () => {
    const reason = { zh: '该时段内没有采样数据', en: 'there is no sample in this span' };
    const text = statusText([status({ counts: null, state: 'absent', reason, recent: {} }, 'absent')], 'zh');
    assert.deepEqual(cells(text)[1]?.slice(3), ['—', '—', '—', '—', '—', '—', '无数据']);
    assert.ok(text.endsWith('portal-availability: 该时段内没有采样数据'));
    assert.equal(statusText([], 'zh'), '没有服务目标');
  });

  it('list exclusions in the local time of their subject, with who took them back', () => {
    const exclusion: SloExclusion = {
      ...{ id: 7, slo: definition.id, subject: 'hexi', reason: '台风', by: '王敏' },
      kind: 'force-majeure',
      ...{ from: '2026-11-14T14:00:00.000Z', to: '2026-11-14T18:00:00.000Z', evidence: 'OPS-1234' },
      ...{ recordedAt: '2026-11-15T00:00:00.000Z', withdrawnAt: null, withdrawnBy: null },
    };
    const times = (instant: string) => localTimeText(instant, 'Asia/Shanghai');
    assert.deepEqual(cells(exclusionsText([exclusion], 'zh', times))[1], [
      ...['7', 'portal-availability', '不可抗力', '2026-11-14 22:00 +08:00', '2026-11-15 02:00 +08:00'],
      ...['台风', '王敏', 'OPS-1234', '—'],
    ]);
  });

  it('show what a recount changed, and say how much it did not', () => {
    const { span } = figure;
    const after = { ...figure, counts: { bad: 4.25, total: 4100 } };
    const changed = { span, before: figure, after, revision: 2, isNew: true };
    const same = { ...changed, after: figure, revision: 1, isNew: false };
    const text = recountText([changed, same], 'en');
    assert.deepEqual(cells(text)[1], ['28d@2026-11-21T00:00:00Z', '3 / 4000', '4.25 / 4100', '2', '']);
    const excluded = [{ exclusion: 7, from: span.from, to: span.to, bad: 1, total: 50 }];
    const left = recountText([{ ...changed, after: { ...figure, excluded } }], 'en');
    assert.deepEqual(cells(left)[1]?.slice(1, 3), ['3 / 4000', '3 / 4000, less 1 / 50']);
    assert.ok(text.endsWith('1 span counts as before'));
  });
});
