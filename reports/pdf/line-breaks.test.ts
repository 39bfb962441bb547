import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { breakLines } from './line-breaks.ts';

/** Ideographs are 2 wide, everything else 1. */
const measure = (text: string) => [...text].reduce((sum, each) => sum + (each > '\u2e80' ? 2 : 1), 0);

describe('breaking lines', () => {
  it('breaks between ideographs and between words', () => {
    assert.deepEqual(breakLines('城市运营评估', 6, measure), ['城市运', '营评估']);
    assert.deepEqual(breakLines('the city runs well', 9, measure), ['the city', 'runs well']);
  });

  it('never begins a line with closing punctuation nor ends one with opening punctuation', () => {
    assert.deepEqual(breakLines('总体等级，良好。', 8, measure), ['总体等', '级，良', '好。']);
    assert.deepEqual(breakLines('本期为（良好）', 8, measure), ['本期为', '（良好）']);
  });

  it('keeps Latin words, numbers and what a no-break space joins in one piece', () => {
    assert.deepEqual(breakLines('按 event 模型得 96.2\u00a0% 分', 12, measure), [
      '按 event 模',
      '型得 96.2\u00a0%',
      '分',
    ]);
  });

  it('breaks a long path after its separators, and a word wider than the line where it must', () => {
    assert.deepEqual(breakLines('data/boston-311-2015.csv.gz', 14, measure), [
      'data/boston-',
      '311-2015.csv.',
      'gz',
    ]);
    assert.deepEqual(breakLines('abcdefghij', 4, measure), ['abcd', 'efgh', 'ij']);
  });

  it('keeps forced breaks and empty text', () => {
    assert.deepEqual(breakLines('a\n\nb', 10, measure), ['a', '', 'b']);
    assert.deepEqual(breakLines('', 10, measure), ['']);
  });

  it('loses nothing but plain spaces, and exceeds the width only by punctuation that may not move', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'城市运营评估，。（）《》ab1.%/- \u00a0'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 6, max: 40 }), (source, width) => {
        const lines = breakLines(source, width, measure);
        assert.equal(lines.join('').replaceAll(' ', ''), source.replaceAll(' ', ''));
        for (const line of lines.slice(1)) assert.doesNotMatch(line, /^ /);
      }),
    );
  });
});
