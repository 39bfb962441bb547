import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Evaluation, InputError } from '../../scoring/contract.ts';
import { openSite, type Site, textOf, type Visitor } from './site.ts';

const query = 'model=citygauge-operations&subject=hexi&period=2026-10';
const availability = `/indicators/application.reliability.availabilityRatio?${query}`;

describe('the pages of telemetry', () => {
  let site: Site;
  let visitor: Visitor;
  let evaluation: Evaluation;
  before(async () => {
    site = await openSite();
    visitor = site.visitor();
    const found = await site.workbench.latest('citygauge-operations', 'hexi', '2026-10');
    assert.ok(found);
    evaluation = found;
  });
  after(() => site.close());

  const jobsIn = (html: string) =>
    [...html.matchAll(/<th scope="row"><a href="\/telemetry\/([\w-]+)"/g)].map((match) => match[1]);

  it('list the jobs, failing first, with the error and what to do about it', async () => {
    const html = await visitor.page('/telemetry');
    assert.deepEqual(jobsIn(html), ['costs', 'portal', 'use', 'nodes', 'self']);
    const text = textOf(html);
    assert.match(text, /1 失败 1 部分成功 1 尚未运行 2 正常/);
    assert.match(text, /文件 costs\.xlsx 不存在 处理建议：在 settings\.file 中写明成本台账的路径/);
    assert.match(text, /每 30 秒 下次运行 1分钟后 1分钟前 2026年11月1日 07:59/);
    assert.match(text, /连接被拒绝；队列积压 3\.2 MB 处理建议：启动 http:\/\/127\.0\.0\.1:8428 上的服务/);
  });

  it('show a job whose newest run was not kept among the failing, with the reason, whatever the run before brought', async () => {
    const told = await site.workbench.telemetry();
    const before = site.workbench.telemetry;
    const refusal = {
      output: 'store',
      reason: { zh: '最近一次采集的结果未能保存到“证据库”：磁盘已满', en: 'the disk is full' },
      remedy: { zh: '请检查磁盘空间', en: 'check the disk' },
    };
    const jobs = told.jobs.map((job) => (job.id === 'nodes' ? { ...job, refusals: [refusal] } : job));
    site.workbench.telemetry = async () => ({ ...told, jobs });
    try {
      const html = await visitor.page('/telemetry');
      assert.deepEqual(jobsIn(html).slice(0, 2), ['costs', 'nodes']);
      const said = /失败 最近一次采集的结果未能保存到“证据库”：磁盘已满。? 处理建议：请检查磁盘空间/;
      assert.match(textOf(html), said);
      assert.match(textOf(await visitor.page('/telemetry/nodes')), said);
    } finally {
      site.workbench.telemetry = before;
    }
  });

  it('filter jobs by domain and state, and say so when none is left', async () => {
    assert.deepEqual(jobsIn(await visitor.page('/telemetry?domain=cloud')), ['costs', 'nodes']);
    assert.deepEqual(jobsIn(await visitor.page('/telemetry?domain=cloud&state=good')), ['nodes']);
    const none = await visitor.page('/telemetry?domain=self&state=failed');
    assert.deepEqual(jobsIn(none), []);
    assert.match(textOf(none), /没有符合条件的采集任务。 显示全部/);
  });

  it('show of a job its runs, targets, gaps with the remedy, and what it yields', async () => {
    const html = await visitor.page('/telemetry/portal');
    const text = textOf(html);
    assert.equal(html.match(/<rect class="cg-run-/g)?.length, 40);
    assert.equal(html.match(/<rect class="cg-run-failed"/g)?.length, 5);
    assert.ok(text.includes('citygauge_probe_success {target=&quot;https://apply'));
    assert.match(text, /10 秒内无应答 处理建议：检查该地址是否在运行，或调大 timeout/);
    assert.match(text, /瞬时值 — 探测是否成功 target 探测目标/);
    assert.doesNotMatch(html, /<b>login/);
    const nodes = textOf(await visitor.page('/telemetry/nodes'));
    assert.match(nodes, /非有限数（NaN 或无穷大） 120 时间在未来 40/);
    assert.match(nodes, /该采集器还产出数据源自行命名的指标/);
  });

  it('say of a job that never ran how to run it, and 404 of one that is not there', async () => {
    assert.match(textOf(await visitor.page('/telemetry/use')), /该任务尚未运行。.*citygauge collect use/);
    assert.equal((await visitor.get('/telemetry/nowhere')).status, 404);
  });

  it('list targets, down first, with phases and the days a certificate has left; search finds them', async () => {
    const html = await visitor.page('/targets');
    const text = textOf(html);
    assert.match(text, /1 不可达 6 可达/);
    assert.ok(text.indexOf('apply.hexi') < text.indexOf('10.20.0.11'));
    assert.match(html, /cg-worse" data-label="证书剩余天数">12</);
    assert.match(
      html,
      /aria-label="域名解析 12 毫秒；建立连接 21 毫秒；TLS 握手 58 毫秒；等待应答 81 毫秒；传输 12 毫秒"/,
    );
    const found = textOf(await visitor.page('/targets?search=10.20.0.13'));
    assert.ok(found.includes('10.20.0.13') && !found.includes('10.20.0.11'));
    assert.match(textOf(await visitor.page('/targets?search=nothing-like-it')), /没有符合条件的目标/);
    assert.match(textOf(await visitor.page('/targets?state=down')), /apply\.hexi/);
  });

  it('say how to begin where nothing but the program itself is watched, and what to do without Prometheus', async () => {
    const told = await site.workbench.telemetry();
    const before = site.workbench.telemetry;
    try {
      site.workbench.telemetry = async () => ({
        ...told,
        settingsFile: null,
        metricSource: { fault: 'http://127.0.0.1:9090 does not answer' },
        jobs: told.jobs.filter((job) => job.domain === 'self'),
      });
      const text = textOf(await visitor.page('/telemetry'));
      assert.match(text, /尚未配置采集任务。在数据目录中新建 telemetry\.yaml/);
      assert.match(text, /失败 http:\/\/127\.0\.0\.1:9090 does not answer 处理建议：确认该服务正在运行/);
    } finally {
      site.workbench.telemetry = before;
    }
  });

  it('draw the samples behind a figure: lines, target, gap, period and cut-off, with the query to copy', async () => {
    const html = await visitor.page(availability);
    const text = textOf(html);
    const chart = html.slice(html.indexOf('id="series"'), html.indexOf('id="trend"'));
    assert.equal(chart.match(/<svg[^>]*class="cg-chart cg-wide"/g)?.length, 1);
    const lines = [...chart.matchAll(/<path d="([^"]*)"[^>]*stroke="var\(--cg-line-2\)"/g)];
    // One line, drawn for wide columns and for telephones, each in two pieces around the gap.
    assert.deepEqual(
      lines.map(([, path]) => path?.match(/M/g)?.length),
      [2, 2],
    );
    for (const name of ['满分值', '周期起', '数据截止']) assert.ok(chart.includes(`>${name}</text>`), name);
    assert.match(text, /另有 3 条曲线未绘出/);
    assert.match(text, /无采样（图中阴影）： 2026年10月10日/);
    assert.match(chart, /<pre[^>]*class="cg-copy">citygauge_probe_success\{subject=~&quot;hexi/);
    assert.ok(chart.includes('node-&lt;b&gt;03&lt;/b&gt;') && !chart.includes('node-<b>'));
  });

  it('zoom by plain links and by a form, in the subject’s own time', async () => {
    const html = await visitor.page(`${availability}&from=2026-10-05T08:00&to=2026-10-05T20:00`);
    assert.match(textOf(html), /2026年10月5日 08:00 – 2026年10月5日 20:00/);
    assert.match(html, /name="from" value="2026-10-05T08:00"/);
    const inner = /href="([^"]*)">放大</.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(textOf(await visitor.page(inner)), /2026年10月5日 11:00 – 2026年10月5日 17:00/);
    const day = await visitor.page(`${availability}&span=day`);
    assert.match(textOf(day), /2026年10月31日 00:00 – 2026年11月1日 00:00/);
    for (const wrong of [
      'from=2026-10-05&to=2026-10-04',
      'from=yesterday&to=2026-10-04',
      'from=2001-01-01&to=2026-10-04',
    ])
      assert.equal((await visitor.get(`${availability}&${wrong}`)).status, 400, wrong);
  });

  it('say why there is no chart when the server of metrics fails, and show the rest', async () => {
    const before = site.workbench.chart;
    try {
      site.workbench.chart = async () => {
        throw new InputError('http://127.0.0.1:9090 does not answer');
      };
      const response = await visitor.get(availability);
      const text = textOf(await response.text());
      assert.equal(response.status, 200);
      assert.match(text, /9090 does not answer/);
      assert.match(text, /指标定义/);
    } finally {
      site.workbench.chart = before;
    }
  });

  it('show the stage with the reckoning of every module and what holds back, and why it cannot be told', async () => {
    const september = await site.workbench.latest('citygauge-operations', 'hexi', '2026-09');
    const [gap] = september?.stage?.heldBackBy ?? [];
    assert.ok(september?.stage?.title && gap);
    const html = await visitor.page('/stage?model=citygauge-operations&subject=hexi&period=2026-09');
    const text = textOf(html);
    assert.equal(html.match(/class="cg-stage-bar"/g)?.length, 3 * 7);
    assert.ok(text.includes(gap.reason.zh));
    assert.match(html, /<li class="cg-ladder-current" aria-current="step"><strong>初级</);
    const open = textOf(await visitor.page(`/stage?${query}`));
    assert.equal(evaluation.stage?.isDetermined, false);
    assert.match(open, /暂不判定 初级 待判定/);
    assert.ok(open.includes(evaluation.stage?.reason.zh ?? '?'));
    const without = textOf(await visitor.page('/stage?model=event-loop-2022&subject=hexi&period=2026-10'));
    assert.match(without, /未定义运营阶段.*城市数字化运营指标体系/);
    assert.match(textOf(await visitor.page(`/?${query}`)), /运营阶段 暂不判定/);
  });

  it('list every indicator by how it stands, with what to do where it is off its target', async () => {
    const all = await visitor.page(`/indicators?${query}`);
    const leaves = evaluation.observations.length;
    assert.equal(all.match(/<th scope="row" class="cg-depth-2"/g)?.length, leaves);
    const failed = await visitor.page(`/indicators?${query}&state=failed`);
    const n = evaluation.observations.filter((each) => each.state === 'failed').length;
    assert.ok(n > 0 && n < leaves);
    assert.equal(failed.match(/<th scope="row" class="cg-depth-2"/g)?.length, n);
    const off = textOf(await visitor.page(`/modules/application?${query}&state=offTarget`));
    assert.match(off, /干预措施：单个应用低于目标即开展根因分析.*（责任方：应用运营方）/);
  });
});
