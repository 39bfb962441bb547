import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openSite, type Site, textOf, unescaped, type Visitor } from './site.ts';

describe('the pages of the security register', () => {
  let site: Site;
  let visitor: Visitor;
  beforeEachSite();
  const page = (path: string) => visitor.page(path);
  const send = (path: string, fields: Record<string, string>) =>
    visitor.post(path, new URLSearchParams({ _csrf: visitor.token(), ...fields }));
  const whole = { reason: '经批准暂缓 <i>', by: '李四', expires: '2026-12-31' };

  function beforeEachSite() {
    before(async () => {
      site = await openSite();
      visitor = site.visitor();
    });
    after(() => site.close());
  }

  it('show open findings by severity and age, without suppressed ones', async () => {
    const text = textOf(await page('/findings'));
    assert.match(
      text,
      /严重 1 0 0 0 1 0 高危 0 1 2 1 4 0 中危 1 2 2 1 6 0 低危 0 1 0 1 2 1 提示 0 0 0 0 0 1/,
    );
    assert.match(text, /合计 2 4 4 3 13 2/);
  });

  it('list findings worst and oldest first, and narrow them by state, severity, asset, rule and words', async () => {
    const rows = async (query: string) =>
      [...(await page(`/findings${query}`)).matchAll(/href="(\/findings\/\d+)/g)].map((match) => match[1]);
    assert.deepEqual((await rows('')).slice(0, 3), ['/findings/1', '/findings/3', '/findings/2']);
    assert.equal((await rows('?state=all')).length, 18);
    assert.deepEqual(await rows('?state=fixed&severity=critical'), ['/findings/16']);
    assert.deepEqual(await rows('?rule=sshd_disable_root_login&asset=gis-07.hexi.example'), ['/findings/3']);
    assert.deepEqual(await rows('?search=telnet&state=all'), ['/findings/18']);
    assert.deepEqual(await rows('?offset=5000'), []);
  });

  it('mark suppressions that expire soon', async () => {
    const text = textOf(await page('/findings'));
    assert.match(
      text,
      /partition_for_tmp portal-01\.hexi\.example 随 12 月的系统迁移一并处理 陈立 .{0,20}2026年11月7日 即将到期/,
    );
    assert.doesNotMatch(text, /2027年3月1日 即将到期/);
  });

  it('show one finding with its history, and link out without telling where from', async () => {
    const html = await page('/findings/2');
    assert.match(html, /<a href="https:\/\/nvd\.example\/[^"]*" rel="noreferrer noopener external">/);
    const text = textOf(html);
    assert.match(text, /证书校验绕过 高危 未修复 CVE-2099-10781/);
    assert.match(text, /首次发现 trivy .*已修复 trivy .*复发 trivy/);
    assert.match(text, /CVSS 7\.5/);
  });

  it('suppress only with reason, person and a last day that has not passed, keeping what was written', async () => {
    await page('/findings/3');
    for (const [field, value, fault] of [
      ['reason', ' ', '请写明理由'],
      ['by', '', '请写明责任人'],
      ['expires', '2026-02-30', '请选择有效期的最后一天'],
      ['expires', '2026-10-31', '有效期的最后一天已过'],
    ] as const) {
      const response = await send('/findings/3/suppressions', { ...whole, [field]: value });
      assert.equal(response.status, 400, field);
      const html = unescaped(await response.text());
      assert.ok(html.includes(fault), fault);
      if (field !== 'reason') assert.ok(html.includes('经批准暂缓 &lt;i&gt;</textarea>'));
      if (field !== 'by') assert.ok(html.includes('value="李四"'));
    }
    assert.equal((await send('/findings/3/suppressions', { ...whole, _csrf: 'f'.repeat(64) })).status, 403);
    assert.match(textOf(await page('/findings/3')), /高危 未修复/);
  });

  it('suppress until the end of the last day in the subject’s zone, and end it by name', async () => {
    const response = await send('/findings/3/suppressions', whole);
    assert.deepEqual(
      [response.status, response.headers.get('location')],
      [303, '/findings/3?done=suppressed'],
    );
    const hidden = textOf(await page('/findings/3?done=suppressed'));
    assert.match(hidden, /已抑制，有效期内不计入指标/);
    assert.match(hidden, /gis-07\.hexi\.example 经批准暂缓 &lt;i&gt; 李四 .{0,20}2026年12月31日/);
    const [made] = (await site.workbench.security.finding(3))?.suppressions ?? [];
    assert.deepEqual([made?.expiresAt, made?.asset], ['2026-12-31T16:00:00Z', 'gis-07.hexi.example']);
    const path = `/findings/3/suppressions/${made?.id}/end`;
    assert.equal((await send(path, { by: ' ' })).status, 400);
    assert.equal((await send('/findings/3/suppressions/99/end', { by: '王五' })).status, 400);
    assert.equal((await send(path, { by: '王五' })).headers.get('location'), '/findings/3?done=ended');
    assert.match(textOf(await page('/findings/3')), /高危 未修复 .*已终止 · 王五于2026年11月1日终止/);
  });

  it('suppress a rule on every asset of the subject when asked to', async () => {
    await send('/findings/6/suppressions', { ...whole, scope: 'everywhere' });
    const text = textOf(await page('/findings?state=suppressed&rule=CVE-2099-11877'));
    assert.match(text, /第 1–2 条，共 2 条/);
    assert.match(text, /CVE-2099-11877 全部资产 经批准暂缓/);
  });

  it('show alarms with precision, and judge one with verdict, person and grounds', async () => {
    const text = textOf(await page('/events'));
    assert.match(text, /告警总数 9 属实 2 误报 1 待研判 6 告警准确率 22\.2% 已研判中的属实率 66\.7%/);
    const judgement = { verdict: 'confirmed', by: '周敏', reason: '<b>已核实</b>', subject: 'hexi' };
    for (const field of ['verdict', 'by', 'reason'] as const) {
      const response = await send('/events/alarms/3', { ...judgement, [field]: '' });
      assert.equal(response.status, 400, field);
      const html = unescaped(await response.text());
      assert.match(html, /<details class="cg-judge d-print-none" open>/);
      assert.equal(html.match(/<details class="cg-judge[^>]* open>/g)?.length, 1);
      if (field !== 'reason') assert.ok(html.includes('&lt;b&gt;已核实&lt;/b&gt;</textarea>'));
    }
    assert.equal((await send('/events/alarms/3', { ...judgement, verdict: 'maybe' })).status, 400);
    assert.equal((await send('/events/alarms/99', judgement)).status, 400);
    const response = await send('/events/alarms/3', judgement);
    assert.deepEqual(
      [response.status, response.headers.get('location')],
      [303, '/events?subject=hexi&done=judged#alarms'],
    );
    const after = textOf(await page('/events?done=judged'));
    assert.match(after, /研判结果已保存/);
    assert.match(after, /属实 3 误报 1 待研判 5/);
  });

  it('show the loop of events with the figures of the evaluation, and say where there is none', async () => {
    const evaluation = await site.workbench.latest('citygauge-operations', 'hexi', '2026-10');
    const onTime = evaluation?.nodes.find((each) => each.id === 'security.events.closedOnTimeRatio');
    assert.ok(onTime?.value);
    const text = textOf(await page('/events'));
    assert.match(text, /安全事件闭环 · 2026年10月/);
    assert.ok(text.includes(`按时关闭率 ${(onTime.value * 100).toFixed(1)}%`));
    assert.match(text, /系统接入安全事件 .*平台使用安全事件 .*数据泄露事件 .*数据违规使用事件/);
    assert.match(textOf(await page('/events?period=2019')), /尚无“城市数字化运营指标体系”模型的评估结果/);
  });

  it('list assets with those that have no owner first and those that nobody listed marked', async () => {
    const html = await page('/assets');
    const text = textOf(html);
    assert.match(text, /8 全部资产 .*2 无主 \(25\.0%\)/);
    assert.match(text, /10\.1\.9\.77 未登记 主机 无主 1 高危 1/);
    assert.match(text, /87\.5% 63\/72 项 · standard/);
    const unowned = textOf(await page('/assets?unowned=yes'));
    assert.match(unowned, /第 1–2 条，共 2 条/);
    assert.match(
      textOf(await page('/assets?search=portal-old')),
      /portal-01\.hexi\.example .*第 1–1 条，共 1 条/,
    );
  });

  it('say how to begin where no scan was imported', async () => {
    for (const path of ['/findings?subject=hexi/nanhu', '/assets?subject=hexi/nanhu'])
      assert.match(textOf(await page(path)), /尚无安全台账.*scan-report/, path);
    assert.match(textOf(await page('/events?subject=hexi/nanhu')), /尚未接入告警/);
  });

  it('answer 404 for a finding or subject that is not there', async () => {
    for (const path of [
      '/findings/999',
      '/findings/x',
      '/findings?subject=nowhere',
      '/assets?subject=nowhere',
    ])
      assert.equal((await visitor.get(path)).status, 404, path);
    assert.equal((await send('/findings/999/suppressions', whole)).status, 404);
    assert.deepEqual(site.failures, []);
  });
});
