import { strict as assert } from 'node:assert';
import { sampleRegisters } from '../../test/register-samples.ts';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import type { ReportRegisters } from '../contract.ts';
import { renderReport } from '../render.ts';
import { makeBundle } from './bundle.ts';
import { verify } from './verify.ts';

const bare = sampleBundle({ periods: ['2015-Q4'] });
const withRegisters = (registers: ReportRegisters) => makeBundle({ ...bare, registers });
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

/** Where a bundle differs whose registers were changed and which was then put together anew, number and all. */
async function differencesAfter(change: (registers: Writable<ReportRegisters>) => void): Promise<string[]> {
  const registers = structuredClone(sampleRegisters()) as Writable<ReportRegisters>;
  change(registers);
  const { differences } = await verify(bytesOf(withRegisters(registers as ReportRegisters)), { engine });
  return differences.map(({ where }) => where);
}

describe('verifying the registers of a report', () => {
  it('confirms a report with both chapters as issued', async () => {
    const bundle = withRegisters(sampleRegisters());
    const pdf = await renderReport(bundle, 'pdf', { engine });
    const verification = await verify(pdf, { engine });
    assert.deepEqual(verification.differences, []);
    assert.ok(verification.compared.values > 100);
  });

  it('gives a report with other registers another number', () => {
    const registers = sampleRegisters();
    const numbers = [bare, withRegisters(registers), withRegisters({ ...registers, security: null })];
    assert.equal(new Set(numbers.map(({ number }) => number)).size, 3);
  });

  it('names a failing ratio that its counts do not give, and a verdict that its threshold does not give', async () => {
    const wheres = await differencesAfter(({ quality }) => {
      const result = quality[0]?.results[1];
      assert.ok(result);
      result.ratio = 0.0001;
      result.isMissed = !result.isMissed;
    });
    assert.deepEqual(wheres, [
      'registers.quality[hotline-orders].completeness-owner-unit.ratio',
      'registers.quality[hotline-orders].completeness-owner-unit.isMissed',
    ]);
  });

  it('names a run from after the cut-off', async () => {
    const wheres = await differencesAfter(({ quality }) => {
      Object.assign(quality[2] ?? {}, { startedAt: '2016-02-01T00:00:00.000Z' });
    });
    assert.equal(wheres.length, 1);
    assert.match(wheres[0] ?? '', /^registers\.quality\[.*\]\.startedAt$/);
  });

  it('names an open finding that was left out of the list', async () => {
    const wheres = await differencesAfter(({ security }) => {
      security?.findings.shift();
    });
    assert.deepEqual(wheres, [
      'registers.security.figures.open',
      'registers.security.figures.open.critical',
      'registers.security.figures.oldestAgeDays.critical',
    ]);
  });

  it('refuses a register that is none, with its place', async () => {
    const bundle = {
      ...withRegisters(sampleRegisters()),
      registers: { quality: [{ subject: 1 }], security: null },
    };
    await assert.rejects(verify(bytesOf(bundle), { engine }), /the bundle: registers\.quality\.0\.subject/);
  });
});
