import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { InputError, type Sli, type Slo, type SloFormat } from '../../contract.ts';
import { dropFor, readSlos, readSpecFiles, writeSpecs } from '../../slo.ts';

const examples = join(import.meta.dirname, '../../../samples/slo/examples');
const bare = (slos: readonly Slo[]) => slos.map(({ source: _, ...slo }) => slo);
const again = (slos: readonly Slo[], format: SloFormat) =>
  readSlos([{ name: 'written.yaml', text: writeSpecs(slos, format) }]).slos;

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,12}[A-Za-z0-9]$/);
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((each) => each.trim() !== '');
const labels = fc.dictionary(
  fc
    .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/)
    .filter((each) => !/^(?:__name__|__proto__|runbook)/.test(each)),
  fc.oneof(word, fc.constantFrom('1.0', 'true', 'no', '~', '0x1f', '')),
  { maxKeys: 3, noNullPrototype: true },
);
const query = fc.constantFrom(
  'sum(rate(a_total{code=~"5.."}[{{.window}}])) or vector(0)',
  'sum(\n  rate(b_total{path="/ü:#"}[{{ .window }}])\n)\n',
  '\n  1 - (\n    avg(avg_over_time(c[{{.window}}]))\n  )\n',
  "sum(rate(d_total{q='it''s'}[{{.window}}]))".replace("''", '_'),
);
const measureless = { measure: null };
const events = fc.record({ errorQuery: query, totalQuery: query });
const ratio = fc.record({ errorRatioQuery: query });
const plainSli: fc.Arbitrary<Sli> = fc.oneof(
  events.map((of) => ({ kind: 'events' as const, ...of, ...measureless })),
  ratio.map((of) => ({ kind: 'ratio' as const, ...of, ...measureless })),
);
const operator = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const);
const bound = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.25, 1e6, 3.7));
const threshold = (every: fc.Arbitrary<number>): fc.Arbitrary<Sli> =>
  fc.tuple(operator, bound, every).map(([operator, bound, everySeconds]) => ({
    kind: 'threshold' as const,
    query: 'max(queue)',
    operator,
    bound,
    everySeconds,
    ...measureless,
  }));
const slices: fc.Arbitrary<Sli> = fc
  .tuple(
    fc.oneof(events, ratio),
    fc.constantFrom(30, 60, 300, 3600),
    fc.constantFrom(null, 0.95, 0.999, 0.07, 1),
  )
  .map(([of, sliceSeconds, target]) => ({ kind: 'timeSlices' as const, of, sliceSeconds, target }));
const period = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map((days) => ({ kind: 'rolling' as const, days })),
  fc
    .tuple(
      fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
      fc.constantFrom('Asia/Shanghai', 'UTC'),
    )
    .map(([unit, timeZone]) => ({ kind: 'calendar' as const, unit, timeZone })),
);
const settings = fc.record({ labels, annotations: labels });
const off = { name: '', labels: {}, page: null, ticket: null };

interface Shape {
  readonly sli: fc.Arbitrary<Sli>;
  readonly period: fc.Arbitrary<Slo['period']>;
  readonly title: 'none' | 'one' | 'both';
  readonly isNative: boolean;
  readonly hasSharedLabels: boolean;
}

function sloOf({ sli, period: periods, title, isNative, hasSharedLabels }: Shape): fc.Arbitrary<Slo> {
  const alerts = fc.oneof(
    fc.constant(off),
    fc
      .record({
        name: word,
        labels: hasSharedLabels ? labels : fc.constant({}),
        page: settings,
        ticket: fc.option(settings),
      })
      .map((each) => each),
  );
  const runbook = fc.option(fc.constantFrom('docs/a.md', 'https://example.org/ü'));
  return fc
    .record({ name, service: name, one: word, two: word, alerts, runbook, annotations: labels })
    .chain(({ name, service, one, two, alerts, runbook, annotations }) =>
      fc.record({
        id: fc.constant(`${service}-${name}`),
        service: fc.constant(service),
        name: fc.constant(name),
        title: fc.constant(
          title === 'none' ? { zh: name, en: name } : { zh: one, en: title === 'one' ? one : two },
        ),
        description: fc.oneof(fc.constant(''), word),
        subject: isNative ? fc.option(fc.constantFrom('hexi', 'hexi/east')) : fc.constant(null),
        objectivePercent: fc.constantFrom(99.9, 99.95, 7, 57.3, 99.999),
        period: periods,
        sli,
        labels,
        alerting: fc.constant({
          ...alerts,
          annotations: { ...annotations, ...(runbook === null ? {} : { runbook_url: runbook }) },
          runbook,
        }),
        minimumEvents: isNative ? fc.constantFrom(0, 100) : fc.constant(0),
        source: fc.constant({ file: 'made', format: 'citygauge/slo@1' as const, line: 1, sha256: '' }),
      }),
    );
}

