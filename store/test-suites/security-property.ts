import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../contract.ts';
import { freshSubject, type SuiteStore } from './fixtures.ts';
import { day, found, importReport, report } from './security-fixtures.ts';

const rules = ['R1', 'R2', 'R3'];
const assets = ['a', 'b'];
const keys = assets.flatMap((asset) => rules.map((rule) => `${rule} ${asset}`));

interface Scan {
  readonly scanner: string;
  /** Day of May; each of a run is different. */
  readonly day: number;
  readonly assets: readonly string[];
  /** `R1 a` of those assets. */
  readonly named: readonly string[];
}

const scan = fc.record({
  scanner: fc.constantFrom('x', 'y'),
  day: fc.integer({ min: 1, max: 25 }),
  assets: fc.subarray(assets, { minLength: 1 }),
  wanted: fc.subarray(keys),
});
const scans = fc.uniqueArray(scan, { minLength: 2, maxLength: 7, selector: (each) => each.day }).map((all) =>
  all.map(({ wanted, ...each }): Scan => {
    const named = wanted.filter((key) => each.assets.some((asset) => key.endsWith(` ${asset}`)));
    return { ...each, named };
  }),
);

/** What the rules say of one finding: spans of each scanner, `to` infinite while it is open. */
type Span = { readonly scanner: string; readonly from: number; to: number };

/** The rules in plain words, with no thought of cost. */
class Model {
  readonly spans = new Map<string, Span[]>();
  readonly newest = new Map<string, number>();

  import({ scanner, day: at, assets: looked, named }: Scan): void {
    for (const asset of looked) {
      const place = `${scanner} ${asset}`;
      const isOutdated = (this.newest.get(place) ?? 0) > at;
      for (const key of keys.filter((each) => each.endsWith(` ${asset}`)))
        this.see(key, { scanner, at, isNamed: named.includes(key), isOutdated });
      if (!isOutdated) this.newest.set(place, at);
    }
  }

  see(key: string, of: { scanner: string; at: number; isNamed: boolean; isOutdated: boolean }): void {
    const { scanner, at, isNamed, isOutdated } = of;
    const spans = this.spans.get(key) ?? [];
    const open = spans.find((span) => span.scanner === scanner && span.to === Number.POSITIVE_INFINITY);
    if (isOutdated) {
      const first = Math.min(...spans.map(({ from }) => from));
      if (isNamed && spans.length > 0 && at < first) spans.push({ scanner, from: at, to: first });
    } else if (isNamed && !open) {
      spans.push({ scanner, from: at, to: Number.POSITIVE_INFINITY });
      this.spans.set(key, spans);
    } else if (!isNamed && open) open.to = at;
  }

  /** State, first seen and number of times it was reopened by the end of a day; null = not seen yet. */
  stateAt(key: string, at: number): readonly [string, string, number] | null {
    const spans = (this.spans.get(key) ?? []).filter(({ from }) => from <= at);
    if (spans.length === 0) return null;
    const isOpenAt = (instant: number) => spans.some(({ from, to }) => from <= instant && instant < to);
    const days = Array.from({ length: at }, (_, index) => isOpenAt(index + 1));
    const openings = days.filter((isOpen, index) => isOpen && !days[index - 1]).length;
    const first = Math.min(...spans.map(({ from }) => from));
    return [isOpenAt(at) ? 'open' : 'fixed', day(first), openings - 1];
  }
}

/** Any reports in any order. */
export function describeSecurityProperty(suite: SuiteStore): void {
  describe('security register, any order of reports', () => {
    it('gives at every instant what the rules say (property)', async () => {
      const { store } = suite;
      await fc.assert(
        fc.asyncProperty(scans, fc.integer({ min: 1, max: 26 }), async (all, then) => {
          const city = await freshSubject(store);
          const model = new Model();
          for (const each of all) {
            const findings = each.named.map((key) => found(key.split(' ')[0] ?? '', key.split(' ')[1] ?? ''));
            await importReport(
              store,
              city,
              report(day(each.day), each.assets, { findings, scanner: each.scanner }),
            );
            model.import(each);
          }
          for (const at of [then, 26]) {
            const { rows } = await store.security.findings({
              subjects: [city],
              at: day(at),
              offset: 0,
              limit: 99,
            });
            const told = (row: Finding) => [
              `${row.rule} ${row.asset}`,
              [row.state, row.firstSeenAt, row.reopened],
            ];
            const expected = keys.flatMap((key) => {
              const state = model.stateAt(key, at);
              return state ? [[key, state]] : [];
            });
            assert.deepEqual(Object.fromEntries(rows.map(told)), Object.fromEntries(expected));
            const [point] = await store.security.trend([city], [day(at)]);
            const open = rows.filter(({ state }) => state === 'open').length;
            assert.equal(point?.open?.high ?? 0, open);
          }
        }),
        { numRuns: 12 },
      );
    });
  });
}
