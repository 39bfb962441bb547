import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recount } from '../cli/compose/slo/recount.ts';
import { evidenceRegister, type RegisterOptions } from '../cli/compose/telemetry/evidence-register.ts';
import { workbenchOn } from '../cli/compose/workbench.ts';
import { CommandContext } from '../cli/context.ts';
import { sloBudgets } from '../collectors/application/slo-budgets.ts';
import { type CollectorPorts, type Reading, sloMetrics } from '../collectors/contract.ts';
import { readSlos } from '../rules/slo.ts';
import type { Evaluation } from '../scoring/contract.ts';
import type { EvidenceStore } from '../store/contract.ts';
import { openStore } from '../store/open-store.ts';
import { runIn } from './cli/run.ts';
import { scratchFolder } from './scratch-folder.ts';

const specs = `schema: citygauge/slo@1
service: portal
subject: lin
slos:
  - name: availability
    objective: 99.9
    period: { calendar: month, timeZone: Asia/Shanghai }
    minimumEvents: 1000
    sli:
      counters: { bad: 'portal_errors_total', total: 'portal_requests_total', every: 1h }
  - name: written
    objective: 99
    period: 30d
    sli:
      events: { errors: 'sum(rate(a[{{.window}}]))', total: 'sum(rate(b[{{.window}}]))' }
`;

const key = { slo: 'portal-availability', subject: 'lin' };
const hour = 3_600_000;
/** September 2026 in Shanghai. */
const [begins, ends] = [Date.parse('2026-08-31T16:00:00Z'), Date.parse('2026-09-30T16:00:00Z')];
const iso = (at: number) => new Date(at).toISOString();
/** Two errors in each of these hours; the first two are within the maintenance. */
const badHours = [34, 35, 120, 121, 122, 300, 301, 302, 303, 400, 500, 600];

/** Fifty requests an hour, counted from the hour before the month on. */
function traffic(until: number): Reading[] {
  const readings: Reading[] = [];
  let [bad, total] = [0, 0];
  for (let at = begins - hour; at < until; at += hour) {
    total += 50;
    if (badHours.includes((at - begins) / hour)) bad += 2;
    const labels = { subject: 'lin', job: 'nginx' };
    readings.push({ metric: 'portal_requests_total', labels, at: iso(at), value: total });
    readings.push({ metric: 'portal_errors_total', labels, at: iso(at), value: bad });
  }
  return readings;
}

