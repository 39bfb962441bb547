import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Evaluation } from '../../scoring/contract.ts';
import { openSite, type Site, textOf, unescaped, type Visitor } from './site.ts';

describe('the pages of conflicts', () => {
  let site: Site;
  let visitor: Visitor;
  let evaluation: Evaluation;
  before(async () => {
    site = await openSite();
    visitor = site.visitor();
    const found = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.ok(found);
    evaluation = found;
  });
  after(() => site.close());

  const indicator = () => evaluation.conflicts[0]?.indicator ?? assert.fail('no conflict');
  const address = () => `/conflicts/${evaluation.sha256}/${indicator()}`;
  const decide = (fields: Record<string, string>, path = address()) =>
    visitor.post(path, new URLSearchParams({ _csrf: visitor.token(), ...fields }));
  const whole = { candidate: '0', decidedBy: '李四', reason: '已核对系统记录 <i>' };

  it('list every open conflict of the latest evaluations, with a link to decide it', async () => {
    const html = await visitor.page('/conflicts');
    const open = (await site.workbench.evaluations({ period: '2026-10' })).length;
    assert.equal(html.match(/核实并决定<\/a>/g)?.length, open);
    assert.ok(html.includes(address()));
    const one = await visitor.page('/conflicts?model=event-loop-2022&subject=hexi&period=2026-10');
    assert.equal(one.match(/核实并决定<\/a>/g)?.length, 1);
  });

  it('are reached from the box on the scorecard', async () => {
    const html = await visitor.page('/?model=event-loop-2022&subject=hexi&period=2026-10');
    assert.ok(html.includes(`href="${address()}"`));
  });

  it('ask for a source, a name and a reason, and change nothing without them or without the token', async () => {
    await visitor.get(address());
    for (const missing of ['candidate', 'decidedBy', 'reason'] as const) {
      const response = await decide({ ...whole, [missing]: ' ' });
      assert.equal(response.status, 400, missing);
      assert.ok(unescaped(await response.text()).includes(`href="${address()}"`), missing);
    }
    assert.equal((await decide({ ...whole, candidate: '9' })).status, 400);
    assert.equal((await decide({ ...whole, _csrf: 'f'.repeat(64) })).status, 403);
    const latest = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.equal(latest?.sha256, evaluation.sha256);
  });

  it('decide, evaluate again and show what became of it; taking it back brings the conflict back', async () => {
    const response = await decide(whole);
    assert.equal(response.status, 303);
    const path = response.headers.get('location') ?? '';
    const decided = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.deepEqual([decided?.conflicts.length, decided?.resolutions?.length], [0, 1]);
    const text = textOf(await visitor.page(path));
    assert.match(text, /决定前后对比/);
    assert.match(text, /决定人 李四 理由 已核对系统记录 &lt;i&gt;/);
    assert.match(textOf(await visitor.page('/conflicts')), /已决定 .*李四/);
    const figure = await visitor.page(
      `/indicators/${indicator()}?model=event-loop-2022&subject=hexi&period=2026-10`,
    );
    assert.match(textOf(figure), /由李四于2026年11月1日决定.*查看决定/);
    const back = await decide({}, `${path.split('?')[0]}/withdraw`);
    assert.equal(back.status, 303);
    const again = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.equal(again?.sha256, evaluation.sha256);
  });

  it('say that a later evaluation stands where an old one is looked at', async () => {
    await decide(whole);
    assert.match(textOf(await visitor.page(address())), /此后已有新的评估结果/);
    const latest = await site.workbench.latest('event-loop-2022', 'hexi', '2026-10');
    assert.ok(latest);
    await decide({}, `/conflicts/${latest.sha256}/${indicator()}/withdraw`);
  });

  it('answer 404 for what is no conflict', async () => {
    for (const path of [
      `/conflicts/${evaluation.sha256}/nowhere`,
      `/conflicts/${'0'.repeat(64)}/${indicator()}`,
      '/conflicts/x/y',
    ])
      assert.equal((await visitor.get(path)).status, 404, path);
  });
});
