import assert from 'node:assert/strict';
import type { WindowCatalogue } from '../../contract.ts';
import { builtInCatalogues } from '../windows/built-in.ts';
import { catalogueFor } from '../windows/catalogue-for.ts';
import { alertSpans, type CountedStep } from './alert-history.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse('2031-05-01T00:00:00Z');
const catalogue = catalogueFor({ kind: 'rolling', days: 30 }, builtInCatalogues) as WindowCatalogue;

/** 40 events a minute for four days and two more, bad in [from, to) minutes after the fourth. */
function incident(badRatio: number, minutes: number, minimumEvents = 0) {
  const steps: CountedStep[] = [];
  const began = start + 96 * hour;
  for (let at = start; at < began + 48 * hour; at += minute) {
    const isBad = at >= began && at < began + minutes * minute;
    steps.push({ at, bad: isBad ? 40 * badRatio : 0, total: 40 });
  }
  const found = alertSpans(
    { from: began, to: began + 48 * hour, stepMilliseconds: minute, steps },
    { objectivePercent: 99.9, minimumEvents, catalogue },
  );
  return found.map(({ severity, from, to }) => [
    severity,
    (Date.parse(from) - began) / minute,
    to === null ? null : (Date.parse(to) - began) / minute - minutes,
  ]);
}

describe('when the alerts of an SLO fire', () => {
  it('is told to the minute for incidents of a service with three days behind it', () => {
    assert.deepEqual(incident(1, 10), [
      ['page', 1, 30],
      ['ticket', 5, 360],
    ]);
    assert.deepEqual(incident(0.15, 10), [['page', 6, 5]]);
    assert.deepEqual(incident(0.02, 180), [['page', 44, 22]]);
    assert.deepEqual(incident(0.0055, 2880)[0]?.slice(0, 2), ['ticket', 786]);
    assert.deepEqual(incident(0.003, 15), []);
  });

  it('is nobody’s matter where fewer events came than the guard asks for', () => {
    assert.deepEqual(incident(1, 10, 40 * 60 * 24 * 4 + 1), []);
  });

  it('is told as going on where the span ends before it', () => {
    assert.deepEqual(incident(0.005, 2880).at(-1)?.at(-1), null);
  });

  it('takes one step for windows that are shorter, and no event for no alarm', () => {
    const steps = [4, 5, 6].map((index) => ({
      at: start + index * hour,
      bad: index === 5 ? 7 : 0,
      total: 70,
    }));
    const spans = alertSpans(
      { from: start, to: start + 9 * hour, stepMilliseconds: hour, steps },
      { objectivePercent: 99.9, minimumEvents: 0, catalogue },
    );
    assert.deepEqual(
      spans.filter(({ severity }) => severity === 'page'),
      [{ severity: 'page', from: '2031-05-01T06:00:00.000Z', to: '2031-05-01T07:00:00.000Z' }],
    );
    assert.deepEqual(
      alertSpans(
        { from: start, to: start + hour, stepMilliseconds: hour, steps: [] },
        { objectivePercent: 99.9, minimumEvents: 0, catalogue },
      ),
      [],
    );
  });
});
