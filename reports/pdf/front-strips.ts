import type { Block, BlockOf, Cover, Heading } from '../document/blocks.ts';
import type { Canvas } from './canvas.ts';
import { fitted } from './figure-strips.ts';
import type { Strip } from './strips.ts';
import { ink, page, styles, type TextStyle, textHeight, textWidth } from './style.ts';
import { baselineIn, layFacts, lazily } from './text-strips.ts';

/** The cover fills its page: one strip for the title, then the facts. */
export function layCover(canvas: Canvas, cover: Cover, sampleMark: string | null): Strip[] {
  const title = canvas.lines(cover.title, styles.coverTitle, textWidth);
  const subject = canvas.lines(cover.subject, styles.coverSubject, textWidth);
  const note =
    cover.sampleNote === null ? [] : canvas.lines(cover.sampleNote, styles.sampleNote, textWidth - 24);
  const mark = sampleMark === null ? null : canvas.clean(sampleMark);
  const facts = layFacts(canvas, { kind: 'facts', items: cover.facts });
  const factsHeight = facts.reduce((sum, strip) => sum + strip.height, 0);
  const titles = title.length * styles.coverTitle.leading + subject.length * styles.coverSubject.leading;
  const sample = mark === null ? 0 : styles.sampleMark.leading + note.length * styles.sampleNote.leading + 34;
  const main: Strip = {
    height: Math.max(titles + sample + 210, textHeight - factsHeight - 30),
    gap: 0,
    keepsWithNext: true,
    paint: (on, y) => {
      let at = y + 40;
      const put = (tag: string, lines: readonly string[], style: TextStyle) => {
        const top = at;
        at += lines.length * style.leading;
        on.tag(tag, on.root).add(() =>
          lines.forEach((line, index) => {
            on.line(line, { x: page.left, baseline: top + index * style.leading + baselineIn(style) }, style);
          }),
        );
      };
      on.artifact('Layout', () => on.fill(page.left, y, 64, 5, ink.accent));
      put('H1', title, styles.coverTitle);
      at += 10;
      put('P', subject, styles.coverSubject);
      put('P', [canvas.clean(cover.period)], styles.coverPeriod);
      if (mark !== null) at = paintSample(on, { mark, note, y: at + 14 });
      at += 22;
      put('P', [canvas.clean(cover.grade.label)], styles.note);
      const grade = canvas.clean(cover.grade.value);
      put('P', [grade], fitted(canvas, grade, styles.coverGrade, textWidth));
    },
  };
  return [main, ...facts];
}

function paintSample(
  on: Canvas,
  { mark, note, y }: { mark: string; note: readonly string[]; y: number },
): number {
  const height = styles.sampleMark.leading + note.length * styles.sampleNote.leading + 20;
  on.artifact('Layout', () => {
    on.fill(page.left, y, textWidth, height, ink.sample);
    on.fill(page.left + 2, y + 2, textWidth - 4, height - 4, ink.paper);
  });
  on.tag('P', on.root).add(() =>
    on.line(mark, { x: page.left + 12, baseline: y + 10 + baselineIn(styles.sampleMark) }, styles.sampleMark),
  );
  on.tag('P', on.root).add(() =>
    note.forEach((line, index) => {
      const top = y + 10 + styles.sampleMark.leading + index * styles.sampleNote.leading;
      on.line(line, { x: page.left + 12, baseline: top + baselineIn(styles.sampleNote) }, styles.sampleNote);
    }),
  );
  return y + height;
}

/** Headings of the first two levels with dots and page numbers; each line leads to its page. */
export function layContents(canvas: Canvas, block: BlockOf<'contents'>, blocks: readonly Block[]): Strip[] {
  const headings = blocks.filter((each): each is Heading => each.kind === 'heading' && each.level < 3);
  const title = canvas.clean(block.title);
  const list = lazily(() => canvas.tag('TOC', canvas.root));
  const head: Strip = {
    height: styles.h1.leading + 16,
    gap: 0,
    keepsWithNext: true,
    startsPage: true,
    paint: (on, y) => {
      on.tag('H1', on.root).add(() =>
        on.line(title, { x: page.left, baseline: y + baselineIn(styles.h1) }, styles.h1),
      );
    },
  };
  return [head, ...headings.map((heading) => contentsLine(canvas, heading, list))];
}

function contentsLine(canvas: Canvas, heading: Heading, list: () => ReturnType<Canvas['tag']>): Strip {
  const isTop = heading.level === 1;
  const style: TextStyle = isTop ? { ...styles.body, font: 'bold' } : styles.body;
  const indent = isTop ? 0 : 16;
  const measure = canvas.measureIn(style);
  const text = canvas.lines(heading.text, style, textWidth - indent - 60)[0] ?? '';
  return {
    height: style.leading,
    gap: isTop ? 6 : 0,
    keepsWithNext: false,
    paint: (on, y, pageOf) => {
      const x = page.left + indent;
      const right = page.left + textWidth;
      const baseline = y + baselineIn(style);
      const number = String(pageOf(heading.id));
      on.artifact('Layout', () => {
        const from = x + measure(text) + 6;
        const to = right - measure(number) - 6;
        on.rule(from, baseline - 1, Math.max(from, to), ink.rule, 0.4);
      });
      const entry = on.tag('Reference', on.tag('TOCI', list()));
      const link = on.tag('Link', entry);
      link.add(() => {
        on.line(text, { x, baseline }, style);
        on.line(number, { x: right, baseline, align: 'right' }, style);
      });
      on.linkTo(
        heading.id,
        { x, y, width: textWidth - indent, height: style.leading },
        `${text} ${number}`,
        link,
      );
    },
  };
}