describe('error budgets, from a spec and readings to the indicators', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const now = () => '2026-10-01T00:00:00.000Z';
  let store: EvidenceStore;
  const dataFolder = join(folder.path, 'data');
  const citygauge = (...argv: string[]) =>
    runIn(folder.path, { now, hostStore: { dataFolder, store } }, ...argv);

  /** A run of the collector at an instant, its readings kept as the runner keeps them. */
  async function collectAt(startedAt: string, options: RegisterOptions = {}) {
    const surroundings = {
      ...{ cwd: folder.path, environment: {}, isTerminal: false, columns: 80 },
      ...{ signal: new AbortController().signal, now: () => startedAt, stdout: () => {}, stderr: () => {} },
    };
    const context = new CommandContext(surroundings, { data: './data', json: true, lang: 'en' });
    const ports = { register: evidenceRegister(context, store, options) } as unknown as CollectorPorts;
    const run = { job: 'slo', subject: 'lin', state: undefined, startedAt, ports, settings: {} };
    const got = await sloBudgets.collect({ ...run, signal: surroundings.signal });
    const stamped = (got.readings ?? []).map((each) => ({
      ...each,
      labels: { ...each.labels, job: 'slo' },
    }));
    if (!options.isDryRun) await store.readings.put(stamped);
    return got;
  }

  before(async () => {
    mkdirSync(join(dataFolder, 'slos'), { recursive: true });
    writeFileSync(join(dataFolder, 'slos', 'portal.yaml'), specs);
    store = await openStore({ dataFolder });
    await citygauge('subject', 'add', 'lin', '--name', 'Lin', '--time-zone', 'Asia/Shanghai');
    await store.readings.put(traffic(ends));
  });

  after(() => store?.close());

  it('counts in a dry run and keeps nothing', async () => {
    const { readings } = await collectAt('2026-09-05T12:00:00.000Z', { isDryRun: true });
    const attained = readings?.filter(({ metric }) => metric === sloMetrics.attainment);
    assert.deepEqual(
      attained?.map(({ value, labels }) => [value, labels.subject]),
      [[1 - 4 / 5800, 'lin']],
    );
    assert.deepEqual(await store.slo.latest(['lin'], null), []);
  });

  it('counts the running month, its days, and says why what knows only PromQL has no figure', async () => {
    // The days of the week 39, at noon in Shanghai.
    for (let day = 20; day < 26; day += 1) await collectAt(iso(begins + (day * 24 + 12) * hour));
    const { readings, gaps } = await collectAt('2026-09-27T12:00:00.000Z');
    const value = (metric: string) => readings?.find((each) => each.metric === metric)?.value ?? Number.NaN;
    assert.equal(value(sloMetrics.attainment), 1 - 24 / 32_200);
    assert.equal(value(sloMetrics.objective), 0.999);
    assert.ok(Math.abs(value(sloMetrics.budgetLeft) - left) < 1e-12);
    assert.equal(value(sloMetrics.burnNow), 0);
    assert.deepEqual(
      gaps?.map(({ labels }) => labels),
      [{ slo: 'portal-written', service: 'portal', subject: 'lin' }],
    );
    assert.match(gaps?.[0]?.reason.en ?? '', /PROMETHEUS_URL/);
    const [standing] = await store.slo.latest(['lin'], null);
    assert.deepEqual(standing?.figure.counts, { bad: 24, total: 32_200 });
    assert.equal(standing?.figure.state, 'measured');
    const key = { slo: 'portal-availability', subject: 'lin', kind: 'day' } as const;
    const days = await store.slo.figures({ ...key, from: iso(begins), to: iso(ends) });
    assert.equal(days.length, 27);
    const sum = (of: 'bad' | 'total') => days.reduce((total, { counts }) => total + (counts?.[of] ?? 0), 0);
    assert.deepEqual([sum('bad'), sum('total')], [24, 32_200]);
    assert.ok(days.every(({ revision }) => revision === 1));
  });

  it('ends the month with the last count, which late data restates as a second revision', async () => {
    await collectAt('2026-10-01T00:00:00.000Z');
    const key = { slo: 'portal-availability', subject: 'lin', span: '2026-09' };
    const [first, ...none] = await store.slo.revisions(key);
    assert.deepEqual([first?.counts, none], [{ bad: 24, total: 36_000 }, []]);
    const late = traffic(ends).filter(({ at }) => Date.parse(at) >= ends - 2 * hour);
    await store.readings.put(late.map((each) => ({ ...each, value: each.value + 3 })));
    await collectAt('2026-10-01T06:00:00.000Z');
    const revisions = await store.slo.revisions(key);
    assert.deepEqual(
      revisions.map(({ revision, counts }) => [revision, counts]),
      [
        [1, { bad: 24, total: 36_000 }],
        [2, { bad: 27, total: 36_003 }],
      ],
    );
    const day = await store.slo.revisions({ ...key, span: '2026-09-30' });
    assert.deepEqual(
      day.map(({ revision, counts }) => [revision, counts]),
      [
        [1, { bad: 0, total: 1200 }],
        [2, { bad: 3, total: 1203 }],
      ],
    );
  });

  it('leaves signed time out of the adjusted figure, keeps the raw one, and takes it back in', async () => {
    const signed = ['--kind', 'maintenance', '--reason', '机房检修', '--by', '王敏', '--evidence', 'OPS-7'];
    const stretch = ['--from', '2026-09-02T10:00', '--to', '2026-09-02T12:00'];
    const ran = await citygauge('--json', 'slo', 'exclude', 'portal-availability', ...stretch, ...signed);
    assert.equal(ran.exitCode, 0, ran.stderr);
    const { exclusion, recounts } = JSON.parse(ran.stdout);
    assert.equal(exclusion.from, '2026-09-02T02:00:00.000Z');
    assert.deepEqual(
      recounts.map(({ span, revision, after }: Recount) => [span.id, revision, after.counts, after.excluded]),
      [
        [
          ...['2026-09', 3, { bad: 27, total: 36_003 }],
          [{ exclusion: 1, from: '2026-09-02T02:00:00Z', to: '2026-09-02T04:00:00Z', bad: 4, total: 100 }],
        ],
        [
          ...['2026-09-02', 2, { bad: 4, total: 1200 }],
          [{ exclusion: 1, from: '2026-09-02T02:00:00Z', to: '2026-09-02T04:00:00Z', bad: 4, total: 100 }],
        ],
      ],
    );
    const again = await citygauge('slo', 'exclude', 'portal-availability', ...stretch, ...signed);
    assert.deepEqual([again.exitCode, again.stdout], [2, '']);
    assert.match(again.stderr, /overlaps exclusion 1/);
    const taken = await citygauge('slo', 'exclude', '--withdraw', '1', '--by', '李强');
    assert.equal(taken.exitCode, 0, taken.stderr);
    const listed = await citygauge('--json', 'slo', 'exclusions');
    assert.equal(JSON.parse(listed.stdout)[0].withdrawnBy, '李强');
  });

  it('is refused in one sentence where the exclusion is not complete, or the SLO unknown', async () => {
    const told = async (...argv: string[]) => {
      const { exitCode, stderr } = await citygauge('slo', ...argv);
      assert.equal(exitCode, 2);
      return stderr;
    };
    assert.match(await told('exclude', 'portal-availability', '--from', '2026-09-02'), /needs --to, --kind/);
    assert.match(await told('recount', 'portal-availabilty'), /did you mean "portal-availability"/);
    assert.match(await told('recount', 'portal-availability', '--period', '2026-Q3'), /is a quarter/);
    assert.match(await told('recount', 'portal-availability', '--period', '2026-12'), /which is to come/);
    assert.match(await told('status', '--at', '2027-01-01'), /is to come/);
  });

  it('counts a period again by hand, and writes nothing where nothing differs', async () => {
    const order = ['slo', 'recount', 'portal-availability', '--period', '2026-09'];
    const first = await citygauge('--lang', 'en', ...order);
    assert.equal(first.exitCode, 0, first.stderr);
    assert.equal(first.stdout, '31 spans count as before\n');
    const again = await citygauge(...order);
    assert.equal(again.stdout, '31 段计数不变\n');
  });

  it('restates no ended span because its file was edited', async () => {
    const file = join(dataFolder, 'slos', 'portal.yaml');
    const key = { slo: 'portal-availability', subject: 'lin', span: '2026-09' };
    const before = await store.slo.revisions(key);
    writeFileSync(file, specs.replace("bad: 'portal_errors_total'", "good: 'portal_errors_total'"));
    await collectAt('2026-10-01T08:00:00.000Z');
    writeFileSync(file, specs);
    assert.deepEqual(await store.slo.revisions(key), before);
    assert.deepEqual((await store.slo.revisions({ ...key, span: '2026-09-30' })).length, 2);
  });

  it('prints how each SLO stands, and ends with 1 where one is missed or cannot be counted', async () => {
    const { exitCode, stdout } = await citygauge('--json', 'slo', 'status', '--at', '2026-09-30T20:00');
    const [available, written] = JSON.parse(stdout);
    assert.equal(exitCode, 1);
    assert.deepEqual([available.state, written.state], ['met', 'failed']);
    const table = await citygauge('--lang', 'en', 'slo', 'status', '--at', '2026-09-06T23:00');
    assert.equal(table.exitCode, 1);
    assert.match(table.stdout, /portal-availability.*2026-09.*99.9 %.*99\.\d{3} %.*missed/);
    assert.match(table.stdout, /portal-written: this SLO is written in PromQL/);
  });

  it('measures the two indicators of the operations model', async () => {
    const out = join(folder.path, 'evaluation.json');
    const order = ['--model', 'citygauge-operations', '--subject', 'lin', '--period', '2026-W39'];
    const ran = await citygauge('--json', 'evaluate', ...order, '--out', out);
    assert.ok(ran.exitCode < 2, ran.stderr);
    const { observations }: Evaluation = JSON.parse(ran.stdout);
    const found = observations
      .filter(({ indicator }) => /sloAttainmentRatio|errorBudgetLeftRatio/.test(indicator))
      .map(({ indicator, state, value }) => [indicator.split('.').at(-1), state, value]);
    assert.deepEqual(found, [
      ['sloAttainmentRatio', 'measured', 1 - 24 / 32_200],
      ['errorBudgetLeftRatio', 'measured', left],
    ]);
  });

  it('leaves time out at once when it is signed on the pages, also of a period that ended long ago', async () => {
    const slos = readSlos([{ name: 'portal.yaml', text: specs }]).slos;
    const parts = {
      telemetry: null as never,
      promises: { slos, findings: [], thresholds: [], catalogues: [] },
    };
    const { slo: register } = workbenchOn(store, parts, { now: () => '2026-12-20T00:00:00.000Z' });
    const newest = async () => (await register.revisions({ ...key, span: '2026-09' })).at(-1);
    const { id } = await register.exclude({
      ...{ ...key, kind: 'maintenance', from: '2026-09-02T02:00:00Z', to: '2026-09-02T04:00:00Z' },
      ...{ reason: '机房检修', by: '王敏', evidence: 'OPS-7', at: '2026-12-20T00:00:00.000Z' },
      periodSeconds: 30 * 86_400,
    });
    assert.deepEqual(
      (await newest())?.excluded.map(({ exclusion, bad, total }) => [exclusion, bad, total]),
      [[id, 4, 100]],
    );
    await register.withdraw(id, '李强', '2026-12-20T00:00:00.000Z');
    assert.deepEqual((await newest())?.excluded, []);
  });
});

/** Of the month's budget at the traffic of 644 of its 720 hours, at 99.9 %. */
const left = 1 - ((24 / 32_200) * (644 / 720)) / 0.001;
