import assert from 'node:assert/strict';
import { budgetOfFigure, type Slo, type SloDefinition, type SloFigure } from '../../../../rules/contract.ts';
import { promised } from '../../../../test/web/registers/slo-data.ts';
import { periodOf } from '../../../../test/web/registers/slo-figures.ts';
import type { PageContext } from '../../page.ts';
import { promiseStandings, verdictOf } from './standing.ts';

describe('the verdict on a promise', () => {
  const verdict = (id: string, change: Partial<SloFigure>) => {
    const found = promised.find(({ slo }) => slo.id === id);
    assert.ok(found);
    const figure = { ...periodOf(found), ...change };
    return verdictOf(figure, budgetOfFigure(found.slo, figure));
  };

  it('is kept on whole data alone: of an estimate nobody is sure', () => {
    assert.equal(verdict('portal-latency', {}), 'kept');
    assert.equal(verdict('portal-latency', { state: 'estimated' }), 'unsure');
  });

  it('is missed on an estimate too, since what is missing takes no error back', () => {
    assert.equal(verdict('hotline-intake', { state: 'estimated' }), 'missed');
  });
});

const definition: SloDefinition = {
  ...{ id: 'portal-errors', service: 'portal', name: 'errors', description: '', minimumEvents: 0 },
  ...{ title: { zh: '门户', en: 'Portal' }, objectivePercent: 99.5, period: { kind: 'rolling', days: 28 } },
  sli: { kind: 'events', errorQuery: 'a', totalQuery: 'b', measure: null },
};
const removed: SloDefinition = { ...definition, id: 'portal-removed' };
const uncounted = { ...definition, id: 'portal-new', subject: null } as Slo;

function figureOf({ id }: SloDefinition, bad: number): SloFigure {
  const [from, to] = ['2026-10-24T00:00:00Z', '2026-11-21T00:00:00Z'];
  return {
    ...{ slo: id, subject: 'hexi', span: { kind: 'rolling', id: `28d@${to}`, from, to }, asOf: to },
    ...{ counts: { bad, total: 4000 }, state: 'measured', reason: null, excluded: [], recent: {} },
    ...{ queries: [], specSha256: '', revision: 1, computedAt: to },
  };
}

describe('the order of promises on a page', () => {
  it('has those that are defined no more last, however bad they were, and gives the new ones to the own root', async () => {
    const counted = [
      { definition: removed, figure: figureOf(removed, 900) },
      { definition, figure: figureOf(definition, 3) },
    ];
    const subjects = [
      { id: 'sample', parent: null, isSample: true },
      { id: 'hexi', parent: null, isSample: false },
    ];
    const context = {
      reader: { subjects: async () => subjects },
      workbench: {
        slos: () => [definition as Slo, uncounted],
        slo: { latest: async () => counted },
      },
    } as unknown as PageContext;
    const standings = await promiseStandings(context, ['hexi']);
    assert.deepEqual(
      standings.map(({ definition: { id }, verdict, slo }) => [id, verdict, slo !== null]),
      [
        ['portal-new', 'unknown', true],
        ['portal-errors', 'kept', true],
        ['portal-removed', 'missed', false],
      ],
    );
  });
});
