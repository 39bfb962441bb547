import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { apiRoutes } from '../../dashboards/web/api/routes.ts';
import { openApiDocument } from '../../dashboards/web/web-app.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import { openSite, type Site } from './site.ts';

describe('the API', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  const session = async () => {
    const visitor = site.visitor();
    const { csrfToken } = (await (await visitor.get('/api/v1/session')).json()) as { csrfToken: string };
    const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${site.address}/api/v1${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          'x-csrf-token': csrfToken,
          cookie: `citygauge-csrf=${csrfToken}`,
          ...headers,
        },
      });
    return { visitor, csrfToken, post };
  };

  it('is described by the schemas that validate it: every route is in the document and nothing else', () => {
    const { paths = {} } = openApiDocument();
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    assert.equal(apiRoutes.length, 41);
    assert.deepEqual(documented.sort(), apiRoutes.map((each) => `${each.method} ${each.path}`).sort());
  });

  it('answers what its schema says, for every reading route', async () => {
    const evaluation = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    const sha = evaluation?.sha256 ?? '';
    const measured = await site.workbench.latest('citygauge-operations', 'hexi', '2026-10');
    const addresses: Record<string, string> = {
      '/session': '/session',
      '/models': '/models',
      '/models/{id}': '/models/event-loop-2022',
      '/subjects': '/subjects',
      '/evaluations': '/evaluations?subject=hexi&period=2026-10',
      '/evaluations/{sha256}': `/evaluations/${sha}`,
      '/evaluations/{sha256}/observations': `/evaluations/${sha}/observations`,
      '/evaluations/{sha256}/drill': `/evaluations/${sha}/drill?indicator=closure.closureRatio&by=unit`,
      '/evaluations/{sha256}/evidence': `/evaluations/${sha}/evidence?indicator=closure.closureRatio&limit=2`,
      '/evaluations/{sha256}/indicators/{indicator}/chart': `/evaluations/${measured?.sha256}/indicators/cloud.efficiency.cpuUtilisationRatio/chart?points=50`,
      '/telemetry': '/telemetry',
      '/telemetry/{job}/runs': '/telemetry/portal/runs',
      '/conflicts': '/conflicts?subject=hexi',
      '/quality/runs': '/quality/runs?subject=hexi',
      '/quality/sources/{source}/runs': '/quality/sources/hotline-orders/runs?subject=hexi&limit=3',
      '/findings': '/findings?subject=hexi&severity=high',
      '/findings/{id}': '/findings/2',
      '/suppressions': '/suppressions?subject=hexi',
      '/assets': '/assets?subject=hexi&unowned=true',
      '/alarms': '/alarms?subject=hexi&judged=false',
      '/slos': '/slos?subject=hexi',
      '/slos/{id}': '/slos/portal-availability?subject=hexi',
      '/slos/{id}/figures': '/slos/portal-availability/figures?subject=hexi&kind=day&limit=3',
      '/exclusions': '/exclusions?subject=hexi&slo=portal-availability',
      '/thresholds': '/thresholds',
      '/thresholds/states': '/thresholds/states?subject=hexi',
      '/rules': '/rules',
      '/imports': '/imports',
      '/reports': '/reports',
    };
    let looked = 0;
    for (const route of apiRoutes) {
      if (route.method !== 'get' || route.answer.kind !== 'json') continue;
      const response = await site.visitor().get(`/api/v1${addresses[route.path] ?? assert.fail(route.path)}`);
      assert.equal(response.status, 200, route.path);
      route.answer.schema.parse(await response.json());
      looked += 1;
    }
    assert.equal(looked, 29);
  });

  it('evaluates, and the answer is the evaluation that was kept', async () => {
    const { post, visitor } = await session();
    const response = await post('/evaluations', {
      model: 'event-loop-2022',
      subject: 'hexi',
      period: '2026-05',
    });
    const made = (await response.json()) as { sha256: string };
    assert.equal(response.status, 201);
    const kept = await visitor.get(`/api/v1/evaluations/${made.sha256}`);
    assert.deepEqual(await kept.json(), made);
  });

  it('answers bad input with problem details that name each fault and its path', async () => {
    const { post } = await session();
    const response = await post('/evaluations', { model: 'event-loop-2022', period: '2026-13', extra: 1 });
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    const problem = (await response.json()) as Record<string, unknown>;
    assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'detail', 'errors']);
    assert.equal(problem.type, 'urn:citygauge:problem:input');
    assert.deepEqual(problem.errors, [
      'body.subject: Invalid input: expected string, received undefined',
      'body.period: write 2026-W37, 2026-09, 2026-Q3 or 2026',
      'body: Unrecognized key: "extra"',
    ]);
  });

  it('answers with problem details for what is not there, what cannot be read and what fails inside', async () => {
    const { visitor, post } = await session();
    for (const path of ['/nowhere', '/models/unknown', `/evaluations/${'0'.repeat(64)}`])
      assert.equal((await visitor.get(`/api/v1${path}`)).status, 404, path);
    const broken = await post('/evaluations', undefined, { 'content-type': 'application/json' });
    assert.equal(broken.status, 400);
    assert.equal((await visitor.get('/api/v1/evaluations?model=../etc')).status, 400);
  });

  it('changes nothing without the token or for another origin', async () => {
    const { post } = await session();
    const body = { model: 'event-loop-2022', subject: 'hexi', period: '2026-05' };
    assert.equal((await post('/evaluations', body, { 'x-csrf-token': 'f'.repeat(64) })).status, 403);
    assert.equal((await post('/evaluations', body, { cookie: '' })).status, 403);
    assert.equal((await post('/evaluations', body, { origin: 'http://localhost:1' })).status, 403);
  });

  it('answers with a chart only for what is measured from a metric, within a span that runs forward', async () => {
    const { visitor } = await session();
    const measured = await site.workbench.latest('citygauge-operations', 'hexi', '2026-10');
    const chart = (indicator: string, query: string) =>
      visitor.get(`/api/v1/evaluations/${measured?.sha256}/indicators/${indicator}/chart${query}`);
    const cpu = 'cloud.efficiency.cpuUtilisationRatio';
    const whole = (await (await chart(cpu, '')).json()) as { series: { points: { at: string }[] }[] };
    assert.equal(whole.series[0]?.points[0]?.at, '2026-09-30T16:00:00.000Z');
    const day = '?from=2026-10-05T00:00:00%2B08:00&to=2026-10-06T00:00:00%2B08:00&points=24';
    const points = ((await (await chart(cpu, day)).json()) as typeof whole).series[0]?.points;
    assert.deepEqual([points?.length, points?.[0]?.at], [24, '2026-10-04T16:00:00.000Z']);
    const back = await chart(cpu, '?from=2026-10-06T00:00:00Z&to=2026-10-05T00:00:00Z');
    assert.equal(back.status, 400);
    assert.equal((await chart(cpu, '?from=yesterday')).status, 400);
    const byHand = await chart('planning.organisation.staffingRatio', '');
    assert.equal(byHand.status, 404);
    assert.equal(((await byHand.json()) as { type: string }).type, 'urn:citygauge:problem:noChart');
    assert.equal((await visitor.get('/api/v1/telemetry/nowhere/runs')).status, 404);
  });

  it('decides a conflict for a candidate alone, and takes the decision back', async () => {
    const { csrfToken, post } = await session();
    const evaluation = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    const [conflict] = evaluation?.conflicts ?? [];
    const [candidate] = conflict?.candidates ?? [];
    assert.ok(evaluation && conflict && candidate);
    const body = {
      evaluation: evaluation.sha256,
      indicator: conflict.indicator,
      value: candidate.value,
      provenance: candidate.provenance,
      decidedBy: '李四',
      reason: '已核对',
    };
    assert.equal((await post('/conflicts', { ...body, value: 0.123 })).status, 400);
    assert.equal((await post('/conflicts', { ...body, reason: ' ' })).status, 400);
    assert.equal((await post('/conflicts', { ...body, indicator: 'nowhere' })).status, 404);
    const response = await post('/conflicts', body);
    assert.equal(response.status, 201);
    const made = (await response.json()) as Evaluation;
    assert.deepEqual([made.conflicts.length, made.resolutions?.[0]?.resolution.decidedBy], [0, '李四']);
    const path = `${site.address}/api/v1/conflicts/${made.sha256}/${conflict.indicator}`;
    assert.equal((await fetch(path, { method: 'DELETE' })).status, 403);
    const headers = { 'x-csrf-token': csrfToken, cookie: `citygauge-csrf=${csrfToken}` };
    const withdrawn = await fetch(path, { method: 'DELETE', headers });
    assert.equal(((await withdrawn.json()) as Evaluation).sha256, evaluation.sha256);
    const again = path.replace(made.sha256, evaluation.sha256);
    assert.equal((await fetch(again, { method: 'DELETE', headers })).status, 404);
  });

  it('suppresses findings until an instant and ends it by name, and judges alarms', async () => {
    const { csrfToken, post } = await session();
    const order = {
      subject: 'hexi',
      rule: 'sshd_disable_root_login',
      asset: null,
      reason: '暂缓',
      by: '李四',
      expiresAt: '2026-12-31T23:59:00+08:00',
    };
    assert.equal((await post('/suppressions', { ...order, expiresAt: '2026-12-31' })).status, 400);
    assert.equal((await post('/suppressions', { ...order, expiresAt: '2026-10-01T00:00:00Z' })).status, 400);
    assert.equal((await post('/suppressions', { ...order, reason: ' ' })).status, 400);
    assert.equal((await post('/suppressions', { ...order, subject: 'nowhere' })).status, 404);
    const response = await post('/suppressions', order);
    assert.equal(response.status, 201);
    const made = (await response.json()) as { id: number; expiresAt: string; findings: number };
    assert.deepEqual([made.expiresAt, made.findings], ['2026-12-31T15:59:00.000Z', 2]);
    const path = `${site.address}/api/v1/suppressions/${made.id}?by=${encodeURIComponent('王五')}`;
    assert.equal((await fetch(path, { method: 'DELETE' })).status, 403);
    const headers = { 'x-csrf-token': csrfToken, cookie: `citygauge-csrf=${csrfToken}` };
    assert.equal((await fetch(path.split('?')[0] ?? '', { method: 'DELETE', headers })).status, 400);
    assert.equal((await fetch(path, { method: 'DELETE', headers })).status, 200);
    assert.equal((await fetch(path, { method: 'DELETE', headers })).status, 400);
    const judgement = { verdict: 'dismissed', by: '周敏', reason: '误报' };
    assert.equal((await post('/alarms/2/judgement', { ...judgement, verdict: 'maybe' })).status, 400);
    assert.equal((await post('/alarms/99/judgement', judgement)).status, 400);
    assert.equal((await post('/alarms/2/judgement', judgement)).status, 200);
    const { rows } = await site.workbench.security.alarms({
      subjects: ['hexi'],
      at: site.workbench.now(),
      isJudged: true,
      offset: 0,
      limit: 10,
    });
    assert.equal(rows.find((each) => each.id === 2)?.judgement?.verdict, 'dismissed');
  });

  it('records an exclusion of a promise that is known, and withdraws it once by name', async () => {
    const { post } = await session();
    const order = {
      slo: 'portal-availability',
      subject: 'hexi',
      kind: 'maintenance',
      from: '2026-10-20T02:00:00+08:00',
      to: '2026-10-20T04:00:00+08:00',
      reason: '版本升级',
      by: '周敏',
      evidence: 'CHG-2026-1020',
    };
    const statuses = await Promise.all(
      [
        { ...order, from: '2026-10-20' },
        { ...order, kind: 'holiday' },
        { ...order, evidence: ' ' },
        { ...order, slo: 'nowhere' },
        { ...order, subject: 'hexi/nanhu' },
      ].map(async (body) => (await post('/exclusions', body)).status),
    );
    assert.deepEqual(statuses, [400, 400, 400, 404, 404]);
    const response = await post('/exclusions', order);
    assert.equal(response.status, 201);
    const made = (await response.json()) as { id: number; from: string; withdrawnAt: null };
    assert.deepEqual([made.from, made.withdrawnAt], ['2026-10-19T18:00:00.000Z', null]);
    assert.equal((await post(`/exclusions/${made.id}/withdraw`, { by: '' })).status, 400);
    const withdrawn = await post(`/exclusions/${made.id}/withdraw`, { by: '李强' });
    assert.deepEqual(
      [withdrawn.status, ((await withdrawn.json()) as { withdrawnBy: string }).withdrawnBy],
      [200, '李强'],
    );
    assert.equal((await post(`/exclusions/${made.id}/withdraw`, { by: '李强' })).status, 400);
  });

  it('answers with every revision of a span, and with figures of the spans that were asked for', async () => {
    const { visitor } = await session();
    const figures = async (query: string) => {
      const response = await visitor.get(`/api/v1/slos/payment-orders/figures?subject=hexi&${query}`);
      const { items } = (await response.json()) as {
        items: { span: { id: string }; revision: number; counts: { bad: number } }[];
      };
      return items.map(({ span, revision, counts }) => [span.id, revision, counts.bad]);
    };
    assert.deepEqual(await figures('span=2026-10'), [
      ['2026-10', 1, 140],
      ['2026-10', 2, 171],
    ]);
    assert.deepEqual(await figures('kind=month&to=2026-10-01T00:00:00Z'), [
      ['2026-10', 2, 171],
      ['2026-09', 1, 96],
    ]);
  });

  it('imports as a dry run unless told otherwise', async () => {
    const { csrfToken } = await session();
    const send = async (fields: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob(['id,accepted\nR-1,2026-10-01\nR-2,x\n']), 'orders.csv');
      const headers = { 'x-csrf-token': csrfToken, cookie: `citygauge-csrf=${csrfToken}` };
      return fetch(`${site.address}/api/v1/imports`, { method: 'POST', body: form, headers });
    };
    const dry = await send({ kind: 'work-orders', subject: 'hexi' });
    assert.equal(((await dry.json()) as { isDryRun: boolean }).isDryRun, true);
    const real = await send({ kind: 'work-orders', subject: 'hexi', dryRun: 'false' });
    assert.equal(((await real.json()) as { isDryRun: boolean }).isDryRun, false);
    assert.equal((await send({ kind: 'work-order', subject: 'hexi' })).status, 400);
    assert.deepEqual(site.calls.imported, [false, true]);
  });
});
