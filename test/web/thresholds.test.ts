import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openSite, type Site, sectionText, textOf } from './site.ts';

const indicator = 'model=event-loop-2022&subject=hexi&period=2026-10';

describe('the pages of graded warnings and rules', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());
  const page = (path: string) => site.visitor().page(path);

  it('list lamps worst first with role and plan, what is calm last, and no data with its reason', async () => {
    const text = sectionText(await page('/thresholds?show=all'), 'list');
    const order = ['红色', '橙色', '尚未判定', '45 天内没有已保存的评估', '蓝色', '绿色', '不在监测时段'];
    const places = order.map((name) => text.indexOf(name));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.match(
      text,
      /红色 下穿隧道积水深度 和西市 site=&quot;人民路下穿&quot; 0\.31 m 2026年11月1日 05:04 2小时前 市级指挥长 封闭隧道，启动抢排/,
    );
    assert.match(text, /橙色 2分钟前进入红色条件，持续 5 分钟后升级 事件按时办结率 和西市 74\.3%/);
    assert.match(text, /无数据 45 天内没有已保存的评估 事件按时办结率 南湖区 — /);
    assert.match(text, /不在监测时段 政务大厅排队时长 &lt;i&gt; 东城区/);
  });

  it('list what is raised alone unless told otherwise, and say how many are quiet', async () => {
    const text = sectionText(await page('/thresholds'), 'list');
    assert.doesNotMatch(text, /站前路下穿|绿色|不在监测时段 政务大厅/);
    assert.match(text, /另有 4 条序列平稳或不在监测时段。 显示全部/);
    const calm = sectionText(await page('/thresholds?subject=hexi/dongcheng'), 'list');
    assert.match(calm, /当前没有预警。 另有 2 条序列平稳或不在监测时段/);
  });

  it('count series by lamp, and narrow the list by a lamp', async () => {
    const html = await page('/thresholds?lamp=orange');
    assert.match(textOf(html), /红色 1 .*橙色 1 .*蓝色 2 .*无数据 2 .*绿色 1 .*不在监测时段 1/);
    const text = sectionText(html, 'list');
    assert.match(text, /橙色 .*74\.3%/);
    assert.doesNotMatch(text, /红色 下穿|绿色/);
  });

  it('say each grade’s condition, release, role and plan in words', async () => {
    const text = sectionText(await page('/thresholds/on-time'), 'grades');
    assert.match(
      text,
      /红色 达到或低于 60% 持续 5 分钟 · 回升至 62% 以上方可解除 市级指挥长 启动市级会商，两小时内报送处置方案/,
    );
    assert.match(text, /黄色 达到或低于 90% 立即生效 街道值班员/);
    assert.match(text, /橙色 没有数据持续 30 分钟 区级值班长/);
    assert.match(text, /绿色 以上条件均不成立/);
    const exact = sectionText(await page('/thresholds/backlog-age'), 'grades');
    assert.match(exact, /达到或高于 2 小时 持续 5 分钟 · 回落至 118 分钟以下方可解除/);
    const band = textOf(await page('/thresholds/hall-queue?lang=en'));
    assert.match(
      band,
      /at or below 1 min, or at or above 30 min after 15 min · released between 6 min and 25 min/,
    );
    assert.match(band, /working days, 08:30–12:00, 13:30–17:30 \(Asia\/Shanghai\)/);
    assert.match(band, /Holidays: 2026-10-01, 2026-10-02 Worked instead: 2026-10-10/);
  });

  it('keep the changes of a lamp, newest first', async () => {
    const text = sectionText(await page('/thresholds/on-time'), 'changes');
    assert.match(
      text,
      /2026年10月28日 14:30 橙色 74\.3% 和西市 2026年10月20日 14:30 黄色 87\.1% 和西市 2026年10月2日 14:30 绿色 91\.3% 和西市/,
    );
    assert.match(sectionText(await page('/thresholds/air-quality'), 'changes'), /没有变化记录/);
  });

  it('stand on the scorecard by colour, in the list of indicators and beside the indicator’s figure', async () => {
    const home = sectionText(await page(`/?${indicator}`), 'warnings');
    assert.match(home, /预警 红色 1 橙色 1 蓝色 2 无数据 2 绿色 1 不在监测时段 1/);
    const lamp =
      /<a href="\/thresholds\/on-time\?subject=hexi" title="事件按时办结率"><span class="cg-warning cg-warning-orange">橙色<\/span><\/a>/;
    assert.match(await page(`/indicators/timeliness.onTimeClosureRatio?${indicator}`), lamp);
    assert.match(await page(`/indicators?${indicator}`), lamp);
    assert.doesNotMatch(await page(`/indicators/closure.closureRatio?${indicator}`), /cg-warning/);
    const district = indicator.replace('subject=hexi', 'subject=hexi/nanhu');
    assert.match(
      await page(`/indicators/timeliness.onTimeClosureRatio?${district}`),
      /cg-warning-noData">无数据</,
    );
  });

  it('list rules by file with where they come from, and find them by words', async () => {
    const text = textOf(await page('/rules'));
    assert.match(
      text,
      /6 服务目标 .*1 分级预警 .*1 系统自身 .*5 个文件，8 条规则：告警规则 5 条，记录规则 3 条。/,
    );
    const found = await page('/rules?search=water+RED');
    assert.match(textOf(found), /1 个文件，1 条规则：告警规则 1 条，记录规则 0 条。/);
    assert.match(found, /<details open><summary><strong>下穿隧道积水深度<\/strong>/);
    assert.match(found, /<a href="\/thresholds\/water-level">/);
    assert.match(textOf(found), /WaterLevelRed 持续 2m 恢复后保持 5m water_depth_metres/);
    const slo = await page('/rules?origin=slo&search=portal-availability');
    assert.match(
      slo,
      /<a href="https:\/\/docs\.example\/runbooks\/slo-errors" rel="noreferrer noopener external">/,
    );
    assert.match(textOf(slo), /错误预算消耗过快 &lt;b&gt;/);
    assert.match(textOf(await page('/rules?search=nothing+such')), /没有符合条件的记录/);
  });

  it('answer 404 for a threshold that is not there', async () => {
    assert.equal((await site.visitor().get('/thresholds/nowhere')).status, 404);
    assert.deepEqual(site.failures, []);
  });
});
