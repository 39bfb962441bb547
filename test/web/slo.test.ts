import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { openSite, type Site, textOf, unescaped, type Visitor } from './site.ts';

function sectionOf(html: string, id: string): string {
  const from = html.indexOf(`<section class="card" aria-labelledby="${id}"`);
  assert.ok(from > 0, id);
  return textOf(`<body${html.slice(from, html.indexOf('</section>', from))}`);
}

describe('the pages of promises', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());
  const page = (path: string) => site.visitor().page(path);

  it('list every promise worst first, and those without a figure with the reason and never with a 0', async () => {
    const html = await page('/slos');
    const ids = [...html.matchAll(/href="\/slos\/([\w-]+)\?/g)].map(([, id]) => id);
    assert.deepEqual(ids, [
      'hotline-intake',
      'gis-tiles',
      'permits-filing',
      'sensors-online',
      'grid-dispatch',
      'video-streams',
      'portal-latency',
      'portal-availability',
      'payment-orders',
      'exchange-batches',
    ]);
    const text = textOf(html);
    assert.match(text, /1 预算透支 .*3 无数据 .*1 有风险 .*4 正常 .*1 无业务量/);
    assert.match(text, /物联感知设备在线 .{0,40}无数据 周期内没有 probe_success 的采样 98% — — — — —/);
    assert.match(text, /许可申报提交成功 .{0,40}无数据 尚未计算：等待下次调度。 99\.5% — — — — —/);
    assert.match(
      text,
      /数据交换批次成功 .{0,40}无业务量 周期内没有交换批次 上期（2026年10月）98\.92% 99% — — — — —/,
    );
  });

  it('print an overdrawn budget below zero, adjusted beside raw, and mark low traffic', async () => {
    const html = await page('/slos');
    const text = textOf(html);
    assert.match(
      text,
      /12345 受理接口可用性 .{0,40}预算透支 99\.5% 98\.98% −102\.9% 2\.20 倍 已用完 滚动窗口，无期末/,
    );
    assert.match(html, /aria-label="错误预算剩余 −102\.9%"/);
    assert.match(
      text,
      /市民门户可用性 .{0,40}正常 99\.9% 99\.93% 原始 99\.86% 79\.4% 0\.20 倍 期内不会用完 53\.0%/,
    );
    assert.match(text, /视频调阅成功 .{0,40}正常 样本偏少/);
    assert.match(text, /网格事件按时派遣 .{0,40}有风险 95% 95\.47% 24\.6% 3\.40 倍 26\.4 天 −38\.6%/);
  });

  it('narrow the list by subject, state and words', async () => {
    const ids = async (query: string) =>
      [...(await page(`/slos${query}`)).matchAll(/href="\/slos\/([\w-]+)\?/g)].map(([, id]) => id);
    assert.deepEqual(await ids('?subject=hexi/dongcheng'), ['grid-dispatch']);
    assert.deepEqual(await ids('?state=missed'), ['hotline-intake']);
    assert.deepEqual(await ids('?search=portal+latency'), ['portal-latency']);
    assert.deepEqual(await ids('?search=nothing+such'), []);
    const none = textOf(await page('/slos?subject=hexi/script'));
    assert.match(none, /尚未设定服务目标。.*schema: citygauge\/slo@1/);
  });

  it('say the promise in words, with its budget in time and its counts', async () => {
    const text = sectionOf(await page('/slos/portal-availability'), 'slo');
    assert.match(
      text,
      /每个自然季度内，合格的请求、采样或事件占比不低于 99\.9%。错误预算为 0\.1%，若全部中断相当于 2\.2 小时。 市民门户首页与办事入口的请求 &lt;b&gt;成功率/,
    );
    assert.match(text, /达成率（剔除后） 99\.93% 达成率（原始） 99\.86%/);
    assert.match(text, /4,300 \/ 3,223,680/);
    assert.match(text, /2026年第四季度 · 数据截止 2026年11月1日 08:00 · 时间按 Asia\/Shanghai 显示/);
    const english = textOf(await page('/slos/sensors-online?lang=en'));
    assert.match(english, /at least 98% of the values, one every 60 s, are ≥ 1\./);
  });

  it('draw the budget by local days with what is excluded, and the same in a table', async () => {
    const html = await page('/slos/portal-availability');
    assert.match(
      html,
      /<svg[^>]* aria-label="本期错误预算剩余，按本地日累计[^"]*" class="cg-chart cg-wide">/,
    );
    const text = sectionOf(html, 'budget');
    assert.match(text, /剩余预算（剔除后） .*剩余预算（原始） .*匀速消耗 .*剔除时段/);
    assert.match(text, /2026年10月12日 2,400 \d{2},\d{3} 97\.\d{2}% 99\.9\d% 含剔除时段/);
    const empty = sectionOf(await page('/slos/sensors-online'), 'budget');
    assert.match(empty, /没有可用的逐日数据/);
  });

  it('show which alert conditions hold, and the alerts that would have fired or why nobody can tell', async () => {
    const html = await page('/slos/hotline-intake');
    const burn = sectionOf(html, 'burn');
    assert.match(burn, /立即处置 · 快速 未触发 14\.4 倍 2% 2\.20 倍 1 小时 2\.20 倍 5 分钟/);
    assert.match(burn, /工单处理 · 缓慢 正在触发 1 倍 10% 1\.40 倍 3 天 2\.40 倍 6 小时/);
    const alerts = sectionOf(html, 'alerts');
    assert.match(alerts, /立即处置 2026年10月21日 09:10 2026年10月21日 12:25 3\.3 小时/);
    assert.match(alerts, /工单处理 2026年11月1日 04:00 仍在持续 4 小时/);
    assert.match(alerts, /采样间隔为 60 分钟，更短的窗口按一个间隔推算/);
    const unknown = sectionOf(await page('/slos/sensors-online'), 'alerts');
    assert.match(unknown, /无法判断本期是否会告警。 没有采样，无法判断是否会告警/);
    const year = sectionOf(await page('/slos/grid-dispatch'), 'burn');
    assert.match(year, /没有与该周期相符的告警窗口/);
  });

  it('list earlier periods, and every revision of one that late data changed', async () => {
    const text = sectionOf(await page('/slos/payment-orders'), 'periods');
    assert.match(text, /2026年10月 未达标 99\.89% −4\.3% 171 \/ 163,900 2 已重述/);
    assert.match(text, /2026年9月 达标 99\.93% 36\.2% 96 \/ 150,400 1/);
    assert.match(
      text,
      /重述 .*1 2026年11月1日 00:05 140 \/ 161,200 99\.91% 13\.2% 2 2026年11月1日 06:30 171 \/ 163,900 99\.89% −4\.3%/,
    );
  });

  it('name the source with line and hash, and the rules made of it', async () => {
    const html = await page('/slos/portal-availability');
    assert.match(
      sectionOf(html, 'source'),
      /slos\/portal\.yaml 第 4 行 · citygauge\/slo@1 sha256 (?:5e){32}/,
    );
    assert.match(sectionOf(html, 'rules'), /portal-errors 持续 2m slo:sli_error:ratio_rate5m/);
    assert.doesNotMatch(html, /<script/);
  });

  it('answer 404 for a promise or subject that is not there', async () => {
    for (const path of [
      '/slos/nowhere',
      '/slos/portal-availability?subject=hexi/nanhu',
      '/slos?subject=nowhere',
    ])
      assert.equal((await site.visitor().get(path)).status, 404, path);
    assert.deepEqual(site.failures, []);
  });
});

describe('exclusions on the page of a promise', () => {
  let site: Site;
  let visitor: Visitor;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());
  beforeEach(async () => {
    visitor = site.visitor();
    await visitor.page('/slos/portal-availability');
  });
  const path = '/slos/portal-availability/exclusions';
  const whole = {
    kind: 'force-majeure',
    from: '2026-10-23T10:00',
    to: '2026-10-23T11:30',
    reason: '光缆被挖断 <i>',
    by: '周敏',
    evidence: 'https://tickets.example/8841',
    subject: 'hexi',
  };
  const send = (fields: Record<string, string>, to = path) =>
    visitor.post(to, new URLSearchParams({ _csrf: visitor.token(), ...fields }));

  it('show who excluded what and what that left out of the figure', async () => {
    const text = sectionOf(await visitor.page('/slos/portal-availability'), 'exclusions');
    assert.match(
      text,
      /计划检修 2026年10月12日 02:00 2026年10月12日 08:00 核心交换机更换，已提前公告 &lt;i&gt; 佐证： 变更单 CHG-2026-1011 周敏 2026年10月10日 10:00 2026年第四季度：剔除差错 2,360、总量 24,000/,
    );
  });

  it('are recorded in the subject’s local time, and withdrawn by name', async () => {
    const response = await send(whole);
    assert.equal(response.status, 303);
    assert.equal(
      response.headers.get('location'),
      '/slos/portal-availability?subject=hexi&done=excluded#exclusions',
    );
    const [made] = await site.workbench.slo.exclusions(['hexi'], 'portal-availability');
    assert.deepEqual([made?.from, made?.to], ['2026-10-23T02:00:00.000Z', '2026-10-23T03:30:00.000Z']);
    const text = sectionOf(await visitor.page('/slos/portal-availability'), 'exclusions');
    assert.match(
      text,
      /不可抗力 2026年10月23日 10:00 2026年10月23日 11:30 光缆被挖断 &lt;i&gt;.*下次计算时生效/,
    );
    assert.equal((await send({ by: '李强', subject: 'hexi' }, `${path}/${made?.id}/withdraw`)).status, 303);
    const after = sectionOf(await visitor.page('/slos/portal-availability'), 'exclusions');
    assert.match(after, /不可抗力 已撤销 .*李强于2026年11月1日 08:00撤销 已撤销，不计/);
  });

  it('are refused with what is wrong, in the language of the page, keeping what was written', async () => {
    const faults = async (fields: Record<string, string>) => {
      const response = await send({ ...whole, ...fields });
      assert.equal(response.status, 400);
      const html = unescaped(await response.text());
      assert.match(html, /光缆被挖断 &lt;i&gt;/);
      return [...(/role="alert"><ul>(.*?)<\/ul>/.exec(html)?.[1] ?? '').matchAll(/<li>(.*?)<\/li>/g)].map(
        ([, text]) => text,
      );
    };
    assert.deepEqual(await faults({ kind: 'holiday', by: '' }), [
      '请选择剔除类别：计划检修或不可抗力。',
      '请写明责任人（不超过 200 字）。',
    ]);
    assert.deepEqual(await faults({ to: '2026-10-23T09:00' }), ['结束时间须晚于开始时间。']);
    assert.deepEqual(await faults({ from: '2026-02-30T09:00' }), ['请填写开始时间，例如 2026-10-12T02:00。']);
    assert.deepEqual(await faults({ to: '2026-11-01T08:01' }), ['剔除时段尚未结束：请在结束之后登记。']);
    assert.deepEqual(await faults({ from: '2026-10-12T07:59', to: '2026-10-12T09:00' }), [
      '与已登记的剔除重叠：2026年10月12日 02:00至2026年10月12日 08:00，周敏。',
    ]);
    assert.deepEqual(await faults({ from: '2026-01-01T00:00', to: '2026-10-01T00:00' }), [
      '剔除时段不能长于一个周期（每个自然季度）。',
    ]);
    await visitor.page('/about?lang=en');
    assert.deepEqual(await faults({ evidence: 'x'.repeat(1001) }), [
      'Give the evidence (at most 1000 characters).',
    ]);
    const standing = (await site.workbench.slo.exclusions(['hexi'], null)).filter(
      (each) => !each.withdrawnAt,
    );
    assert.deepEqual(
      standing.map(({ id }) => id),
      [1],
    );
  });

  it('are not withdrawn twice, without a name or without the token', async () => {
    const withdraw = `${path}/1/withdraw`;
    assert.equal((await send({ by: '', subject: 'hexi' }, withdraw)).status, 400);
    assert.equal((await send({ by: '李强', subject: 'hexi', _csrf: 'x' }, withdraw)).status, 403);
    assert.equal((await send({ by: '李强', subject: 'hexi' }, withdraw)).status, 303);
    const again = await send({ by: '李强', subject: 'hexi' }, withdraw);
    assert.match(await again.text(), /没有这条有效的剔除记录/);
    assert.deepEqual(site.failures, []);
  });
});
