import assert from 'node:assert/strict';
import { budgetOfFigure, type SloFigure } from '../../../../rules/contract.ts';
import { promised } from '../../../../test/web/registers/slo-data.ts';
import { periodOf } from '../../../../test/web/registers/slo-figures.ts';
import { verdictOf } from './standing.ts';

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
