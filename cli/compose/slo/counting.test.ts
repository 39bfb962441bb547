import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { MetricMeasure, SloDefinition, SloExclusion, SloSpan } from '../../../rules/contract.ts';
import { budgetOfFigure } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { openStore } from '../../../store/open-store.ts';
import { subject } from '../../../store/test-suites/fixtures.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { countFigures } from './counting.ts';

const hour = 3_600_000;
const begins = Date.parse('2026-09-01T00:00:00Z');
const iso = (hours: number) => new Date(begins + hours * hour).toISOString();
const span: SloSpan = { kind: 'month', id: '2026-09', from: iso(0), to: iso(48) };
const silent: SloSpan = { kind: 'day', id: '2026-09-02', from: iso(24), to: iso(27) };
/** The site says nothing in these three hours, and that it is down in the last one. */
const isSilent = (at: number) => at >= 24 && at < 27;

const measure: MetricMeasure = {
  ...{ kind: 'metric', of: { metric: 'site_up', matchers: [] }, reduction: { kind: 'upTime' } },
  ...{ everySeconds: 3600, factor: 1, minimumCoverage: 0, fullCoverage: 1, text: 'site_up' },
};

function definitionOf(sli: SloDefinition['sli']): SloDefinition {
  return {
    ...{ id: 'site-online', service: 'site', name: 'online', title: { zh: '在线', en: 'Online' } },
    ...{ description: '', objectivePercent: 99, minimumEvents: 0, sli },
    period: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
  };
}

const online = definitionOf({
  ...{ kind: 'threshold', query: 'site_up', operator: '>=', bound: 1, everySeconds: 3600 },
  measure: { measure, counts: 'good' },
});

const exclusion: SloExclusion = {
  ...{ id: 3, slo: 'site-online', subject: 'lin', kind: 'force-majeure', from: iso(24), to: iso(27) },
  ...{ reason: 'r', by: 'b', evidence: 'e', recordedAt: iso(50), withdrawnAt: null, withdrawnBy: null },
};

describe('counting of promises on the embedded readings', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let store: EvidenceStore;
  const time = { asOf: iso(60), now: iso(60) };
  const count = (definition: SloDefinition, spans: readonly SloSpan[], exclusions: SloExclusion[] = []) =>
    countFigures(store, [{ definition, subject: 'lin', spans, exclusions }], time);

  before(async () => {
    store = await openStore({ dataFolder: join(folder.path, 'data') });
    await store.subjects.put([subject('lin', null), subject('lin-east', 'lin')]);
    const readings = Array.from({ length: 48 }, (_, at) => ({
      ...{ metric: 'site_up', labels: { subject: 'lin-east', job: 'probe' }, at: iso(at) },
      value: at === 47 ? 0 : 1,
    }));
    await store.readings.put(readings.filter((_, at) => !isSilent(at)));
  });

  after(() => store?.close());

  it('takes a silent on-line flag for down, in the span, in its part and within an exclusion alike', async () => {
    const [whole, part] = await count(online, [span, silent], [exclusion]);
    assert.deepEqual(whole?.counts, { bad: 4, total: 48 });
    assert.deepEqual(part?.counts, { bad: 3, total: 3 });
    assert.deepEqual(
      whole?.excluded.map(({ bad, total }) => [bad, total]),
      [[3, 3]],
    );
    assert.deepEqual(whole?.recent, { '1h': 1, '6h': 1 / 6, '1d': 4 / 24, '3d': 28 / 72 });
    const { raw, adjusted } = whole ? budgetOfFigure(online, whole) : { raw: null, adjusted: null };
    assert.deepEqual([raw?.attainmentRatio, adjusted?.attainmentRatio], [1 - 4 / 48, 1 - 1 / 45]);
  });

  it('knows nothing of a span that has not begun, and of a metric that nobody reports', async () => {
    const later: SloSpan = { kind: 'month', id: '2026-10', from: iso(720), to: iso(1464) };
    const nobody = { ...measure, of: { metric: 'nobody_up', matchers: [] } };
    const unknown = definitionOf({
      ...online.sli,
      measure: { measure: nobody, counts: 'good' },
    } as typeof online.sli);
    const [ahead] = await count(online, [later]);
    const [absent] = await count(unknown, [span]);
    assert.deepEqual(
      [ahead?.state, ahead?.counts, absent?.state, absent?.counts],
      ['absent', null, 'absent', null],
    );
    assert.equal(ahead?.reason?.zh, '该时段尚未开始');
  });

  it('names PROMETHEUS_URL where an SLO is PromQL only', async () => {
    const sli = { kind: 'ratio', errorRatioQuery: 'x', measure: null } as const;
    const [figure] = await count(definitionOf(sli), [span]);
    assert.deepEqual([figure?.state, figure?.counts], ['failed', null]);
    for (const text of Object.values(figure?.reason ?? {})) assert.match(text, /PROMETHEUS_URL/);
  });
});
