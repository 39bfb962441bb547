import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openSite, type Site, sectionText, textOf } from './site.ts';

describe('the pages of data quality', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());
  const page = (path: string) => site.visitor().page(path);

  it('show the six problems with the share of failed rows and the checks over their threshold', async () => {
    const text = sectionText(await page('/quality'), 'problems');
    assert.match(text, /碎 6\.7% .* 3\/3 项超阈/);
    assert.match(text, /多 0\.5% .* 1\/3 项超阈/);
    assert.match(text, /少 1\.2% .* 0\/3 项超阈/);
    assert.match(text, /未评分 检核覆盖率 66\.7%/);
    assert.match(text, /按权重只有 66\.7% 的数据源有得分，低于 80%，不予评分/);
  });

  it('rank departments, those without a score last with the reason and never with a 0', async () => {
    const text = sectionText(await page('/quality'), 'league');
    assert.match(text, /1 东城区城市运行管理中心 98\.0 .*2 政务服务管理局 97\.1 .*3 城市管理局 88\.9/);
    assert.match(text, /— 市场监督管理局 未评分 0% 按权重只有 0% 的数据源有得分/);
    assert.match(text, /— 未指定责任部门 未评分/);
    assert.match(text, /也不按零分处理/);
  });

  it('list what could not be computed before what missed its threshold, with reason and remedy', async () => {
    const text = sectionText(await page('/quality'), 'troubles');
    assert.ok(text.indexOf('雨量在量程内') < text.indexOf('一年内核查过'));
    assert.match(text, /未能检核 没有读取该列的权限 处理建议：请为只读账号授予该列的 SELECT 权限/);
    assert.match(text, /37\.0% ≤ 20% 130,093/);
  });

  it('point out sources that were not checked for long', async () => {
    const text = sectionText(await page('/quality'), 'late');
    assert.match(text, /城市部件台账 · 城市管理局 · 最近检核 19天前/);
    assert.doesNotMatch(text, /12345 工单库/);
  });

  it('show the parts of a subject when it is chosen, and how to begin where nothing was checked', async () => {
    const part = textOf(await page('/quality?subject=hexi/dongcheng'));
    assert.match(part, /网格事件 &lt;b&gt;/);
    assert.doesNotMatch(part, /12345 工单库/);
    const none = textOf(await page('/quality?subject=hexi/nanhu'));
    assert.match(none, /尚无数据质量检核结果.*citygauge quality profile .*citygauge quality check/);
    assert.doesNotMatch(none, /0%|未评分/);
  });

  it('show every check of the newest run of a source, troubles first', async () => {
    const html = await page('/quality/hotline-orders');
    const text = sectionText(html, 'checks');
    const order = ['事件统一标识', '来电手机号', '可访问', '责任单位必填', '一日内入库'];
    const places = order.map((name) => text.indexOf(name));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.match(text, /来电手机号 格式 · caller_phone 超阈 3\.4% ≤ 3% 8,970 263,817 乱 1/);
    assert.match(html, /<svg class="cg-strip"[^>]*最近 30 次检核/);
  });

  it('show a check with its SQL and offending rows, masked columns marked and values escaped', async () => {
    const html = await page('/quality/hotline-orders/format-caller-phone');
    assert.match(html, /<pre[^>]*>select count\(\*\) as checked,\n {2}count/);
    const text = sectionText(html, 'sample');
    assert.match(text, /caller_phone 已脱敏 note GD000017 138\*{4}0021/);
    assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt; .*（空）/);
    assert.doesNotMatch(html, /<script/);
  });

  it('say why a check has no figure, and that one does not apply', async () => {
    const failed = textOf(await page('/quality/enterprises/agreement-address'));
    assert.match(failed, /未能检核 没有读取该列的权限/);
    assert.match(failed, /不合格率 — 阈值 ≤ 5% 不合格行 —/);
    const drift = textOf(await page('/quality/grid-events/drift-kind?subject=hexi/dongcheng'));
    assert.match(drift, /不适用 — ≤ 20% — — 尚无历史运行可供比较/);
  });

  it('answer 404 for a subject, source or check that is not there', async () => {
    for (const path of [
      '/quality?subject=nowhere',
      '/quality/nowhere',
      '/quality/hotline-orders?subject=hexi/nanhu',
      '/quality/hotline-orders/nowhere',
    ])
      assert.equal((await site.visitor().get(path)).status, 404, path);
    assert.deepEqual(site.failures, []);
  });
});
