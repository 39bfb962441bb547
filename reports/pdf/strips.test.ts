import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { paginate, type Strip } from './strips.ts';
import { textHeight } from './style.ts';

const strip = (height: number, more: Partial<Strip> = {}): Strip => ({
  height,
  gap: 0,
  keepsWithNext: false,
  paint: () => {},
  ...more,
});

describe('distributing strips over pages', () => {
  it('drops the gap at the top of a page', () => {
    const [first, second] = [strip(textHeight - 10, { gap: 20 }), strip(30, { gap: 20 })];
    assert.deepEqual(
      paginate([first, second]).map((page) => page.map(({ y }) => y)),
      [[0], [0]],
    );
  });

  it('moves a heading to the page of the paragraph it belongs to', () => {
    const [filler, heading, text] = [strip(textHeight - 40), strip(25, { keepsWithNext: true }), strip(25)];
    const pages = paginate([filler, heading, text]);
    assert.deepEqual(
      pages.map((page) => page.map((placed) => placed.strip)),
      [[filler], [heading, text]],
    );
  });

  it('repeats a table header above a row that begins a page, and not above the first row', () => {
    const header = strip(20);
    const rows = Array.from({ length: 3 }, () => strip(textHeight / 2, { repeat: header }));
    const pages = paginate([strip(10, { keepsWithNext: true }), ...rows]);
    assert.deepEqual(
      pages.map((page) => page.filter((placed) => placed.strip === header).length),
      [0, 1, 1],
    );
  });

  it('begins a page where a strip asks for one, but never leaves a page empty', () => {
    const chapter = () => strip(30, { startsPage: true });
    assert.equal(paginate([chapter(), chapter()]).length, 2);
  });

  it('places every strip once, in order, inside the page and without overlap', () => {
    const any = fc.record({
      height: fc.integer({ min: 1, max: Math.floor(textHeight) }),
      gap: fc.integer({ min: 0, max: 40 }),
      keepsWithNext: fc.boolean(),
      startsPage: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (list) => {
        const strips = list.map((each) => strip(each.height, each));
        const pages = paginate(strips);
        assert.deepEqual(
          pages.flat().map((placed) => placed.strip),
          strips,
        );
        for (const page of pages) {
          let bottom = 0;
          for (const { strip: each, y } of page) {
            assert.ok(y >= bottom && y + each.height <= textHeight);
            bottom = y + each.height;
          }
        }
      }),
    );
  });
});
