import { strict as assert } from 'node:assert';
import { scoringEngine as engine, sampleBundle } from '../../test/report-samples.ts';
import { renderReport } from '../render.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the HTML report', () => {
  it('stands alone: one file, charts inside, no script and nothing to fetch', async () => {
    const html = decode(await renderReport(sampleBundle({ language: 'zh' }), 'html', { engine }));
    assert.match(html, /^<!doctype html>\n<html lang="zh-CN">/);
    assert.ok((html.match(/<svg /g) ?? []).length >= 3);
    assert.doesNotMatch(html, /<script|<link|<img|@import|url\((?!#)|\son\w+=/);
    const addresses = new Set(html.match(/https?:\/\/[^"' )]+/g) ?? []);
    assert.deepEqual([...addresses].sort(), ['http://www.w3.org/1999/xlink', 'http://www.w3.org/2000/svg']);
  });

  it('escapes what it is given, in text and in charts', async () => {
    const bundle = sampleBundle();
    const nodes = bundle.evaluation.nodes.map((node) => ({
      ...node,
      title: { zh: node.title.zh, en: '<script>x</script>' },
    }));
    const html = decode(
      await renderReport({ ...bundle, evaluation: { ...bundle.evaluation, nodes } }, 'html', { engine }),
    );
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script&gt;/);
  });

  it('has a table of contents whose links all lead somewhere', async () => {
    const html = decode(await renderReport(sampleBundle(), 'html', { engine }));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    assert.ok(targets.length > 15);
    for (const target of targets) assert.ok(html.includes(`id="${target}"`), target);
  });
});
