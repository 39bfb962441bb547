import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { requireProgram } from '../real-parts.ts';
import { everyPage, openSite, type Site } from './site.ts';

const home = everyPage[0] ?? '/';
const indicator = everyPage.find((path) => path.startsWith('/indicators')) ?? '/';

const telemetryPages = everyPage.filter((path) =>
  /^\/(?:telemetry|targets|stage|conflicts|slos|thresholds|rules|quality|findings|events|assets)/.test(path),
);

/** WCAG contrast of two colours `[r, g, b]`, 0..255. */
function contrastOf(a: readonly number[], b: readonly number[]): number {
  const luminance = (colour: readonly number[]) => {
    const [r = 0, g = 0, bl = 0] = colour.map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** Every visible text's colour and the colour behind it, drawn to plain RGB by a canvas. */
const coloursInPage = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const plain = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = plain(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const box = element.getBoundingClientRect();
    if (!text || box.width < 2 || box.height < 2 || element.closest('svg, option, .visually-hidden, .cg-skip')) continue;
    if (!element.checkVisibility()) continue;
    found.push({ text, colour: plain(getComputedStyle(element).color), behind: behind(element) });
  }
  return found;
})()`;

describe('the pages in a browser', function () {
  this.timeout(120_000);
  let site: Site;
  let browser: Browser;
  before(async function () {
    const executablePath = requireProgram(this, 'chromium');
    site = await openSite();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = async (options: BrowserContextOptions, work: (page: Page) => Promise<void>) => {
    const context = await browser.newContext(options);
    try {
      await work(await context.newPage());
    } finally {
      await context.close();
    }
  };
  const visit = (page: Page, path: string) => page.goto(site.address + path);
  const measure = <T>(page: Page, script: string) => page.evaluate(script) as Promise<T>;

  it('fit a telephone, a tablet, a desk and a wall screen without scrolling sideways; a telephone in English too', async () => {
    await open({}, async (page) => {
      const tooWide: string[] = [];
      for (const language of ['zh', 'en']) {
        await visit(page, `/about?lang=${language}`);
        for (const path of everyPage) {
          // What is laid out first is the narrow page: a wall screen full of charts takes longest.
          await page.setViewportSize({ width: 390, height: 900 });
          await visit(page, path);
          for (const width of language === 'zh' ? [390, 768, 1440, 3840] : [390]) {
            await page.setViewportSize({ width, height: 900 });
            const wide = await measure<number>(page, 'document.documentElement.scrollWidth');
            if (wide > width) tooWide.push(`${path} in ${language} is ${wide} px wide at ${width}`);
          }
        }
      }
      assert.deepEqual(tooWide, []);
    });
  });

  it('are readable without a script, and every request stays on this machine', async () => {
    await open({ javaScriptEnabled: false }, async (page) => {
      const addresses: string[] = [];
      const failures: string[] = [];
      page.on('request', (request) => addresses.push(request.url()));
      // Leaving a page stops its icon.
      page.on('requestfailed', (request) => {
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') failures.push(request.url());
      });
      for (const path of everyPage) await visit(page, path);
      const foreign = addresses.filter((url) => !url.startsWith(site.address) && !url.startsWith('data:'));
      assert.ok(addresses.length > everyPage.length, `only ${addresses.length} requests`);
      assert.deepEqual([foreign, failures], [[], []]);
      await visit(page, home);
      assert.equal(await page.locator('table.cg-modules tbody tr').count(), 4);
      assert.ok(await page.locator('.cg-radar svg').isVisible());
    });
  });

  it('keep to their own content policy: the console has nothing to say', async () => {
    await open({}, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      for (const path of everyPage.filter((each) => each !== '/nowhere')) await visit(page, path);
      assert.deepEqual(complaints, []);
    });
  });

  it('set Chinese in the font that comes with them', async () => {
    await open({}, async (page) => {
      await visit(page, home);
      await measure(page, 'document.fonts.ready.then(() => undefined)');
      const families = await measure<string[]>(
        page,
        `[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)`,
      );
      assert.ok(families.length > 3, `${families.length} slices loaded`);
      assert.deepEqual(
        [...new Set(families)].map((name) => name.replaceAll('"', '')),
        ['Noto Sans SC Variable'],
      );
    });
  });

  it('are reached by keyboard: skip link first, then the navigation, with a visible focus', async () => {
    await open({}, async (page) => {
      await visit(page, home);
      const focus = `(() => { const at = document.activeElement; const style = getComputedStyle(at);
        return { text: at.textContent.trim(), outline: style.outlineStyle + ' ' + style.outlineWidth, left: at.getBoundingClientRect().left }; })()`;
      const steps: { text: string; outline: string; left: number }[] = [];
      for (let step = 0; step < 10; step += 1) {
        await page.keyboard.press('Tab');
        steps.push(await measure(page, focus));
      }
      assert.deepEqual(
        steps.map((step) => step.text),
        [
          '跳到主要内容',
          '城衡 CityGauge',
          '总览',
          '对象对比',
          '运行监测',
          '服务目标',
          '数据质量',
          '安全',
          '评估模型',
          '数据导入',
        ],
      );
      for (const step of steps)
        assert.deepEqual([step.outline, step.left >= 0], ['solid 3px', true], step.text);
      await visit(page, home);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await measure(page, 'document.activeElement.id'), 'main');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`keep a contrast of 4.5 in ${colorScheme} mode, as the system asks for it`, async () => {
      await open({ colorScheme }, async (page) => {
        for (const path of [
          home,
          indicator,
          '/models/scie-2021-value',
          '/import',
          '/reports',
          ...telemetryPages,
        ]) {
          await visit(page, path);
          const texts = await measure<{ text: string; colour: number[]; behind: number[] }[]>(
            page,
            coloursInPage,
          );
          assert.ok(texts.length > 20, `only ${texts.length} texts on ${path}`);
          const pale = texts
            .map((each) => ({
              ...each,
              contrast: contrastOf(each.colour.slice(0, 3), each.behind.slice(0, 3)),
            }))
            .filter((each) => each.contrast < 4.5);
          assert.deepEqual(pale, [], path);
          const [first] = texts;
          const isDark = contrastOf(first?.behind.slice(0, 3) ?? [], [0, 0, 0]) < 4;
          assert.equal(isDark, colorScheme === 'dark', path);
        }
      });
    });
  }

  it('turn dark by the switch, without a script, whatever the system asks for', async () => {
    await open({ javaScriptEnabled: false, colorScheme: 'light' }, async (page) => {
      await visit(page, '/models');
      await page.getByRole('button', { name: '深色' }).click();
      assert.equal(new URL(page.url()).pathname, '/models');
      assert.equal(await page.locator('html').getAttribute('data-bs-theme'), 'dark');
      assert.equal(await page.getByRole('button', { name: '深色' }).getAttribute('aria-pressed'), 'true');
    });
  });

  it('print the scorecard without its controls and without cutting a table off', async () => {
    await open({ viewport: { width: 760, height: 1000 }, colorScheme: 'dark' }, async (page) => {
      await visit(page, home);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      assert.equal(await page.locator('header').isVisible(), false);
      assert.equal(await page.locator('.cg-chooser').first().isVisible(), false);
      assert.ok(await page.locator('.cg-sample').isVisible());
      const colour = await measure<string>(page, `getComputedStyle(document.documentElement).colorScheme`);
      assert.equal(colour, 'light');
      assert.ok((await measure<number>(page, 'document.documentElement.scrollWidth')) <= 760);
      const pdf = await page.pdf({ format: 'A4' });
      const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
      assert.ok(pages >= 2 && pages <= 6, `${pages} pages`);
    });
  });

  it('import by upload with the keyboard and the mouse alone, without a script', async () => {
    await open({ javaScriptEnabled: false }, async (page) => {
      await visit(page, '/import');
      await page.locator('input[type=file]').setInputFiles({
        name: '工单.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('id,accepted\nR-1,2026-10-01\nR-2,2026-10-02\n'),
      });
      await page.getByRole('button', { name: '预览' }).click();
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '导入预览');
      await page.getByRole('button', { name: '确认导入' }).click();
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '导入完成');
      assert.deepEqual(site.calls.imported, [false, true]);
    });
  });
});