const rolling30 = fc.constant({ kind: 'rolling' as const, days: 30 });
const slothShape = {
  sli: plainSli,
  period: rolling30,
  title: 'none',
  isNative: false,
  hasSharedLabels: true,
} as const;
const shapes: Readonly<Record<string, Shape>> = {
  'prometheus/v1': slothShape,
  'sloth/k8s': slothShape,
  'openslo/v1': {
    sli: fc.oneof(plainSli, threshold(fc.constant(60)), slices),
    period,
    title: 'one',
    isNative: false,
    hasSharedLabels: false,
  },
  'citygauge/slo@1': {
    sli: fc.oneof(plainSli, threshold(fc.constantFrom(15, 60, 0.5)), slices),
    period,
    title: 'both',
    isNative: true,
    hasSharedLabels: true,
  },
};

describe('writing SLO specs', () => {
  for (const [format, shape] of Object.entries(shapes)) {
    it(`gives the same SLOs when ${format} is read again, in the same order`, () => {
      const slos = fc.uniqueArray(sloOf(shape), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
      fc.assert(
        fc.property(slos, (made) => {
          // fast-check's records have no prototype.
          const all = structuredClone(made);
          assert.deepEqual(bare(again(all, format as SloFormat)), bare(all));
        }),
        { numRuns: 60 },
      );
    });
  }

  it("keeps every kind of SLI of CityGauge's own format, its embedded measures too", async () => {
    const { slos } = readSlos(await readSpecFiles([join(examples, 'citygauge.yaml')]));
    assert.deepEqual(bare(again(slos, 'citygauge/slo@1')), bare(slos));
    assert.equal(slos.filter(({ sli }) => 'measure' in sli && sli.measure).length, 6);
  });

  it('keeps the examples of every format in its own', async () => {
    const { slos } = readSlos(await readSpecFiles([examples]));
    assert.deepEqual(bare(again(slos, 'citygauge/slo@1')), bare(slos));
  });

  it('refuses what a format has no words for, each SLO and feature by name', async () => {
    const { slos } = readSlos(await readSpecFiles([join(examples, 'openslo-v1.yaml')]));
    const short = slos.map((slo) => ({ ...slo, source: { ...slo.source, file: 'openslo-v1.yaml' } }));
    assert.throws(
      () => writeSpecs(short, 'prometheus/v1'),
      (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.deepEqual(error.faults.slice(2), [
          'openslo-v1.yaml line 62: payments-accepted-1: prometheus/v1 has no rolling period other than 30 days; remove it, or leave it out with --drop',
          'openslo-v1.yaml line 62: payments-accepted-1: prometheus/v1 has no title beside the name; remove it, or leave it out with --drop',
          'openslo-v1.yaml line 66: payments-minutes-up: prometheus/v1 has no SLI of a threshold or of time slices; keep another format for this SLO',
          'openslo-v1.yaml line 66: payments-minutes-up: prometheus/v1 has no period of the calendar; keep another format for this SLO',
          'openslo-v1.yaml line 79: payments-queue: prometheus/v1 has no SLI of a threshold or of time slices; keep another format for this SLO',
          'openslo-v1.yaml line 79: payments-queue: prometheus/v1 has no rolling period other than 30 days; remove it, or leave it out with --drop',
        ]);
        return true;
      },
    );
    assert.throws(() => writeSpecs(slos, 'openslo/v1alpha'), /openslo\/v1alpha is read, not written/);
  });

  it('leaves out what is to be dropped, and says what it was', async () => {
    const { slos } = readSlos(await readSpecFiles([join(examples, 'citygauge.yaml')]));
    const dropped = dropFor(slos.slice(0, 2), 'prometheus/v1');
    assert.deepEqual(dropped.dropped, [
      { slo: 'portal-availability', feature: 'measure over embedded readings' },
      { slo: 'portal-availability', feature: 'rolling period other than 30 days' },
      { slo: 'portal-availability', feature: 'title beside the name' },
      { slo: 'portal-availability', feature: 'guard for low traffic (minimumEvents)' },
      { slo: 'portal-search-errors', feature: 'title beside the name' },
    ]);
    assert.equal(again(dropped.slos, 'prometheus/v1').length, 2);
  });

  it('has the labels that both alerts share on each of them in OpenSLO', async () => {
    const text = writeSpecs(
      readSlos(await readSpecFiles([join(examples, 'sloth.yaml')])).slos.map((slo) => ({
        ...slo,
        alerting: { ...slo.alerting, labels: slo.alerting.name === '' ? {} : { team: 'permits' } },
      })),
      'openslo/v1',
    );
    const [read] = readSlos([{ name: 'written.yaml', text }]).slos;
    assert.deepEqual(read?.alerting.page?.labels, { team: 'permits', severity: 'page' });
    assert.deepEqual(read?.alerting.ticket?.labels, { team: 'permits', severity: 'ticket' });
  });
});
