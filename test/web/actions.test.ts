import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { listen } from '../../dashboards/web/web-server.ts';
import { InputError } from '../../scoring/contract.ts';
import { openSite, type Site, textOf, type Visitor } from './site.ts';

const csv = 'id,accepted\nR-1,2026-10-01\nR-2,2026-10-02\nR-3,2026-02-30\n';

function upload(visitor: Visitor, fields: Record<string, string>, content: string | Buffer = csv): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ _csrf: visitor.token(), ...fields })) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(Buffer.from(content))]), '工单 10月.csv');
  return form;
}

describe('what the pages do', () => {
  let site: Site;
  let visitor: Visitor;
  beforeEach(async () => {
    site = await openSite({ maxUploadBytes: 100_000 });
    visitor = site.visitor();
    await visitor.page('/import');
  });
  afterEach(() => site.close());

  it('import in two steps: nothing is written before the confirmation, and the upload is deleted after it', async () => {
    const response = await visitor.post('/import', upload(visitor, { kind: 'work-orders', subject: 'hexi' }));
    const html = await response.text();
    assert.equal(response.status, 200);
    assert.match(textOf(html), /导入预览 工单 10月\.csv · 工单 · 和西市 读取 3 新增 2/);
    assert.match(textOf(html), /3 R-3 受理时间“2026-02-30”不是有效日期/);
    assert.deepEqual(site.calls.imported, [false]);
    assert.equal(readdirSync(site.spoolFolder).length, 1);
    const id = /name="id" value="([0-9a-f]{32})"/.exec(html)?.[1] ?? '';
    const confirm = new URLSearchParams({ _csrf: visitor.token(), id, decision: 'import' });
    const done = await visitor.post('/import/confirm', confirm);
    assert.match(textOf(await done.text()), /导入完成/);
    assert.deepEqual(site.calls.imported, [false, true]);
    assert.deepEqual(readdirSync(site.spoolFolder), []);
    assert.equal((await visitor.post('/import/confirm', confirm)).status, 404);
    assert.match(textOf(await visitor.page('/import')), /工单 10月\.csv .*2026年11月1日 00:00/);
  });

  it('discard an upload without importing it', async () => {
    const response = await visitor.post('/import', upload(visitor, { kind: 'work-orders', subject: 'hexi' }));
    const id = /name="id" value="([0-9a-f]{32})"/.exec(await response.text())?.[1] ?? '';
    const discard = new URLSearchParams({ _csrf: visitor.token(), id, decision: 'discard' });
    assert.equal((await visitor.post('/import/confirm', discard)).status, 303);
    assert.deepEqual(site.calls.imported, [false]);
    assert.deepEqual(readdirSync(site.spoolFolder), []);
  });

  it('refuse a form without its token before a byte of the file is kept', async () => {
    const form = upload(visitor, { _csrf: '0'.repeat(64), kind: 'work-orders', subject: 'hexi' });
    const response = await visitor.post('/import', form);
    assert.equal(response.status, 403);
    assert.deepEqual([site.calls.imported, readdirSync(site.spoolFolder)], [[], []]);
    for (const path of ['/evaluate', '/reports', '/preferences', '/import/confirm'])
      assert.equal((await visitor.post(path, new URLSearchParams({ theme: 'dark' }))).status, 403, path);
  });

  it('refuse a request from another site even with the token', async () => {
    const body = new URLSearchParams({ _csrf: visitor.token(), theme: 'dark' });
    assert.equal((await visitor.post('/preferences', body, { origin: 'http://evil.example' })).status, 403);
    assert.equal((await visitor.post('/preferences', body, { 'sec-fetch-site': 'cross-site' })).status, 403);
  });

  it('refuse a host name that is not this machine', async () => {
    const { port } = new URL(site.address);
    const status = await new Promise((resolve, reject) => {
      const sent = request(
        { port, host: '127.0.0.1', headers: { host: `rebound.example:${port}` } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject).end();
    });
    assert.equal(status, 421);
  });

  it('refuse an upload above the limit, keep nothing of it, and say so', async () => {
    const form = upload(visitor, { kind: 'work-orders', subject: 'hexi' }, Buffer.alloc(300_000, 65));
    const response = await visitor.post('/import', form);
    assert.equal(response.status, 413);
    assert.match(textOf(await response.text()), /提交的内容超过大小限制/);
    assert.deepEqual(readdirSync(site.spoolFolder), []);
  });

  it('show the sentences of bad input and delete the upload', async () => {
    const response = await visitor.post(
      '/import',
      upload(visitor, { kind: 'work-orders', subject: 'hexi' }, 'id,accepted\n'),
    );
    assert.equal(response.status, 400);
    assert.match(textOf(await response.text()), /line 1: the file has no rows/);
    assert.deepEqual(readdirSync(site.spoolFolder), []);
  });

  it('refuse a form that is no form and one without a file', async () => {
    const plain = new URLSearchParams({ _csrf: visitor.token() });
    assert.equal((await visitor.post('/import', plain)).status, 400);
    const empty = new FormData();
    empty.set('_csrf', visitor.token());
    assert.equal((await visitor.post('/verify', empty)).status, 400);
  });

  it('evaluate with the interpretations chosen and show the result', async () => {
    const body = new URLSearchParams({
      _csrf: visitor.token(),
      model: 'scie-2021-value',
      subject: 'hexi',
      period: '2026-04',
      'interpretation.term-bounds': 'unbounded',
    });
    const response = await visitor.post('/evaluate', body);
    const location = response.headers.get('location') ?? '';
    assert.equal(response.status, 303);
    const evaluation = await site.workbench.evaluation(location.replace('/?evaluation=', ''));
    const chosen = evaluation?.interpretations.find((each) => each.id === 'term-bounds');
    assert.deepEqual([chosen?.option, chosen?.isDefault], ['unbounded', false]);
    assert.ok(textOf(await visitor.page(location)).includes(evaluation?.deviations[0]?.zh ?? 'none'));
  });

  it('make a report, list it and hand it over under its number', async () => {
    const evaluation = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    const body = new URLSearchParams({
      _csrf: visitor.token(),
      evaluation: evaluation?.sha256 ?? '',
      format: 'pdf',
      language: 'en',
    });
    const made = await visitor.post('/reports', body);
    const html = await visitor.page(made.headers.get('location') ?? '');
    assert.match(textOf(html), /报告 CG-2026-0001 已生成/);
    const path = /href="(\/reports\/[0-9a-f]{64})"/.exec(html)?.[1] ?? '';
    const report = await visitor.get(path);
    assert.equal(report.headers.get('content-type'), 'application/pdf');
    assert.equal(report.headers.get('content-disposition'), 'attachment; filename=CG-2026-0001.pdf');
    assert.equal(await report.text(), `${evaluation?.sha256} pdf en`);
  });

  it('verify an uploaded report and list each difference', async () => {
    const response = await visitor.post('/verify', upload(visitor, {}, '%PDF-1.7'));
    assert.match(textOf(await response.text()), /核验未通过 .*page 4 83\.4% 82\.1%/);
    assert.deepEqual(readdirSync(site.spoolFolder), []);
  });

  it('tell nothing about the inside when something fails inside', async () => {
    site.workbench.subjects = async () => {
      throw new Error('connection string postgres://secret');
    };
    const response = await visitor.get('/');
    const html = await response.text();
    assert.equal(response.status, 500);
    assert.doesNotMatch(html, /secret|at .*\.ts/);
    assert.equal(site.failures.length, 1);
  });
});

describe('listening', () => {
  const nothing = () => undefined;

  it('refuses an address that is not loopback, because nothing authenticates', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.7', 'example.org'])
      await assert.rejects(listen(nothing, { host, port: 0 }), (error: unknown) => {
        assert.ok(error instanceof InputError);
        return /has no authentication yet/.test(error.message) && error.message.includes(`"${host}"`);
      });
  });

  it('says which port is taken and what to do', async () => {
    const first = await listen(nothing, { host: '127.0.0.1', port: 0 });
    const port = Number(new URL(first.address).port);
    await assert.rejects(listen(nothing, { host: '127.0.0.1', port }), (error: unknown) => {
      return error instanceof InputError && error.message.includes(`port ${port} on 127.0.0.1 is in use`);
    });
    await first.close();
  });
});
