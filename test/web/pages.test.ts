import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { createFormatter } from '../../dashboards/web/format.ts';
import { type Evaluation, InputError } from '../../scoring/contract.ts';
import { everyPage, everyVariant, openSite, type Site, textOf } from './site.ts';
import { threeLevels } from './three-levels.ts';

const format = createFormatter('zh');
const query = 'model=event-loop-2022&subject=hexi&period=2026-10';

describe('the pages', () => {
  let site: Site;
  let evaluation: Evaluation;
  before(async () => {
    site = await openSite({}, threeLevels);
    const found = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.ok(found);
    evaluation = found;
  });
  after(() => site.close());

  it('answer in both languages, with one main heading, and say 404 for what is not there', async () => {
    for (const language of ['zh', 'en']) {
      const visitor = site.visitor();
      await visitor.get(`/about?lang=${language}`);
      for (const path of [...everyPage, ...everyVariant]) {
        const response = await visitor.get(path);
        const html = await response.text();
        assert.equal(response.status, path === '/nowhere' ? 404 : 200, path);
        assert.match(html, new RegExp(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`));
        assert.equal(html.match(/<h1[ >]/g)?.length, 1, path);
      }
    }
    assert.deepEqual(site.failures, []);
  });

  it('load nothing from elsewhere and hold no inline script, style or handler', async () => {
    const visitor = site.visitor();
    for (const path of [...everyPage, ...everyVariant]) {
      const html = await visitor.page(path);
      assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=/, path);
      assert.doesNotMatch(
        // What a scanner refers to is a link of its own, which tells nobody where it was followed from.
        html
          .replaceAll('http://www.w3.org/', '')
          .replace(/<a href="https?:[^"]*" rel="noreferrer noopener external">/g, ''),
        /(?:src|href|action)="(?:https?:)?\/\//,
        path,
      );
    }
  });

  it('give every table a caption and every heading cell a scope', async () => {
    const visitor = site.visitor();
    let tables = 0;
    for (const path of [...everyPage, ...everyVariant]) {
      const html = await visitor.page(path);
      tables += html.match(/<table/g)?.length ?? 0;
      assert.equal(html.match(/<table/g)?.length, html.match(/<caption/g)?.length, path);
      assert.doesNotMatch(html, /<th(?![^>]*scope)[ >]/, path);
    }
    assert.ok(tables > 25, `only ${tables} tables`);
  });

  it('open with what was evaluated last, in the city rather than in its parts', async () => {
    const text = textOf(await site.visitor().page('/'));
    assert.match(text, /和西市 2026年10月/);
    assert.match(text, /城市事件闭环评估/);
  });

  it('show the overall grade with its reason, its coverage and the low and high of each module', async () => {
    const html = await site.visitor().page(`/?${query}`);
    const text = textOf(html);
    assert.ok(text.includes(evaluation.overall.reason.zh));
    assert.ok(text.includes(`证据覆盖率 ${format.share(evaluation.overall.coverage)}`));
    const modules = evaluation.nodes.filter((node) => node.parent === null);
    assert.equal(modules.length, 4);
    for (const node of modules) {
      assert.ok(text.includes(`${node.title.zh} ${node.id}`));
      assert.ok(text.includes(format.number(node.score)));
      assert.ok(text.includes(format.range(node.scoreLow, node.scoreHigh)));
    }
  });

  it('never print an absent figure as 0: a dash or its state stands there, with the reason', async () => {
    const missing = evaluation.observations.find((each) => each.state === 'notReported');
    assert.ok(missing?.reason);
    const text = textOf(await site.visitor().page(`/indicators/${missing.indicator}?${query}`));
    assert.match(text, /未报送/);
    assert.doesNotMatch(text, /NaN|undefined|null|\[object/);
    assert.doesNotMatch(text.split('历期走势')[0] ?? '', /\b0(?:\.0)?%/);
  });

  it('show a conflict with both sources side by side and who entered the second', async () => {
    const text = textOf(await site.visitor().page(`/?${query}`));
    const [conflict] = evaluation.conflicts;
    assert.ok(conflict);
    for (const candidate of conflict.candidates)
      assert.ok(text.includes(format.value(candidate.value, 'ratio')));
    assert.match(text, /人工填报 · 张三 · 附件 3\.xlsx/);
  });

  it('lay both sources of a conflict open on its page, with fraction, query, file and who entered it', async () => {
    const [conflict] = evaluation.conflicts;
    assert.ok(conflict);
    const [measured, entered] = conflict.candidates;
    const html = await site.visitor().page(`/indicators/${conflict.indicator}?${query}`);
    const text = textOf(html.slice(html.indexOf('id="evidence"')).replace(/^/, '<body>'));
    assert.doesNotMatch(text, /没有数据来源/);
    assert.ok(text.includes(`系统测量：${format.value(measured?.value ?? null, 'ratio')}`));
    assert.ok(text.includes(`填报（附佐证）：${format.value(entered?.value ?? null, 'ratio')}`));
    assert.ok(text.includes(format.count(measured?.denominator ?? null)));
    assert.match(text, /计算口径 work-orders/);
    assert.match(text, /gongdan\.csv （[\d,]+ 行） sha256 (?:3f){32}/);
    assert.match(text, /填报人 张三 佐证材料 附件 3\.xlsx/);
  });

  it('put the numbers into the formula and print it beside the formula itself', async () => {
    const scie = await site.workbench.latest('scie-2021-value', 'hexi', '2026-09');
    const node = scie?.nodes.find((each) => each.id === 'S7');
    const html = await site.visitor().page('/modules/S7?model=scie-2021-value&subject=hexi&period=2026-09');
    assert.ok(node?.calculation);
    assert.ok(html.includes('25*(10-C1)/10 + 30*(10-C2)/10 + 25*(10-C3)/10 + 20*(10-C4)/10'));
    assert.ok(html.includes(node.calculation));
  });

  it('break an indicator down so that the parts add up to the whole', async () => {
    const html = await site.visitor().page(`/indicators/closure.closureRatio?${query}&by=type`);
    const section = html.slice(html.indexOf('id="drill"'), html.indexOf('</tfoot>'));
    const numbers = [...section.matchAll(/<td class="cg-number">([\d,]+)<\/td>/g)].map((match) =>
      Number((match[1] ?? '').replaceAll(',', '')),
    );
    const whole = evaluation.observations.find((each) => each.indicator === 'closure.closureRatio');
    const sumOf = (parity: number) =>
      numbers.slice(0, -2).reduce((sum, value, at) => (at % 2 === parity ? sum + value : sum), 0);
    const sums = [sumOf(0), sumOf(1)];
    assert.equal(numbers.length, 8);
    assert.deepEqual(sums, [whole?.numerator, whole?.denominator]);
    assert.deepEqual(numbers.slice(-2), sums);
    assert.match(textOf(html), /较2026年9月变化/);
  });

  it('say when the records have changed since the evaluation was frozen', async () => {
    const path = `/indicators/closure.closureRatio?${query}&by=type`;
    const visitor = site.visitor();
    assert.doesNotMatch(await visitor.page(path), /评估之后业务记录有更新/);
    const { drill } = site.workbench;
    site.workbench.drill = async (...asked) => {
      const found = await drill(...asked);
      return { ...found, whole: { ...found.whole, value: 0.4217 } };
    };
    assert.match(textOf(await visitor.page(path)), /评估之后业务记录有更新：按现有记录计算为 42\.2%/);
    site.workbench.drill = drill;
  });

  it('show an indicator without its slices where no records are reported any more', async () => {
    const path = `/indicators/closure.closureRatio?${query}&by=type`;
    const { drill } = site.workbench;
    const withoutRecordsOf = (period: string) => {
      site.workbench.drill = async (asked, leaf, by) => {
        if (asked.period.id === period) throw new InputError(`No work orders were reported for ${period}.`);
        return drill(asked, leaf, by);
      };
    };
    try {
      assert.match(textOf(await site.visitor().page(path)), /各部分对变化的贡献/);
      withoutRecordsOf('2026-09');
      const before = textOf(await site.visitor().page(path));
      assert.match(before, /合计/);
      assert.doesNotMatch(before, /各部分对变化的贡献/);
      withoutRecordsOf('2026-10');
      const response = await site.visitor().get(path);
      const html = await response.text();
      assert.equal(response.status, 200);
      assert.doesNotMatch(html, /<tfoot/);
      assert.ok(textOf(html).includes('closure.closureRatio'));
    } finally {
      site.workbench.drill = drill;
    }
  });

  it('lead from a module through its elements to an indicator and back', async () => {
    const visitor = site.visitor();
    const shown = 'model=three-levels&subject=hexi&period=2026-10';
    const path = (html: string, folder: string) =>
      new RegExp(`href="(/${folder}/[^"]*)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const module = await visitor.page(`/modules/cloud?${shown}`);
    assert.equal(path(module, 'elements'), `/elements/cloud.readiness?${shown}`);
    const element = await visitor.page(path(module, 'elements'));
    assert.equal(path(element, 'indicators'), `/indicators/cloud.readiness.backup?${shown}`);
    assert.match(textOf(element), /和西市 · 2026年10月 云 就绪/);
    const indicator = await visitor.page(path(element, 'indicators'));
    assert.match(textOf(indicator), /和西市 · 2026年10月 云 就绪 备份成功率/);
  });

  it('send a node asked for on the wrong level to its own page', async () => {
    const response = await site.visitor().get(`/modules/closure.closureRatio?${query}`);
    assert.equal(response.status, 303);
    assert.match(response.headers.get('location') ?? '', /^\/indicators\/closure\.closureRatio\?/);
  });

  it('rank subjects with ties on one place and what is ungraded last, and sort by a heading', async () => {
    const html = await site
      .visitor()
      .page('/subjects?model=event-loop-2022&parent=hexi&period=2026-08&sort=load');
    const scores = [...html.matchAll(/indicators|modules\/load\?[^>]*><b>.<\/b> ([\d.]+)/g)].map((match) =>
      Number(match[1]),
    );
    assert.equal(scores.length, 3);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.match(html, /aria-sort="descending"><a href="[^"]*sort=load&amp;order=asc"/);
  });

  it('mark every page of a sample subject as sample data', async () => {
    const visitor = site.visitor();
    for (const path of [`/?${query}`, `/modules/load?${query}`, `/indicators/closure.closureRatio?${query}`])
      assert.match(textOf(await visitor.page(path)), /示例数据 以下数据均为系统合成/);
  });

  it('escape a subject named as a script, in text, options, titles and charts', async () => {
    const visitor = site.visitor();
    const paths = [
      '/subjects?model=event-loop-2022&parent=hexi',
      '/?model=event-loop-2022&subject=hexi/script',
    ];
    for (const path of [...paths, '/evaluate', '/import']) {
      const html = await visitor.page(path);
      assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'), path);
      assert.ok(!html.includes('<script>'), path);
    }
  });

  it('keep the language that was chosen, and the page that was shown', async () => {
    const visitor = site.visitor();
    const html = await visitor.page(`/?${query}`);
    const link = /href="([^"]*lang=en)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(link, /subject=hexi&period=2026-10&lang=en$/);
    assert.match(await visitor.page(link), /Overall grade/);
    assert.match(
      textOf(await visitor.page('/models')),
      /Scorecard Compare Telemetry SLOs Data quality Security Models/,
    );
  });

  it('keep the theme chosen by a plain form and come back to the same page', async () => {
    const visitor = site.visitor();
    assert.match(await visitor.page('/models'), /data-bs-theme="auto"/);
    const body = new URLSearchParams({ _csrf: visitor.token(), theme: 'dark', back: '/models' });
    const response = await visitor.post('/preferences', body);
    assert.deepEqual([response.status, response.headers.get('location')], [303, '/models']);
    assert.match(await visitor.page('/models'), /data-bs-theme="dark"/);
    const abroad = new URLSearchParams({ _csrf: visitor.token(), theme: 'dark', back: '//evil.example/' });
    assert.equal((await visitor.post('/preferences', abroad)).headers.get('location'), '/');
  });

  it('answer odd addresses with a page and never with a failure', async () => {
    const visitor = site.visitor();
    const odd: readonly (readonly [number, string])[] = [
      [400, '/indicators/%E0%A4%A'],
      [400, '/?subject=%00'],
      [404, '/indicators/__proto__'],
      [404, '/models/..%2f..%2fpackage.json'],
      [404, '/assets/fonts/..%2f..%2fpackage.json'],
      [200, '/?model=__proto__&subject=constructor&period=2026-W99'],
      [200, '/?lang[]=x&model[a]=b&evaluation=zz'],
      [200, '/subjects?model=nope&parent=nope&sort=%3Cx%3E'],
      [200, `/indicators/closure.closureRatio?${query}&by=nope`],
    ];
    for (const [status, path] of odd) {
      const response = await visitor.get(path);
      assert.equal(response.status, status, path);
      assert.match(await response.text(), /<main id="main"/, path);
    }
    assert.deepEqual(site.failures, []);
  });

  it('say what to do where nothing has been evaluated', async () => {
    const text = textOf(await site.visitor().page('/?model=event-loop-2022&subject=hexi&period=2019'));
    assert.match(text, /暂无评估结果/);
  });
});
