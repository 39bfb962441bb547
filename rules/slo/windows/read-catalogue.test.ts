import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSharedData } from '../../../test/real-parts.ts';
import { burnFactor, InputError } from '../../contract.ts';
import { builtInCatalogues } from './built-in.ts';
import { catalogueFor, tiersOf } from './catalogue-for.ts';
import { readCatalogue } from './read-catalogue.ts';

const week = `apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 7d
  page:
    quick: { errorBudgetPercent: 8, shortWindow: 5m, longWindow: 1h }
    slow: { errorBudgetPercent: 12.5, shortWindow: 30m, longWindow: 6h }
  ticket:
    quick: { errorBudgetPercent: 20, shortWindow: 2h, longWindow: 1d }
    slow: { errorBudgetPercent: 42, shortWindow: 6h, longWindow: 3d }
`;

const read = (text: string) => readCatalogue({ name: 'week.yaml', text });

function faultsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  return [];
}

describe('window catalogues', () => {
  it('have the factors of the workbook for 30 days, and those of Sloth for 28', () => {
    const factors = builtInCatalogues.map((each) => tiersOf(each).map((window) => burnFactor(each, window)));
    assert.deepEqual(factors, [
      [13.44, 5.6000000000000005, 2.8000000000000003, 0.9333333333333333],
      [14.4, 6, 3, 1],
    ]);
  });

  it('are those that Sloth ships', function () {
    const folder = requireSharedData(this, 'sloth/windows-default');
    const shipped = [28, 30].map((days) => {
      const name = join(folder, `google-${days}d.yaml`);
      return readCatalogue({ name, text: readFileSync(name, 'utf8') });
    });
    assert.deepEqual(shipped, builtInCatalogues);
  });

  it('are read from a file', () => {
    const catalogue = read(week);
    assert.equal(catalogue.periodDays, 7);
    assert.deepEqual(catalogue.ticket.slow, {
      errorBudgetPercent: 42,
      shortSeconds: 21_600,
      longSeconds: 259_200,
    });
  });

  it('are refused with every fault and its place', () => {
    const bad = week
      .replace('8, shortWindow: 5m', '0, shortWindow: 2h')
      .replace('12.5', '101')
      .replace('2h, longWindow: 1d', '2hours, longWindow: 1d')
      .replace('longWindow: 3d', 'longWindow: 8d');
    assert.deepEqual(faultsOf(bad), [
      'week.yaml line 6 column 34 spec.page.quick.errorBudgetPercent: 0 is no share of the budget: write a number above 0, up to 100 per cent',
      'week.yaml line 6 column 50 spec.page.quick.shortWindow: the short window 2h is not shorter than the long one, 1h',
      'week.yaml line 7 column 33 spec.page.slow.errorBudgetPercent: 101 is no share of the budget: write a number above 0, up to 100 per cent',
      'week.yaml line 9 column 51 spec.ticket.quick.shortWindow: "2hours" is no duration: write it as Prometheus does, 5m, 36h, 3d',
      'week.yaml line 10 column 66 spec.ticket.slow.longWindow: the window 8d is longer than the period',
    ]);
    assert.match(
      faultsOf(week.replace('shortWindow: 5m', 'shortWindw: 5m')).join('\n'),
      /did you mean shortWindow/,
    );
    assert.match(faultsOf(week.replace('7d', '36h')).join('\n'), /not a number of whole days/);
    assert.equal(faultsOf('').length, 1);
  });

  it('are found by the length of a rolling period, and by the nearest length for the calendar', () => {
    const all = [read(week), ...builtInCatalogues];
    const daysFor = (period: Parameters<typeof catalogueFor>[0]) =>
      catalogueFor(period, all)?.periodDays ?? null;
    assert.equal(daysFor({ kind: 'rolling', days: 7 }), 7);
    assert.equal(daysFor({ kind: 'rolling', days: 90 }), null);
    const timeZone = 'Asia/Shanghai';
    for (const unit of ['month', 'quarter', 'year'] as const)
      assert.equal(daysFor({ kind: 'calendar', unit, timeZone }), 30);
  });
});
